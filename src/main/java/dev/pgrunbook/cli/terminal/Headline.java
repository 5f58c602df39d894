package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.Request;
import dev.pgrunbook.model.Documentation;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.Labelled;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;

/** How every question begins: what is asked, of which step, and what the runbook says of it. */
final class Headline {

  private Headline() {}

  /** Returns the lines, an empty one before them. */
  static List<String> of(String kind, Request request, Screen screen) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(rule(kind, request, screen));
    return lines;
  }

  private static String rule(String kind, Request request, Screen screen) {
    Theme theme = screen.theme();
    Glyphs glyphs = screen.glyphs();
    String title = request.step().header().documentation().title();
    String address = DisplayText.line(request.address().toString());
    int width = Math.min(screen.columns(), 120);
    int room = width - kind.length() - DisplayText.width(address) - 10;
    String shown =
        title == null
            ? ""
            : "  " + DisplayText.cut(DisplayText.line(title), room, glyphs.ellipsis());
    int used = 5 + kind.length() + DisplayText.width(address) + DisplayText.width(shown);
    return theme.paint(Role.DIM, glyphs.line(2))
        + " "
        + theme.paint(Role.WARNING, kind)
        + " "
        + theme.paint(Role.HEADING, address)
        + shown
        + " "
        + theme.paint(Role.DIM, glyphs.line(width - used));
  }

  /** Returns what the runbook tells people about a step. */
  static Labelled documentation(Request request, Labelled lines) {
    Documentation says = request.step().header().documentation();
    return lines.warn("warning", says.warning()).add("note", says.note()).add("tip", says.tip());
  }
}
