package dev.pgrunbook.frontend;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.syntax.Comment;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.CommentToken;
import org.yaml.snakeyaml.tokens.Token;

/** Finds the comments of a YAML file, which the events that make its tree leave out. */
final class YamlComments {

  private YamlComments() {}

  static List<Comment> of(SourceFile file) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setProcessComments(true);
    Scanner scanner = new ScannerImpl(new StreamReader(file.text()), options);
    Offsets offsets = new Offsets(file.text());
    List<Comment> comments = new ArrayList<>();
    while (scanner.checkToken()) {
      Token token = scanner.getToken();
      if (token instanceof CommentToken comment
          && comment.getCommentType() != CommentType.BLANK_LINE) {
        comments.add(comment(file, offsets.of(comment.getStartMark())));
      }
    }
    return comments;
  }

  private static Comment comment(SourceFile file, int mark) {
    String text = file.text();
    int start = text.indexOf('#', mark);
    int feed = text.indexOf('\n', start);
    int end = feed < 0 ? text.length() : feed;
    return new Comment(
        file.span(start, end), List.of(text.substring(start + 1, end).stripTrailing()));
  }
}
