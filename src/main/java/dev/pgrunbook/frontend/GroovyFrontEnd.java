package dev.pgrunbook.frontend;

import dev.pgrunbook.frontend.groovy.GroovyComments;
import dev.pgrunbook.frontend.groovy.GroovyReader;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.Comment;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.List;

/**
 * Reads Groovy as data.
 *
 * <p>Groovy's parser makes a tree of the file, and nothing else of Groovy is used: no class is
 * defined, no transformation runs, no method is looked up. A small interpreter of our own walks the
 * tree. It knows texts, numbers, lists, maps and closures, and nothing that reaches outside of
 * these; there is nothing to escape from.
 */
public final class GroovyFrontEnd implements FrontEnd {

  @Override
  public Validated<SyntaxNode> parse(SourceFile file) {
    if (SourceReader.check(file) instanceof Validated.Invalid<SourceFile> invalid) {
      return new Validated.Invalid<>(invalid.diagnostics());
    }
    return GroovyReader.read(file);
  }

  @Override
  public List<Comment> comments(SourceFile file) {
    return GroovyComments.of(file);
  }
}
