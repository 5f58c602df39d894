package dev.pgrunbook.journal;

import java.util.Locale;

/** A constant that files and people know by a word: {@code IN_DOUBT} is {@code inDoubt}. */
public interface Word {

  /** Returns the constant's name. */
  String name();

  /** Returns the word: the name's parts, the first in lower case, the others capitalised. */
  default String word() {
    StringBuilder word = new StringBuilder();
    for (String part : name().split("_", -1)) {
      String lower = part.toLowerCase(Locale.ROOT);
      word.append(word.isEmpty() ? lower.charAt(0) : part.charAt(0))
          .append(lower, 1, lower.length());
    }
    return word.toString();
  }
}
