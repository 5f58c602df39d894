package dev.pgrunbook.engine;

import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.engine.SideBySide.Part;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a step when parts of it that ran side by side have not ended well.
 *
 * <p>A defect is told first. Then the run stands still when one part has to, whatever has failed
 * beside it: resumed, it tries that again. Otherwise the step has failed.
 */
final class Endings {

  /** What a run that stands still for several reasons says, the gravest first. */
  private static final List<PauseReason> GRAVITY =
      List.of(
          PauseReason.IN_DOUBT,
          PauseReason.DIFFERS,
          PauseReason.ENVIRONMENT,
          PauseReason.OPERATOR,
          PauseReason.REJECTED,
          PauseReason.WAITING);

  private Endings() {}

  /**
   * Throws what follows from how parts have ended; returns when all have ended well.
   *
   * @param endings what parts have thrown, by their place among all
   */
  static void rethrow(Map<Integer, Throwable> endings, List<Part> parts) {
    for (Throwable ending : endings.values()) {
      if (ending instanceof Error error) {
        throw error;
      }
    }
    RuntimeException leaving = leaving(endings);
    if (leaving != null) {
      throw leaving;
    }
    if (!endings.isEmpty()) {
      throw failure(endings, parts);
    }
  }

  /** Returns why what has failed is not decided about now, or null. */
  static @Nullable RuntimeException leaving(Map<Integer, Throwable> endings) {
    List<RunPause> pauses = new ArrayList<>();
    RuntimeException rewind = null;
    for (Throwable ending : endings.values()) {
      if (ending instanceof RunPause pause) {
        pauses.add(pause);
      } else if (ending instanceof DatabaseFailure lost) {
        pauses.add(new RunPause(PauseReason.ENVIRONMENT, Failures.sentence(lost)));
      } else if (ending instanceof Rewind again) {
        rewind = again;
      } else if (ending instanceof RuntimeException defect && !(ending instanceof StepFailure)) {
        return defect;
      }
    }
    return pauses.isEmpty() ? rewind : together(pauses);
  }

  private static RunPause together(List<RunPause> pauses) {
    Set<String> messages = new LinkedHashSet<>();
    PauseReason gravest = PauseReason.WAITING;
    for (RunPause pause : pauses) {
      boolean graver = GRAVITY.indexOf(pause.reason()) < GRAVITY.indexOf(gravest);
      gravest = graver ? pause.reason() : gravest;
      messages.add(String.valueOf(pause.getMessage()));
    }
    return new RunPause(gravest, String.join("\n", messages));
  }

  /** Everybody who had to say something about them has. */
  private static StepFailure failure(Map<Integer, Throwable> endings, List<Part> parts) {
    if (endings.size() == 1) {
      return (StepFailure) endings.values().iterator().next();
    }
    List<String> lines = new ArrayList<>();
    lines.add(endings.size() + " of " + parts.size() + " failed");
    endings.forEach(
        (part, ending) ->
            lines.add(parts.get(part).address() + ": " + ((StepFailure) ending).sentence()));
    return new StepFailure(String.join("\n", lines)).accepted();
  }
}
