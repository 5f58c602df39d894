package dev.pgrunbook.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Numbers picked out of a list, such as {@code 1,3-5}. */
final class Selection {

  private Selection() {}

  /**
   * Returns the numbers in ascending order, each once; null when the text is no selection of
   * numbers from one to {@code count}.
   */
  static @Nullable List<Integer> parse(String text, int count) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String part : text.split("[,\\s]+", -1)) {
      int dash = part.indexOf('-');
      int first = number(dash < 0 ? part : part.substring(0, dash));
      int last = dash < 0 ? first : number(part.substring(dash + 1));
      if (first < 1 || last < first || last > count) {
        return null;
      }
      for (int i = first; i <= last; i++) {
        numbers.add(i);
      }
    }
    return new ArrayList<>(numbers);
  }

  /** Returns the number that a text is; 0 when it is none. */
  static int number(String text) {
    if (text.isEmpty() || text.length() > 6) {
      return 0;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return 0;
      }
    }
    return Integer.parseInt(text);
  }
}
