package dev.pgrunbook.render;

import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Severity;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import java.util.List;

/**
 * Diagnostics as people read them.
 *
 * <pre>{@code
 * x.yaml:12:5: error[unknown-key]: unknown key "tagret"
 *    12 |     tagret: subscriber
 *       |     ^^^^^^
 *       hint: did you mean "target"?
 * }</pre>
 *
 * <p>Nothing from a file reaches the terminal unescaped.
 */
public final class DiagnosticFormatter {

  /** The least columns of a line number, so that most excerpts of an output align. */
  private static final int NUMBER_WIDTH = 5;

  private final Theme theme;

  public DiagnosticFormatter(Theme theme) {
    this.theme = theme;
  }

  /** Returns all diagnostics, an empty line between any two; nothing for none. */
  public String format(List<Diagnostic> diagnostics) {
    StringBuilder text = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append(format(diagnostic));
    }
    return text.toString();
  }

  /** Returns one diagnostic; every line, the last one too, ends with a line feed. */
  public String format(Diagnostic diagnostic) {
    StringBuilder text = new StringBuilder();
    SourceSpan span = diagnostic.span();
    Role role = diagnostic.severity() == Severity.ERROR ? Role.ERROR : Role.WARNING;
    if (span != null) {
      text.append(theme.paint(Role.HEADING, location(span))).append(": ");
    }
    text.append(theme.paint(role, diagnostic.severity().word() + "[" + diagnostic.code() + "]"))
        .append(": ")
        .append(DisplayText.line(diagnostic.message()))
        .append('\n');
    if (span != null) {
      excerpt(text, span, '^', role);
    }
    String hint = diagnostic.hint();
    if (hint != null) {
      note(text, theme.paint(Role.HINT, "hint:") + " " + DisplayText.line(hint));
    }
    for (Diagnostic.Related related : diagnostic.related()) {
      note(text, location(related.span()) + ": " + DisplayText.line(related.message()));
      excerpt(text, related.span(), '-', Role.HINT);
    }
    return text.toString();
  }

  /** A file that could not be read has no line to name. */
  private static String location(SourceSpan span) {
    boolean placeless = span.file().text().isEmpty();
    return DisplayText.line(placeless ? span.file().name() : span.location());
  }

  private static void note(StringBuilder text, String note) {
    text.append(" ".repeat(NUMBER_WIDTH + 1)).append(note).append('\n');
  }

  private void excerpt(StringBuilder text, SourceSpan span, char marker, Role role) {
    SourceFile file = span.file();
    if (file.text().isEmpty()) {
      return;
    }
    Excerpt excerpt = Excerpt.of(span);
    String number = String.format("%" + NUMBER_WIDTH + "d", span.position().line());
    text.append(theme.paint(Role.DIM, number + " |"))
        .append((" " + excerpt.line()).stripTrailing())
        .append('\n')
        .append(theme.paint(Role.DIM, " ".repeat(number.length()) + " |"))
        .append(" ".repeat(excerpt.indent() + 1))
        .append(theme.paint(role, String.valueOf(marker).repeat(excerpt.width())))
        .append('\n');
  }
}
