package dev.pgrunbook.repl;

import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.render.DisplayText;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Asks whether SQL that has been shown is to run; the name of a protected target must be typed. */
final class RunQuestion {

  private final StepScreen screen;

  RunQuestion(StepScreen screen) {
    this.screen = screen;
  }

  Reaction ask(List<String> shown, TargetDatabase target, Supplier<Reaction> run) {
    String name = DisplayText.line(target.connection());
    String prompt =
        target.isProtected()
            ? "   " + name + " is protected; type its name to run this: "
            : "   Run this on " + name + "? [y/N] ";
    return Reaction.ask(
        shown,
        prompt,
        typed -> {
          boolean agreed = target.isProtected() ? typed.equals(target.connection()) : isYes(typed);
          return agreed ? run.get() : Reaction.say(screen.asides("nothing was run"));
        });
  }

  static boolean isYes(String typed) {
    String word = typed.toLowerCase(Locale.ROOT);
    return word.equals("y") || word.equals("yes");
  }
}
