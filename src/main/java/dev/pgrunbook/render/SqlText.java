package dev.pgrunbook.render;

import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.sql.SqlPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL as people read it: harmless, and with its words told apart. */
public final class SqlText {

  /** String constants longer than this are saved rows more often than not. */
  private static final int LONGEST_STRING = 160;

  /** How much of such a one is shown. */
  private static final int SHOWN_OF_STRING = 64;

  private final Theme theme;

  public SqlText(Theme theme) {
    this.theme = theme;
  }

  /** Returns the lines of a statement. */
  public List<String> lines(String sql) {
    return List.of(painted(sql.strip()).split("\n", -1));
  }

  /**
   * Returns SQL with its long string constants cut, for screens on which the statement has to be
   * seen as a whole. What comes out is to be read, never to be run.
   */
  public static String abridged(String sql) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (SqlPart part : SqlPart.of(sql)) {
      int length = part.end() - part.start();
      if (part.kind() == SqlPart.Kind.STRING && length > LONGEST_STRING) {
        String shown = sql.substring(part.start(), part.start() + SHOWN_OF_STRING);
        text.append(sql, from, part.start()).append(shown).append("…'");
        text.append(" /* ").append(Quantities.count(length, "character")).append(" */");
        from = part.end();
      }
    }
    return text.append(sql, from, sql.length()).toString();
  }

  /** Returns SQL, or the beginning of some, with every character in its place. */
  public String painted(String sql) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (SqlPart part : SqlPart.of(sql)) {
      text.append(DisplayText.lines(sql.substring(from, part.start())));
      append(text, role(part.kind()), sql.substring(part.start(), part.end()));
      from = part.end();
    }
    return text.append(DisplayText.lines(sql.substring(from))).toString();
  }

  /** Colours end with each line, so that every line can be shown alone. */
  private void append(StringBuilder text, @Nullable Role role, String part) {
    String harmless = DisplayText.lines(part);
    if (role == null) {
      text.append(harmless);
      return;
    }
    String[] lines = harmless.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      text.append(i == 0 ? "" : "\n").append(theme.paint(role, lines[i]));
    }
  }

  private static @Nullable Role role(SqlPart.Kind kind) {
    return switch (kind) {
      case KEY_WORD -> Role.HEADING;
      case STRING, NUMBER -> Role.GOOD;
      case VALUE -> Role.HINT;
      case COMMENT -> Role.DIM;
      case NAME, SIGN -> null;
    };
  }
}
