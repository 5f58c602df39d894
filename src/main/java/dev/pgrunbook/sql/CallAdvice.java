package dev.pgrunbook.sql;

import java.util.ArrayList;
import java.util.List;

/** Advice about the functions that a statement calls. */
final class CallAdvice {

  private CallAdvice() {}

  /** Code whose text is not here may do anything, and locks what it pleases. */
  static void add(EffectDraft draft) {
    List<String> unknown = new ArrayList<>();
    for (String call : draft.analysis().calls()) {
      if (!BuiltInFunctions.isKnown(call)) {
        unknown.add(call + "()");
      }
    }
    if (!unknown.isEmpty()) {
      draft.advise(
          AdviceCode.UNKNOWN_CODE,
          "what " + String.join(", ", unknown) + " does and locks is not told by the text",
          null);
    }
  }
}
