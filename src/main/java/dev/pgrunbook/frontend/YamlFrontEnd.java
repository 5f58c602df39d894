package dev.pgrunbook.frontend;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.Comment;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads YAML as data.
 *
 * <p>The parser's events are taken as they come and nothing is constructed from them: every scalar
 * is text as written, and tags, merge keys, directives and further documents are mistakes. What a
 * runbook never needs is refused rather than interpreted.
 */
public final class YamlFrontEnd implements FrontEnd {

  @Override
  public Validated<SyntaxNode> parse(SourceFile file) {
    if (SourceReader.check(file) instanceof Validated.Invalid<SourceFile> invalid) {
      return new Validated.Invalid<>(invalid.diagnostics());
    }
    Diagnostic directive = Prelude.directive(file, 0);
    if (directive != null) {
      return Validated.error(directive);
    }
    return parseContent(file);
  }

  @Override
  public List<Comment> comments(SourceFile file) {
    return YamlComments.of(file);
  }

  private static Validated<SyntaxNode> parseContent(SourceFile file) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    SyntaxNode root = null;
    YamlReader reader = new YamlReader(file, diagnostics);
    try {
      root = reader.read();
    } catch (YamlReader.Stopped stopped) {
      diagnostics.add(stopped.diagnostic());
    } catch (MarkedYAMLException failure) {
      diagnostics.add(new SyntaxMistake(file, reader.offsets(), failure).diagnostic());
    } catch (NumberFormatException failure) {
      diagnostics.add(numberless(file, reader.lastOffset()));
    } catch (RuntimeException failure) {
      diagnostics.add(unexpected(file, reader.lastOffset(), failure.getMessage()));
    } catch (StackOverflowError failure) {
      diagnostics.add(unexpected(file, reader.lastOffset(), "it is nested too deeply"));
    }
    return Validated.of(root, diagnostics);
  }

  /** The only numbers that the parser reads are those of long escapes. */
  private static Diagnostic numberless(SourceFile file, int offset) {
    int escape = file.text().indexOf("\\U", offset);
    int start = escape < 0 ? offset : escape;
    int end = Math.min(start + "\\U00000000".length(), file.text().length());
    return Diagnostic.error(
            "yaml-syntax", file.span(start, end), "this escape stands for no character")
        .withHint("the greatest is \\U0010FFFF");
  }

  /** SnakeYAML throws more than it documents; none of it says where. */
  private static Diagnostic unexpected(SourceFile file, int offset, @Nullable String reason) {
    boolean key = reason != null && reason.startsWith("A simple key is required");
    String message =
        key
            ? "a key stands after this place that does not begin its line"
            : "the YAML parser gave up after this place: " + reason;
    int start = Math.min(offset, file.text().length());
    return Diagnostic.error("yaml-syntax", file.span(start, start), message)
        .withHint("simplify what follows, for instance by quoting it or writing it as a | block");
  }
}
