package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import org.apache.groovy.parser.antlr4.GroovySyntaxError;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Makes Groovy's own tree of a file.
 *
 * <p>A {@code SourceUnit} by itself runs no phase operation. A {@code CompilationUnit} would: it
 * looks for transformations on the class path, and Grab resolves dependencies, at conversion
 * already.
 */
final class GroovyParser {

  private final Places places;

  GroovyParser(Places places) {
    this.places = places;
  }

  ModuleNode parse() {
    SourceFile file = places.file();
    try {
      new TokenCheck(places).check();
      CompilerConfiguration configuration = new CompilerConfiguration();
      ErrorCollector errors = new ErrorCollector(configuration);
      SourceUnit unit = new SourceUnit("runbook.groovy", file.text(), configuration, null, errors);
      try {
        unit.parse();
        unit.completePhase();
        unit.nextPhase();
        unit.convert();
      } catch (CompilationFailedException failed) {
        throw refusal(errors);
      }
      if (errors.hasErrors()) {
        throw refusal(errors);
      }
      return unit.getAST();
    } catch (GroovySyntaxError error) {
      throw refusal(error.getMessage(), error.getLine(), error.getColumn());
    }
  }

  private Refusal refusal(ErrorCollector errors) {
    for (int i = 0; i < errors.getErrorCount(); i++) {
      Message message = errors.getError(i);
      if (message instanceof SyntaxErrorMessage syntax) {
        SyntaxException cause = syntax.getCause();
        return refusal(cause.getOriginalMessage(), cause.getLine(), cause.getStartColumn());
      }
    }
    return refusal("Groovy cannot read this file", 1, 1);
  }

  private Refusal refusal(@Nullable String original, int line, int column) {
    String text = places.file().text();
    int start = Math.min(places.offset(line, Math.max(1, column)), text.length());
    int end = start;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    SourceSpan span = places.file().span(start, Math.max(end, Math.min(start + 1, text.length())));
    String word = text.substring(start, end);
    String before = wordBefore(text, start);
    boolean ended = text.substring(start).isBlank();
    String hint = hint(word) == null ? hint(before) : hint(word);
    if (hint == null && !ended) {
      hint = "before this place a comma, a bracket or a quote may be missing; SQL stands in quotes";
    }
    return Refusal.of("groovy-syntax", span, message(original, ended), hint);
  }

  private static String wordBefore(String text, int offset) {
    String before = text.substring(Math.max(0, offset - 20), offset).stripTrailing();
    int start = before.length();
    while (start > 0 && Character.isJavaIdentifierPart(before.charAt(start - 1))) {
      start--;
    }
    return before.substring(start);
  }

  /** Groovy's sentence, without the place and the half file that it may quote. */
  private static String message(@Nullable String original, boolean ended) {
    if (ended) {
      return "the file ends here, and a bracket, brace or quote before is still open";
    }
    if (original == null || original.isBlank() || original.startsWith("Unexpected input")) {
      return "Groovy does not expect this here";
    }
    int end = original.indexOf(" @ line");
    String sentence = (end < 0 ? original : original.substring(0, end)).strip();
    int feed = sentence.indexOf('\n');
    return "Groovy cannot read this: " + (feed < 0 ? sentence : sentence.substring(0, feed));
  }

  private static @Nullable String hint(String word) {
    return switch (word) {
      case "default" ->
          "\"default\" is a word of Groovy's own: write defaultValue 'x', or param('n', default: 'x')";
      case "finally" -> "\"finally\" is a word of Groovy's own: write always { … }";
      default -> null;
    };
  }
}
