package dev.pgrunbook.repl;

import dev.pgrunbook.journal.RunEvent.StatementFailed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which commands help with what the server refused. */
final class FailureAdvice {

  private FailureAdvice() {}

  /** Returns commands with what they do, the most helpful first. */
  static Map<String, String> of(@Nullable StatementFailed refused) {
    Map<String, String> advice = new LinkedHashMap<>();
    if (refused == null) {
      return advice;
    }
    String state = refused.error().sqlstate();
    if (state.equals("55P03") || state.equals("40P01") || state.equals("57014")) {
      advice.put("blockers", "who holds the lock now, if anybody");
    } else if (state.startsWith("42P") || state.startsWith("427") || state.startsWith("3F")) {
      advice.put("\\d", "what there is on this target");
    } else if (state.startsWith("23")) {
      advice.put("\\d TABLE", "its constraints; a query shows the rows in question");
    } else if (state.equals("42501")) {
      advice.put("use", "which databases this is, and as whom");
    }
    return advice;
  }
}
