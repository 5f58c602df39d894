package dev.pgrunbook.sql;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Work that a statement does on a relation while it holds its lock.
 *
 * @param kind what it does
 * @param condition what decides whether it is done; null when it certainly is
 */
public record Work(Kind kind, @Nullable OpenQuestion condition) {

  /** Kinds of work, the least first. */
  public enum Kind {
    /** Every row is read, to check it or to count. */
    SCANNED("scanned"),
    /** Every row is read and an index is built. */
    INDEXED("read to build an index"),
    /** A new file is written for the relation and all its indexes; both exist until commit. */
    REWRITTEN("rewritten");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Returns what is done, as a participle. */
    public String words() {
      return words;
    }
  }

  public Work {
    Objects.requireNonNull(kind);
  }

  /** Returns work that is certainly done. */
  public static Work certain(Kind kind) {
    return new Work(kind, null);
  }

  /** Returns what is done and when, such as {@code rewritten if f() is volatile}. */
  public String words() {
    return condition == null ? kind.words() : kind.words() + " " + condition.words();
  }
}
