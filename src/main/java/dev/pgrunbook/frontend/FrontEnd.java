package dev.pgrunbook.frontend;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.Comment;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.List;

/** Reads one spelling of a runbook into the tree that all spellings share. */
public interface FrontEnd {

  /** Returns the file's tree, or every reason why there is none; never throws. */
  Validated<SyntaxNode> parse(SourceFile file);

  /** Returns the comments of a file that has a tree, in their order. */
  List<Comment> comments(SourceFile file);
}
