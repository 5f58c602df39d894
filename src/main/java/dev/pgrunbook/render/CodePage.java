package dev.pgrunbook.render;

import dev.pgrunbook.syntax.Comment;
import java.util.List;

/** A text that is written line by line, indented, with comments. */
final class CodePage {

  private final StringBuilder out = new StringBuilder();
  private final String step;
  private final String mark;
  private int depth;
  private boolean dash;

  /**
   * @param step what one level is indented by
   * @param mark what begins a comment
   */
  CodePage(String step, String mark) {
    this.step = step;
    this.mark = mark;
  }

  void indent() {
    depth++;
  }

  void outdent() {
    depth--;
  }

  /** Has the next line begin an item of a list: a dash in place of the last level's blanks. */
  void dash() {
    dash = true;
  }

  /** Returns how many columns the next line is indented by. */
  int column() {
    return depth * step.length();
  }

  String margin() {
    return step.repeat(depth);
  }

  void line(String text) {
    String margin = margin();
    if (dash) {
      margin = margin.substring(0, margin.length() - 2) + "- ";
      dash = false;
    }
    out.append(margin).append(text).append('\n');
  }

  /** Writes an empty line, unless there is one already or nothing before. */
  void blank() {
    int length = out.length();
    boolean begun = length > 1 && !dash;
    if (begun && out.charAt(length - 2) != '\n') {
      out.append('\n');
    }
  }

  /** Writes comments on lines of their own. */
  void comments(List<Comment> comments) {
    for (Comment comment : comments) {
      comment.lines().forEach(text -> line(mark + text));
      if (comment.standsApart() && !comment.trails()) {
        blank();
      }
    }
  }

  /** Writes what comments are about: one that followed its line does so again where it can. */
  void line(String text, List<Comment> about) {
    int before = about.size() - 1;
    boolean follows =
        before >= 0
            && about.get(before).trails()
            && about.get(before).lines().size() == 1
            && text.indexOf('\n') < 0;
    if (follows) {
      comments(about.subList(0, before));
      line(text + " " + mark + about.get(before).lines().get(0));
    } else {
      comments(about);
      line(text);
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
