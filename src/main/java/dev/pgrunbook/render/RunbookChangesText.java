package dev.pgrunbook.render;

import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.RunbookChange;
import dev.pgrunbook.plan.RunbookChange.Danger;
import dev.pgrunbook.plan.RunbookChange.Danger.Kind;
import dev.pgrunbook.plan.RunbookChange.Line;
import dev.pgrunbook.plan.RunbookChange.Mark;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

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
    for (Kind kind : Kind.values()) {
      text.dangers(kind, changes);
    }
    text.changes(changes);
    return text.lines;
  }

  /** Returns the differences in Markdown, which GitHub and GitLab colour by the marks. */
  public static String markdown(Runbook old, Runbook now, List<RunbookChange> changes) {
    StringBuilder page = new StringBuilder();
    page.append("### ").append(MarkdownText.plain(title(old, now))).append("\n\n");
    page.append(MarkdownText.plain(summary(changes))).append("\n");
    for (Kind kind : Kind.values()) {
      List<String> dangers = new ArrayList<>();
      each(
          kind,
          changes,
          (where, danger) ->
              dangers.add(
                  "- :warning: **"
                      + MarkdownText.plain(where)
                      + "**: "
                      + MarkdownText.plain(danger)));
      if (!dangers.isEmpty()) {
        page.append("\n").append(heading(kind)).append(":\n\n");
        page.append(String.join("\n", dangers)).append("\n");
      }
    }
    if (!changes.isEmpty()) {
      RunbookChangesText text = new RunbookChangesText(Theme.PLAIN);
      text.changes(changes);
      // The first line is the empty one that stands before every subject.
      String body = String.join("\n", text.lines.subList(1, text.lines.size()));
      page.append("\n").append(MarkdownText.block("diff", body));
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
    String count = Quantities.count(changes.size(), "difference");
    int safeguards = count(Kind.SAFEGUARD, changes);
    int harms = count(Kind.HARM, changes);
    return count
        + (safeguards == 0 ? "" : ", " + Quantities.count(safeguards, "safeguard") + " changed")
        + (harms == 0 ? "" : ", " + Quantities.count(harms, "danger") + " added");
  }

  private static int count(Kind kind, List<RunbookChange> changes) {
    List<String> all = new ArrayList<>();
    each(kind, changes, (where, danger) -> all.add(danger));
    return all.size();
  }

  /** Hands on every danger of a kind, with its place. */
  private static void each(
      Kind kind, List<RunbookChange> changes, BiConsumer<String, String> receiver) {
    for (RunbookChange change : changes) {
      for (Danger danger : change.dangers()) {
        if (danger.kind() == kind) {
          String key = change.key().isEmpty() ? "" : ", " + change.key();
          receiver.accept(change.subject() + key, danger.sentence());
        }
      }
    }
  }

  private static String heading(Kind kind) {
    return switch (kind) {
      case SAFEGUARD -> "Safeguards that changed";
      case HARM -> "Dangers that came";
    };
  }

  /** What reviewers must not overlook stands before everything else. */
  private void dangers(Kind kind, List<RunbookChange> changes) {
    int before = lines.size();
    each(kind, changes, (where, danger) -> line('!', "  " + where + ": " + danger, Role.WARNING));
    if (lines.size() > before) {
      lines.add(before, "");
      lines.add(before + 1, theme.paint(Role.HEADING, heading(kind) + ":"));
    }
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
      change.dangers().forEach(danger -> line('!', "  " + danger.sentence(), Role.WARNING));
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
    Role role = role(line.mark());
    for (String part : (prefix + line.text()).split("\n", -1)) {
      line(mark(line.mark()), indent + part.stripTrailing(), role);
    }
  }

  private void line(char mark, String text, Role role) {
    lines.add(theme.paint(role, mark + " " + DisplayText.line(text)));
  }

  private static Role role(Mark mark) {
    return switch (mark) {
      case ADDED -> Role.GOOD;
      case REMOVED -> Role.BAD;
      case CHANGED, MOVED, RENAMED -> Role.DIM;
    };
  }

  private static char mark(Mark mark) {
    return switch (mark) {
      case ADDED -> '+';
      case REMOVED -> '-';
      case CHANGED, MOVED, RENAMED -> '~';
    };
  }
}
