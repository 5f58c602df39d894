package dev.pgrunbook.render;

import dev.pgrunbook.source.SourceCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text as a terminal shows it: harmless, and of a known width. */
public final class DisplayText {

  /** How many columns a tab is shown as. */
  private static final int TAB = 4;

  /**
   * First and last code points that take two columns, ascending; from Unicode's East Asian Width.
   */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD, 0x25FE,
    0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB,
    0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3,
    0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728,
    0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x27B0, 0x27B0,
    0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E, 0x3041, 0xA4CF,
    0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6,
    0x16FE0, 0x18DFF, 0x1B000, 0x1B2FF, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E,
    0x1F191, 0x1F19A, 0x1F200, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E, 0x1F393,
    0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E,
    0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F54E, 0x1F550, 0x1F567,
    0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5,
    0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6D7, 0x1F6DC, 0x1F6DF, 0x1F6EB, 0x1F6EC,
    0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF,
    0x1FA70, 0x1FAFF, 0x20000, 0x3FFFD
  };

  private DisplayText() {}

  /**
   * Returns one line of text with tabs as spaces and everything that is invisible or would steer a
   * terminal spelled out, such as {@code \x1b}.
   */
  public static String line(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      append(shown, codePoint);
      i += Character.charCount(codePoint);
    }
    return shown.toString();
  }

  /** Returns text of several lines made harmless line by line. */
  public static String lines(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (codePoint == '\n') {
        shown.append('\n');
      } else {
        append(shown, codePoint);
      }
      i += Character.charCount(codePoint);
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, int codePoint) {
    if (codePoint == '\t') {
      shown.append(" ".repeat(TAB));
    } else if (!SourceCharacters.isForbidden(codePoint)) {
      shown.appendCodePoint(codePoint);
    } else if (codePoint == '\n') {
      shown.append("\\n");
    } else if (codePoint < 0x100) {
      shown.append(String.format(Locale.ROOT, "\\x%02x", codePoint));
    } else {
      shown.append(String.format(Locale.ROOT, "\\u{%x}", codePoint));
    }
  }

  /** Returns how many columns a terminal gives to a harmless text. */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      width += width(codePoint);
      i += Character.charCount(codePoint);
    }
    return width;
  }

  /** Returns as much of a harmless text as fits, the last of it the sign that something is cut. */
  public static String cut(String text, int columns, String ellipsis) {
    if (width(text) <= columns) {
      return text;
    }
    int room = columns - width(ellipsis);
    int end = fitting(text, room);
    return room < 0 ? "" : text.substring(0, end).stripTrailing() + ellipsis;
  }

  /** Returns the offset after the characters that fit into so many columns. */
  private static int fitting(String text, int columns) {
    int end = 0;
    int width = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      width += width(codePoint);
      if (width > columns) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  /** Returns a harmless text with spaces after it, up to so many columns. */
  public static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  /** Returns a harmless text with spaces before it, up to so many columns. */
  public static String padLeft(String text, int columns) {
    return " ".repeat(Math.max(0, columns - width(text))) + text;
  }

  /**
   * Returns a harmless text in lines of at most so many columns, broken at spaces where there are
   * any; its own line breaks stay.
   */
  public static List<String> wrap(String text, int columns) {
    int room = Math.max(1, columns);
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String rest = line;
      while (width(rest) > room) {
        int end = Math.max(fitting(rest, room), Character.charCount(rest.codePointAt(0)));
        int space = rest.lastIndexOf(' ', end);
        boolean breakable = space > 0 && !rest.substring(0, space).isBlank();
        lines.add(rest.substring(0, breakable ? space : end));
        rest = rest.substring(breakable ? space + 1 : end);
      }
      lines.add(rest);
    }
    return lines;
  }

  static int width(int codePoint) {
    if (codePoint < 0x300) {
      return 1;
    }
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int i = 0; i < WIDE.length && WIDE[i] <= codePoint; i += 2) {
      if (codePoint <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }
}
