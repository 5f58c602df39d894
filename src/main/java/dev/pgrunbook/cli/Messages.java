package dev.pgrunbook.cli;

import dev.pgrunbook.render.DiagnosticFormatter;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.source.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What commands say about themselves, on standard error. */
final class Messages {

  private final Surroundings surroundings;
  private final Theme theme;

  Messages(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.theme = Terminals.theme(surroundings);
  }

  /** Prints diagnostics, a blank line after each. */
  void print(List<Diagnostic> diagnostics) {
    DiagnosticFormatter formatter = new DiagnosticFormatter(theme);
    for (Diagnostic diagnostic : diagnostics) {
      surroundings.err().println(formatter.format(diagnostic));
    }
  }

  /** Prints a text as it is. */
  void tell(String text) {
    surroundings.err().println(text);
  }

  /** Prints a sentence about something that is left as it is. */
  void complain(String sentence) {
    surroundings.err().println("pgrunbook: " + sentence);
  }

  /** Prints a sentence, and what to do about it. */
  void refuse(String sentence, @Nullable String hint) {
    surroundings.err().println("pgrunbook: " + sentence);
    if (hint != null) {
      surroundings.err().println("  hint: " + hint);
    }
  }
}
