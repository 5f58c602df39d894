package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.syntax.Comment;
import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.Token;
import java.util.ArrayList;
import java.util.List;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;

/** Finds the comments of a Groovy file, which its lexer takes for line ends. */
public final class GroovyComments {

  private GroovyComments() {}

  /** Returns the comments of a file that Groovy can read. */
  public static List<Comment> of(SourceFile file) {
    Places places = new Places(file);
    GroovyLangLexer lexer = new GroovyLangLexer(CharStreams.fromString(file.text()));
    lexer.removeErrorListeners();
    List<Comment> comments = new ArrayList<>();
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      String text = token.getText();
      if (token.getType() == GroovyLangLexer.NL && text.startsWith("/")) {
        int start = places.offset(token.getLine(), token.getCharPositionInLine() + 1);
        comments.add(new Comment(file.span(start, start + text.length()), lines(text)));
      }
    }
    return comments;
  }

  private static List<String> lines(String text) {
    if (text.startsWith("//")) {
      return List.of(text.substring(2).stripTrailing());
    }
    List<String> lines = new ArrayList<>();
    for (String line : text.substring(2, text.length() - 2).split("\n", -1)) {
      String bare = line.strip();
      while (bare.startsWith("*")) {
        bare = bare.substring(1).strip();
      }
      lines.add(bare.isEmpty() ? "" : " " + bare);
    }
    while (lines.size() > 1 && lines.get(0).isEmpty()) {
      lines.remove(0);
    }
    while (lines.size() > 1 && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }
}
