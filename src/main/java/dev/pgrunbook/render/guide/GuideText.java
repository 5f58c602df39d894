package dev.pgrunbook.render.guide;

import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.render.guide.GuideBlock.Callout;
import dev.pgrunbook.render.guide.GuideBlock.Code;
import dev.pgrunbook.render.guide.GuideBlock.Fact;
import dev.pgrunbook.render.guide.GuideBlock.Facts;
import dev.pgrunbook.render.guide.GuideBlock.Flow;
import dev.pgrunbook.render.guide.GuideBlock.Heading;
import dev.pgrunbook.render.guide.GuideBlock.Links;
import dev.pgrunbook.render.guide.GuideBlock.Node;
import dev.pgrunbook.render.guide.GuideBlock.Prose;
import dev.pgrunbook.render.guide.GuideBlock.Table;
import java.util.ArrayList;
import java.util.List;

/** A runbook's guide as text, for a terminal. */
public final class GuideText {

  /** Longer lines are hard to read. */
  private static final int WIDEST = 100;

  private static final int INDENT = 2;

  private final Theme theme;
  private final Glyphs glyphs;
  private final int columns;
  private final List<String> lines = new ArrayList<>();

  public GuideText(Theme theme, Glyphs glyphs, int columns) {
    this.theme = theme;
    this.glyphs = glyphs;
    this.columns = Math.min(WIDEST, Math.max(20, columns));
  }

  /** Returns the guide of a runbook, in lines. */
  public List<String> lines(Runbook runbook) {
    String name = runbook.name() + " " + runbook.version();
    lines.add(theme.paint(Role.DIM, DisplayText.line(name)));
    RunbookGuide.of(runbook).forEach(this::write);
    return lines;
  }

  private void write(GuideBlock block) {
    if (block instanceof Heading heading) {
      heading(heading);
      return;
    }
    if (block instanceof Prose prose) {
      paragraphs(prose.text(), INDENT, Role.HEADING, false);
    } else if (block instanceof Callout callout) {
      Role role = callout.kind().equals("Warning") ? Role.WARNING : Role.HINT;
      lines.add(" ".repeat(INDENT) + theme.paint(role, callout.kind()));
      paragraphs(callout.text(), INDENT + 2, role, callout.kind().equals("Warning"));
    } else if (block instanceof Facts facts) {
      facts(facts);
    } else if (block instanceof Table table) {
      table(table);
    } else if (block instanceof Code code) {
      code(code);
    } else if (block instanceof Links links) {
      links
          .links()
          .forEach(link -> wrapped(link.title() + ": " + link.url(), glyphs.dot() + " ", INDENT));
    } else if (block instanceof Flow flow) {
      flow(flow);
    } else {
      throw new AssertionError(block);
    }
    lines.add("");
  }

  private void heading(Heading heading) {
    if (heading.level() == 2) {
      lines.add(theme.paint(Role.DIM, glyphs.line(columns)));
    }
    lines.add(theme.paint(Role.HEADING, DisplayText.line(heading.text())));
    if (heading.level() <= 2) {
      lines.add("");
    }
  }

  private void paragraphs(String text, int indent, Role role, boolean painted) {
    String between = "";
    for (String paragraph : text.split("\n\\s*\n", -1)) {
      if (!between.isEmpty()) {
        lines.add("");
      }
      between = "\n";
      String one = DisplayText.line(paragraph.strip().replaceAll("\\s*\n\\s*", " "));
      for (String line : DisplayText.wrap(one, columns - indent)) {
        lines.add(" ".repeat(indent) + (painted ? theme.paint(role, line) : line));
      }
    }
  }

  private void facts(Facts facts) {
    int widest = 0;
    for (Fact fact : facts.facts()) {
      widest = Math.max(widest, fact.label().length());
    }
    for (Fact fact : facts.facts()) {
      String label = theme.paint(Role.DIM, DisplayText.pad(fact.label(), widest)) + "  ";
      hanging(label, DisplayText.line(fact.text().strip()), INDENT, widest + 2);
    }
  }

  private void wrapped(String text, String start, int indent) {
    hanging(start, DisplayText.line(text), indent, DisplayText.width(start));
  }

  private void hanging(String start, String text, int indent, int hang) {
    String before = start;
    for (String line : DisplayText.wrap(text, columns - indent - hang)) {
      lines.add((" ".repeat(indent) + before + line).stripTrailing());
      before = " ".repeat(hang);
    }
  }

  /** Long cells wrap within the last column, which is the one with prose. */
  private void table(Table table) {
    int[] widths = new int[table.headers().size()];
    for (List<String> row : table.rows()) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], DisplayText.width(DisplayText.line(row.get(i))));
      }
    }
    for (List<String> row : table.rows()) {
      StringBuilder start = new StringBuilder();
      int used = 0;
      for (int i = 0; i < widths.length - 1; i++) {
        String cell = DisplayText.pad(DisplayText.line(row.get(i)), widths[i]);
        start.append(i == 0 ? theme.paint(Role.HINT, cell) : cell).append("  ");
        used += widths[i] + 2;
      }
      String last = row.get(widths.length - 1).replaceAll("\\s*\n\\s*", " ");
      if (columns - INDENT - used >= 30 || last.isEmpty()) {
        hanging(start.toString(), DisplayText.line(last), INDENT, used);
      } else {
        lines.add((" ".repeat(INDENT) + start).stripTrailing());
        hanging("    ", DisplayText.line(last), INDENT, 4);
      }
    }
  }

  private void code(Code code) {
    for (String line : DisplayText.lines(code.text()).split("\n", -1)) {
      lines.add((" ".repeat(INDENT + 2) + theme.paint(Role.DIM, line)).stripTrailing());
    }
  }

  private void flow(Flow flow) {
    int widest = String.valueOf(flow.nodes().size()).length();
    for (Node node : flow.nodes()) {
      String mark =
          switch (node.shape()) {
            case PLAIN -> " ";
            case CHECK -> "?";
            case ASKS -> theme.paint(Role.WARNING, "!");
            case WAITS -> glyphs.ellipsis().substring(0, 1);
          };
      String start = DisplayText.padLeft(node.number(), widest) + " " + mark + " ";
      String when = node.condition().isEmpty() ? "" : " (only when " + node.condition() + ")";
      hanging(start, DisplayText.line(node.text() + when), INDENT, widest + 3);
    }
    lines.add("");
    lines.add(
        " ".repeat(INDENT)
            + theme.paint(
                Role.DIM,
                "? checks   ! asks somebody   " + glyphs.ellipsis().charAt(0) + " waits"));
  }
}
