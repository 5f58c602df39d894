package dev.pgrunbook.frontend;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Says in plain words what SnakeYAML could not read.
 *
 * <p>Its own messages name tokens and productions. The usual mistakes behind them are few, and are
 * told by the message together with the line it points at.
 */
final class SyntaxMistake {

  private static final String BLOCK_HINT =
      "quote the whole text, or write it as a block: \"key: |\" and the text on the next lines";

  private static final String KEY_HINT =
      "write \"key: value\"; text that goes on from the line above must be indented deeper";

  private final SourceFile file;
  private final String problem;
  private final String context;
  private final int contextOffset;
  private final int offset;
  private final SourceLine line;

  SyntaxMistake(SourceFile file, Offsets offsets, MarkedYAMLException failure) {
    this.file = file;
    this.problem = orEmpty(failure.getProblem());
    this.context = orEmpty(failure.getContext());
    this.offset = orElse(offsets, failure.getProblemMark(), 0);
    this.contextOffset = orElse(offsets, failure.getContextMark(), offset);
    this.line = SourceLine.at(file.text(), offset);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static int orElse(Offsets offsets, @Nullable Mark mark, int otherwise) {
    return mark == null ? otherwise : offsets.of(mark);
  }

  Diagnostic diagnostic() {
    int tab = line.tabInIndentation();
    if (tab >= 0) {
      return Diagnostic.error("yaml-tab", file.span(tab, tab + 1), "a tab indents this line")
          .withHint("indent with spaces; YAML allows no tabs there");
    }
    int odd = line.oddSpace();
    if (odd >= 0) {
      return error(
          odd, "a no-break space stands here instead of a space", "replace it by a common space");
    }
    if (context.contains("quoted scalar")) {
      return quoted();
    }
    if (context.contains("block scalar")) {
      return blockHeader();
    }
    if (context.contains("simple key")) {
      return missingColon();
    }
    if (problem.contains("tag") || context.contains("tag")) {
      return Diagnostic.error("yaml-tag", token(offset), "YAML tags are not allowed")
          .withHint("a text that starts with ! must be quoted");
    }
    if (context.contains("directive") || problem.contains("directive")) {
      return Diagnostic.error("yaml-directive", token(offset), "YAML directives are not allowed")
          .withHint("a text that starts with % must be quoted");
    }
    return structure();
  }

  private Diagnostic structure() {
    if (problem.contains("not allowed here")) {
      return notAllowedHere();
    }
    if (context.contains("alias") || context.contains("anchor")) {
      String first = context.contains("alias") ? "*" : "&";
      return error(contextOffset, "a text cannot start with " + first, BLOCK_HINT);
    }
    if (problem.contains("cannot start any token")) {
      return error(offset, "a text cannot start with " + character(offset), BLOCK_HINT);
    }
    if (problem.contains("expected <block end>")) {
      return notAligned();
    }
    if (problem.contains("expected the node content")) {
      return error(offset, "a value is missing before " + character(offset), BLOCK_HINT);
    }
    if (context.contains("flow")) {
      return unclosedBracket();
    }
    if (problem.contains("expected '<document start>'")) {
      return error(
          offset,
          "this does not belong to what stands above it",
          "a file is one mapping: every line at the left edge is \"key: value\"");
    }
    return error(offset, "this is not YAML: " + problem, BLOCK_HINT);
  }

  private Diagnostic quoted() {
    if (problem.contains("escape") || problem.contains("hexadecimal")) {
      int backslash = file.text().lastIndexOf('\\', Math.max(0, offset));
      int start = backslash < contextOffset ? offset : backslash;
      return error(
          start,
          "the escape \\" + characterAt(start + 1) + " is unknown or incomplete",
          "write \\\\ for a backslash, or use single quotes, in which it stands for itself");
    }
    if (problem.contains("document separator")) {
      return error(contextOffset, "the quote opened here is not closed", "add the closing quote");
    }
    String quote = characterAt(contextOffset);
    return error(
        contextOffset,
        "the quote opened here is never closed",
        "add the closing " + quote + "; inside the text write it " + inside(quote));
  }

  private static String inside(String quote) {
    return quote.equals("'") ? "twice ('')" : "with a backslash (\\\")";
  }

  private Diagnostic blockHeader() {
    char indicator = file.text().charAt(Math.min(contextOffset, file.text().length() - 1));
    return error(
        contextOffset,
        "after " + indicator + " the text must begin on the next line",
        "begin a new line after it; a text that starts with " + indicator + " must be quoted");
  }

  private Diagnostic missingColon() {
    SourceLine key = SourceLine.at(file.text(), contextOffset);
    int tight = key.colonWithoutSpace();
    if (tight >= 0) {
      return error(tight, "a space is missing after this colon", "write \"key: value\"");
    }
    return error(contextOffset, "a colon is missing after this key", KEY_HINT);
  }

  private Diagnostic notAllowedHere() {
    if (problem.startsWith("sequence")) {
      return error(
          offset,
          "a list cannot begin on this line",
          "put each \"- item\" on a line of its own below the key, or write [a, b]");
    }
    if (problem.startsWith("mapping values") && line.hasEarlierColon(offset)) {
      return error(
          offset, "this text holds a colon followed by a space, so it must be quoted", BLOCK_HINT);
    }
    SourceLine above = line.above();
    if (above != null && above.columnOfContent() == line.columnOfContent()) {
      return error(above.contentAfterDash(), "a colon is missing after this key", KEY_HINT);
    }
    return error(
        line.contentStart(),
        "this line is indented deeper than the one above it, which already has a value",
        "align it with its neighbours");
  }

  private Diagnostic notAligned() {
    if (line.lastBefore(offset) >= 0) {
      return error(
          offset, "nothing may follow on this line: the value has ended before it", BLOCK_HINT);
    }
    if (characterAt(offset).equals(":")) {
      return Diagnostic.error("yaml-key", word(offset), "a key is missing before the colon")
          .withHint("write the key; a text that starts with a colon must be quoted");
    }
    SourceLine deeper = null;
    SourceLine above = line.above();
    while (above != null && above.indentation() > line.indentation()) {
      deeper = deeper == null || above.indentation() <= deeper.indentation() ? above : deeper;
      above = above.above();
    }
    if (above != null && above.indentation() == line.indentation()) {
      return mixed(above);
    }
    return misaligned(deeper);
  }

  private Diagnostic mixed(SourceLine above) {
    if (above.isItem() && !line.isItem()) {
      return error(
              line.contentStart(),
              "a key cannot stand beside the items of a list",
              "indent it like the keys of the item it belongs to")
          .withRelated("the list", word(above.contentStart()));
    }
    return error(
            line.contentStart(),
            "a list item cannot stand beside the keys of a mapping",
            "indent the list deeper, below the key it belongs to")
        .withRelated("the mapping", word(above.contentStart()));
  }

  private Diagnostic misaligned(@Nullable SourceLine neighbour) {
    SourceLine directlyAbove = SourceLine.at(file.text(), Math.max(0, line.start() - 1));
    if (directlyAbove.isBlank() && directlyAbove.indentation() > line.indentation()) {
      return error(
          directlyAbove.end(),
          "this empty line is indented deeper than the text below it",
          "remove the spaces from the empty line");
    }
    Diagnostic diagnostic =
        error(
            line.contentStart(),
            "this line's indentation fits nothing above it",
            "align it with its neighbours");
    return neighbour == null
        ? diagnostic
        : diagnostic.withRelated("perhaps its neighbour", word(neighbour.contentStart()));
  }

  private Diagnostic unclosedBracket() {
    String bracket = characterAt(contextOffset);
    String closing = bracket.equals("[") ? "]" : "}";
    return error(
        contextOffset,
        "after this " + bracket + " a comma or the closing " + closing + " is missing",
        "close it; a text that starts with " + bracket + " must be quoted");
  }

  /** Returns the span up to the next blank. */
  private SourceSpan token(int start) {
    String text = file.text();
    int end = start;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return file.span(start, end);
  }

  private Diagnostic error(int start, String message, String hint) {
    return Diagnostic.error("yaml-syntax", word(start), message).withHint(hint);
  }

  /** Returns the span of the word at an offset, at least one character where there is one. */
  private SourceSpan word(int start) {
    String text = file.text();
    int first = Math.min(start, text.length());
    int end = first;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    if (end == first && end < text.length() && text.charAt(end) != '\n') {
      end += Character.charCount(text.codePointAt(end));
    }
    return file.span(first, end);
  }

  private String character(int at) {
    String character = characterAt(at);
    return character.isBlank() ? "the end of the line" : character;
  }

  private String characterAt(int at) {
    return at < file.text().length() ? Character.toString(file.text().codePointAt(at)) : "";
  }
}
