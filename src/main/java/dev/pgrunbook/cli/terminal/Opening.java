package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.Target;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The first lines of a process: which runbook, which run, which databases. */
final class Opening {

  private Opening() {}

  static List<String> of(RunStarted started, String run, Theme theme) {
    List<String> lines = new ArrayList<>();
    String name = DisplayText.line(started.runbook() + " " + started.version());
    lines.add(theme.paint(Role.HEADING, name) + theme.paint(Role.DIM, "   run " + run));
    int widest = 0;
    for (String role : started.targets().keySet()) {
      widest = Math.max(widest, DisplayText.width(DisplayText.line(role)));
    }
    for (Map.Entry<String, Target> target : started.targets().entrySet()) {
      String role = DisplayText.pad(DisplayText.line(target.getKey()), widest);
      String display = DisplayText.line(target.getValue().display());
      lines.add("  " + theme.paint(Role.DIM, role) + "  " + display);
    }
    lines.add("");
    return lines;
  }

  /** Returns where a run goes on, in a line. */
  static List<String> resumed(RunState state, Theme theme) {
    long settled =
        state.steps().entrySet().stream()
            .filter(step -> step.getKey().items().isEmpty() && step.getValue().isSettled())
            .count();
    String are = settled == 1 ? " is" : " are";
    String text = "goes on: " + Quantities.count(settled, "step") + are + " done";
    return List.of(theme.paint(Role.DIM, "  " + text), "");
  }
}
