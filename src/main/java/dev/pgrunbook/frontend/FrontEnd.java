package dev.pgrunbook.frontend;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.SyntaxNode;

/** Reads one spelling of a runbook into the tree that all spellings share. */
public interface FrontEnd {

  /** Returns the file's tree, or every reason why there is none; never throws. */
  Validated<SyntaxNode> parse(SourceFile file);
}
