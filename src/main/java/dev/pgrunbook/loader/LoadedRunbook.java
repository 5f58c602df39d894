package dev.pgrunbook.loader;

import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.source.SourceFile;
import java.util.List;
import java.util.Objects;

/**
 * A sound runbook and the files it was loaded from.
 *
 * @param runbook what it says
 * @param sources its own file, then the SQL files that it names in the order of first use
 */
public record LoadedRunbook(Runbook runbook, List<SourceFile> sources) {

  public LoadedRunbook {
    Objects.requireNonNull(runbook);
    sources = List.copyOf(sources);
  }
}
