package dev.pgrunbook.loader;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Validated;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything found while a file is read; what is found twice, through an alias, counts once. */
final class Findings {

  private final Set<Diagnostic> found = new LinkedHashSet<>();

  void add(Diagnostic diagnostic) {
    found.add(diagnostic);
  }

  void addAll(Collection<Diagnostic> diagnostics) {
    found.addAll(diagnostics);
  }

  /** Keeps what was found, and returns the value, if there is one. */
  <T> @Nullable T keep(Validated<T> validated) {
    found.addAll(validated.diagnostics());
    return validated.orNull();
  }

  boolean hasErrors() {
    return found.stream().anyMatch(Diagnostic::isError);
  }

  /** Returns what was found in the order of the file, then what was found in the files it names. */
  List<Diagnostic> inOrder(SourceFile main, List<SourceFile> files) {
    List<Diagnostic> ordered = new ArrayList<>(found);
    if (ordered.size() > 1) {
      ordered.sort(
          Comparator.<Diagnostic>comparingInt(diagnostic -> rank(diagnostic, main, files))
              .thenComparingInt(diagnostic -> start(diagnostic.span())));
    }
    return ordered;
  }

  private static int rank(Diagnostic diagnostic, SourceFile main, List<SourceFile> files) {
    SourceSpan span = diagnostic.span();
    return span == null || span.file().equals(main) ? -1 : files.indexOf(span.file());
  }

  private static int start(@Nullable SourceSpan span) {
    return span == null ? -1 : span.start();
  }
}
