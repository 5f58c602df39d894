package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.Target;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The first lines of a process: which runbook, which run, which databases. */
final class Opening {

  private Opening() {}

  static List<String> of(RunState state, Theme theme) {
    List<String> lines = new ArrayList<>();
    RunStarted started = state.started();
    if (started == null) {
      return lines;
    }
    String name = DisplayText.line(started.runbook() + " " + started.version());
    String run = "   run " + state.run();
    lines.add(theme.paint(Role.HEADING, name) + theme.paint(Role.DIM, run));
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
}
