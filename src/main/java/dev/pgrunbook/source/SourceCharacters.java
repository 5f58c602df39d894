package dev.pgrunbook.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which characters a file may hold.
 *
 * <p>A reviewer must see what will run. Characters that show nothing, turn the direction of text
 * around or steer a terminal are therefore refused wherever they stand. The list is written out
 * instead of asked from the JDK, whose answers change with its Unicode version: a file loads the
 * same on every machine.
 */
public final class SourceCharacters {

  /** First and last code points of what is refused, besides control characters, ascending. */
  private static final int[] INVISIBLE = {
    0x00AD, 0x00AD, // soft hyphen
    0x061C, 0x061C, // Arabic letter mark
    0x115F, 0x1160, // Hangul fillers
    0x17B4, 0x17B5, // Khmer inherent vowels
    0x180E, 0x180E, // Mongolian vowel separator
    0x200B, 0x200F, // zero width, left-to-right and right-to-left marks
    0x2028, 0x202E, // line and paragraph separators, bidirectional embeddings
    0x2060, 0x206F, // word joiner, bidirectional isolates
    0x3164, 0x3164, // Hangul filler
    0xFEFF, 0xFEFF, // byte order mark, elsewhere than at the start
    0xFFA0, 0xFFA0, // half-width Hangul filler
    0xFFF9, 0xFFFB, // interlinear annotations
    0x1D173, 0x1D17A, // musical formatting
    0xE0000, 0xE0FFF // tags and variation selectors that can carry hidden text
  };

  private SourceCharacters() {}

  /**
   * Returns the offset of the first character that no file may hold, or -1.
   *
   * @param from the offset to begin at
   */
  public static int indexOfForbidden(CharSequence text, int from) {
    int length = text.length();
    // An array: at a start this runs interpreted, and a call for each character would be felt.
    char[] units = text.toString().toCharArray();
    for (int i = from; i < length; i++) {
      char unit = units[i];
      if (unit >= ' ' && unit < 0x7F || unit == '\n' || unit == '\t') {
        continue;
      }
      if (unit == '\r') {
        if (i + 1 == length || units[i + 1] != '\n') {
          return i;
        }
        continue;
      }
      int codePoint = Character.codePointAt(text, i);
      if (isForbidden(codePoint)) {
        return i;
      }
      i += Character.charCount(codePoint) - 1;
    }
    return -1;
  }

  /** Returns whether a code point other than a line end or a tab is refused. */
  public static boolean isForbidden(int codePoint) {
    if (codePoint < 0xA0) {
      return codePoint < ' ' || codePoint >= 0x7F;
    }
    if (Character.getType(codePoint) == Character.SURROGATE || (codePoint & 0xFFFE) == 0xFFFE) {
      return true;
    }
    for (int i = 0; i < INVISIBLE.length && INVISIBLE[i] <= codePoint; i += 2) {
      if (codePoint <= INVISIBLE[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** Returns a code point's number and name, such as {@code U+200B (zero width space)}. */
  public static String describe(int codePoint) {
    String number = String.format(Locale.ROOT, "U+%04X", codePoint);
    @Nullable String name = Character.getName(codePoint);
    return name == null ? number : number + " (" + name.toLowerCase(Locale.ROOT) + ")";
  }
}
