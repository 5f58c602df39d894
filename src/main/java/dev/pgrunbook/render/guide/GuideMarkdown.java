package dev.pgrunbook.render.guide;

import dev.pgrunbook.model.Link;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.MarkdownText;
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

/** A runbook's guide as Markdown, for a wiki. */
public final class GuideMarkdown {

  private final StringBuilder out = new StringBuilder();

  private GuideMarkdown() {}

  /** Returns the guide of a runbook. */
  public static String of(Runbook runbook) {
    GuideMarkdown guide = new GuideMarkdown();
    RunbookGuide.of(runbook).forEach(guide::write);
    String name = runbook.name() + " " + runbook.version();
    guide.line("---");
    guide.line("");
    guide.line("Generated from " + MarkdownText.code(name) + " by pgrunbook.");
    return guide.out.toString();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void write(GuideBlock block) {
    if (block instanceof Heading heading) {
      line("#".repeat(heading.level()) + " " + MarkdownText.plain(heading.text()));
    } else if (block instanceof Prose prose) {
      line(paragraphs(prose.text()));
    } else if (block instanceof Callout callout) {
      line("> **" + callout.kind() + "**\n>");
      line("> " + paragraphs(callout.text()).replace("\n", "\n> ").replace("> \n", ">\n"));
    } else if (block instanceof Facts facts) {
      facts.facts().forEach(this::fact);
    } else if (block instanceof Table table) {
      table(table);
    } else if (block instanceof Code code) {
      out.append(MarkdownText.block(code.language(), code.text()));
    } else if (block instanceof Links links) {
      links.links().forEach(this::link);
    } else if (block instanceof Flow flow) {
      flow(flow);
    } else {
      throw new AssertionError(block);
    }
    line("");
  }

  private static String paragraphs(String text) {
    List<String> paragraphs = new ArrayList<>();
    for (String paragraph : text.split("\n\\s*\n", -1)) {
      paragraphs.add(MarkdownText.plain(paragraph));
    }
    return String.join("\n\n", paragraphs);
  }

  private void fact(Fact fact) {
    String text = fact.code() ? MarkdownText.code(fact.text()) : MarkdownText.plain(fact.text());
    line("- " + fact.label() + ": " + text);
  }

  /** A link that leads elsewhere than to a page is only named. */
  private void link(Link link) {
    boolean page = link.url().startsWith("https://") || link.url().startsWith("http://");
    String url = link.url().replace(">", "%3E").replace("<", "%3C").replace(" ", "%20");
    String title = MarkdownText.plain(link.title());
    line(page ? "- [" + title + "](<" + url + ">)" : "- " + title);
  }

  private void table(Table table) {
    line("| " + String.join(" | ", table.headers()) + " |");
    line("|" + "---|".repeat(table.headers().size()));
    for (List<String> row : table.rows()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(i == 0 ? MarkdownText.code(row.get(i)) : MarkdownText.plain(row.get(i)));
      }
      line("| " + String.join(" | ", cells) + " |");
    }
  }

  private void flow(Flow flow) {
    List<String> lines = new ArrayList<>();
    lines.add("flowchart TD");
    List<Node> nodes = flow.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      String text = "\"" + label(node.number() + ". " + node.text()) + "\"";
      String drawn =
          switch (node.shape()) {
            case PLAIN -> "[" + text + "]";
            case CHECK -> "{" + text + "}";
            case ASKS -> "{{" + text + "}}";
            case WAITS -> "([" + text + "])";
          };
      lines.add("  s" + (i + 1) + drawn);
    }
    for (int i = 1; i < nodes.size(); i++) {
      String condition = nodes.get(i).condition();
      String edge = condition.isEmpty() ? " --> " : " -- \"" + label(condition) + "\" --> ";
      lines.add("  s" + i + edge + "s" + (i + 1));
      if (!condition.isEmpty() && i + 1 < nodes.size()) {
        lines.add("  s" + i + " -. else .-> s" + (i + 2));
      }
    }
    out.append(MarkdownText.block("mermaid", String.join("\n", lines)));
  }

  /** Whatever could end a label is written as its number. */
  private static String label(String text) {
    StringBuilder label = new StringBuilder();
    DisplayText.line(text)
        .codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || " -.,:'()/".indexOf(c) >= 0) {
                label.appendCodePoint(c);
              } else {
                label.append('#').append(c).append(';');
              }
            });
    return label.toString();
  }
}
