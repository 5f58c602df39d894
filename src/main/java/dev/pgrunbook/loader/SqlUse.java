package dev.pgrunbook.loader;

import dev.pgrunbook.model.TransactionMode;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of SQL is for.
 *
 * @param name the key it stands under, as a sentence names it
 * @param readOnly whether it may only read, in a single statement
 * @param transaction which transactions it runs in; null when it only reads
 */
record SqlUse(String name, boolean readOnly, @Nullable TransactionMode transaction) {

  static SqlUse reading(String key) {
    return new SqlUse("\"" + key + "\"", true, null);
  }

  static SqlUse source(String role) {
    return new SqlUse("the source \"" + role + "\"", true, null);
  }

  static SqlUse writing(TransactionMode transaction) {
    return new SqlUse("\"sql\"", false, transaction);
  }

  static SqlUse undoing(TransactionMode transaction) {
    return new SqlUse("\"undo\"", false, transaction);
  }
}
