package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Decision;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command leads to.
 *
 * @param lines what is to be shown
 * @param decision what the engine is to do; null for nothing
 * @param question what has to be answered first; null for nothing
 */
record Reaction(List<String> lines, @Nullable Decision decision, @Nullable Question question) {

  Reaction {
    lines = List.copyOf(lines);
  }

  /**
   * A question whose answer is no command.
   *
   * @param prompt what stands before the answer
   * @param secret whether nobody may see it
   * @param then takes the answer, without white space around it; the empty one never agrees
   */
  record Question(String prompt, boolean secret, Function<String, Reaction> then) {}

  static Reaction say(List<String> lines) {
    return new Reaction(lines, null, null);
  }

  static Reaction decide(Decision decision) {
    return new Reaction(List.of(), decision, null);
  }

  static Reaction ask(List<String> lines, String prompt, Function<String, Reaction> then) {
    return new Reaction(lines, null, new Question(prompt, false, then));
  }

  static Reaction askSecretly(List<String> lines, String prompt, Function<String, Reaction> then) {
    return new Reaction(lines, null, new Question(prompt, true, then));
  }
}
