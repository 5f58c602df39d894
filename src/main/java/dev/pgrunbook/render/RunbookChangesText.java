package dev.pgrunbook.render;

import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.RunbookChange;
import dev.pgrunbook.plan.RunbookChange.Line;
import dev.pgrunbook.plan.RunbookChange.Mark;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * What two runbooks say differently, for a terminal or a comment of a pull request.
 *
 * <p>Each line begins with a mark: {@code +} and {@code -}, {@code ~} for what is changed or moved,
 * {@code !} for what is more dangerous.
 */
public final class RunbookChangesText {

  private final Theme theme;
  private final List<String> lines = new ArrayList<>();

  private RunbookChangesText(Theme theme) {
    this.theme = theme;
  }

  /** Returns the differences in lines. */
  public static List<String> lines(
      Runbook old, Runbook now, List<RunbookChange> changes, Theme theme) {
    RunbookChangesText text = new RunbookChangesText(theme);
    text.lines.add(theme.paint(Role.HEADING, title(old, now)) + ": " + summary(changes));
    text.changes(changes);
    return text.lines;
  }

  /** Returns the differences in Markdown, which GitHub and GitLab colour by the marks. */
  public static String markdown(Runbook old, Runbook now, List<RunbookChange> changes) {
    StringBuilder page = new StringBuilder();
    page.append("### ").append(MarkdownText.plain(title(old, now))).append("\n\n");
    page.append(MarkdownText.plain(summary(changes))).append("\n");
    for (RunbookChange change : changes) {
      for (String danger : change.dangers()) {
        String where = change.subject() + (change.key().isEmpty() ? "" : ", " + change.key());
        page.append("\n- :warning: **").append(MarkdownText.plain(where)).append("**: ");
        page.append(MarkdownText.plain(danger));
      }
    }
    if (!changes.isEmpty()) {
      RunbookChangesText text = new RunbookChangesText(Theme.PLAIN);
      text.changes(changes);
      // The first line is the empty one that stands before every subject.
      String body = String.join("\n", text.lines.subList(1, text.lines.size()));
      page.append("\n\n").append(MarkdownText.block("diff", body));
    }
    return page.toString().stripTrailing() + "\n";
  }

  private static String title(Runbook old, Runbook now) {
    String before = old.name() + "@" + old.version();
    String after = now.name() + "@" + now.version();
    return before.equals(after) ? before : before + " to " + after;
  }

  private static String summary(List<RunbookChange> changes) {
    if (changes.isEmpty()) {
      return "no difference";
    }
    int dangers = changes.stream().mapToInt(change -> change.dangers().size()).sum();
    String count = Quantities.count(changes.size(), "difference");
    return dangers == 0 ? count : count + ", " + Quantities.count(dangers, "danger") + " added";
  }

  private void changes(List<RunbookChange> changes) {
    String subject = "";
    for (RunbookChange change : changes) {
      if (!change.subject().equals(subject)) {
        subject = change.subject();
        lines.add("");
        lines.add(theme.paint(Role.HEADING, subjectMark(change) + DisplayText.line(subject)));
      }
      change(change);
      change.dangers().forEach(danger -> line('!', "  " + danger, Role.WARNING));
    }
  }

  private static String subjectMark(RunbookChange change) {
    return mark(change.key().isEmpty() ? change.mark() : Mark.CHANGED) + " ";
  }

  private void change(RunbookChange change) {
    if (change.key().isEmpty()) {
      change.lines().forEach(line -> line(line, "  ", ""));
    } else if (isShort(change.lines())) {
      change.lines().forEach(line -> line(line, "  ", change.key() + ": "));
    } else {
      line('~', "  " + change.key() + ":", Role.DIM);
      change.lines().forEach(line -> line(line, "    ", ""));
    }
  }

  private static boolean isShort(List<Line> lines) {
    return lines.size() <= 2 && lines.stream().noneMatch(line -> line.text().contains("\n"));
  }

  private void line(Line line, String indent, String prefix) {
    Role role = line.mark() == Mark.ADDED ? Role.GOOD : Role.BAD;
    for (String part : (prefix + line.text()).split("\n", -1)) {
      line(mark(line.mark()), indent + part.stripTrailing(), role);
    }
  }

  private void line(char mark, String text, Role role) {
    lines.add(theme.paint(role, mark + " " + DisplayText.line(text)));
  }

  private static char mark(Mark mark) {
    return switch (mark) {
      case ADDED -> '+';
      case REMOVED -> '-';
      case CHANGED, MOVED -> '~';
    };
  }
}
