package dev.pgrunbook.frontend;

import java.util.Arrays;
import org.yaml.snakeyaml.error.Mark;

/**
 * Turns SnakeYAML's positions into ours.
 *
 * <p>SnakeYAML counts code points, a {@code SourceFile} UTF-16 code units; they differ after each
 * character outside the basic plane, of which most files have none.
 */
final class Offsets {

  private final int length;
  private final int[] supplementary;

  Offsets(String text) {
    length = text.length();
    // Compared by hand over an array: at a start this runs interpreted, call by call.
    char[] units = text.toCharArray();
    int[] found = new int[8];
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (units[i] >= Character.MIN_SURROGATE
          && i + 1 < length
          && Character.isSurrogatePair(units[i], units[i + 1])) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count] = i - count;
        count++;
      }
    }
    supplementary = Arrays.copyOf(found, count);
  }

  /** Returns the offset in UTF-16 code units of a mark. */
  int of(Mark mark) {
    return of(mark.getIndex());
  }

  /** Returns the offset in UTF-16 code units of the code point with an index. */
  int of(int codePointIndex) {
    int place = Arrays.binarySearch(supplementary, codePointIndex);
    int before = place >= 0 ? place : -place - 1;
    return Math.min(codePointIndex + before, length);
  }
}
