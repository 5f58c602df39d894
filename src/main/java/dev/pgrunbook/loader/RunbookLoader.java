package dev.pgrunbook.loader;

import dev.pgrunbook.frontend.FrontEnd;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.SyntaxNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads runbooks: reads a file into a tree, the tree into a runbook, and tells everything that is
 * wrong with it at once.
 */
public final class RunbookLoader {

  /** The version of the language that this program speaks. */
  public static final String LANGUAGE_VERSION = "1.0";

  private final FrontEnd frontEnd;

  /**
   * @param frontEnd reads the spelling that the files are in
   */
  public RunbookLoader(FrontEnd frontEnd) {
    this.frontEnd = frontEnd;
  }

  /**
   * Loads a file on disk, with the SQL files beside and below it.
   *
   * @param displayName the path as the user gave it
   */
  public Validated<LoadedRunbook> load(Path path, String displayName) {
    Validated<SourceFile> file = SourceReader.read(path, displayName);
    if (!(file instanceof Validated.Valid<SourceFile> valid)) {
      return new Validated.Invalid<>(file.diagnostics());
    }
    Path folder = path.toAbsolutePath().getParent();
    String displayFolder = displayName.substring(0, displayName.lastIndexOf('/') + 1);
    return load(
        valid.value(),
        folder == null ? SourceResolver.none() : SourceResolver.folder(folder, displayFolder));
  }

  /**
   * Loads a file that has been read.
   *
   * @param files reads the SQL files that it names
   */
  public Validated<LoadedRunbook> load(SourceFile file, SourceResolver files) {
    Validated<SyntaxNode> tree = frontEnd.parse(file);
    if (!(tree instanceof Validated.Valid<SyntaxNode> valid)) {
      return new Validated.Invalid<>(tree.diagnostics());
    }
    Findings findings = new Findings();
    findings.addAll(tree.diagnostics());
    BindingContext context = BindingContext.of(findings, files);
    Runbook runbook = new RunbookBinder(context).bind(valid.value());
    List<SourceFile> sqlFiles = context.sql().files();
    List<Diagnostic> diagnostics = findings.inOrder(file, sqlFiles);
    if (runbook == null) {
      return new Validated.Invalid<>(diagnostics);
    }
    List<SourceFile> sources = new ArrayList<>(sqlFiles);
    sources.add(0, file);
    return Validated.of(new LoadedRunbook(runbook, sources), diagnostics);
  }
}
