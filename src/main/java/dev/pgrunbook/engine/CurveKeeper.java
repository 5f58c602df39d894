package dev.pgrunbook.engine;

import dev.pgrunbook.journal.CurveDraft;
import dev.pgrunbook.journal.RunEvent.ProbeFinished;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a probe has seen: as a draft while it polls, of which most is left when its process
 * dies, and with the record of its end.
 */
final class CurveKeeper {

  /** Most probes have ended by then, and leave no draft. */
  private static final Duration FIRST = Duration.ofSeconds(2);

  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final StepRun run;
  private final RunContext context;
  private final String name;
  private @Nullable Instant kept;

  CurveKeeper(StepRun run) {
    this.run = run;
    this.context = run.context();
    this.name = CurveDraft.name(run.address());
  }

  /** Records what a process that died had seen; the probe then begins another curve. */
  void finishCutShort() {
    String text = context.draft(name);
    if (!text.isEmpty()) {
      try {
        CurveDraft draft = CurveDraft.fromJson(text);
        record("interrupted", draft.samples(), Map.of(), draft.curve().toJson());
      } catch (IllegalArgumentException torn) {
        // It was never made durable, and nobody needs it.
        context.keepDraft(name, "");
      }
    }
  }

  /** Keeps a draft now and then. */
  void keep(ProbeProgress progress, Instant now) {
    Instant before = kept;
    boolean due =
        before == null
            ? progress.elapsed(now).compareTo(FIRST) >= 0
            : Duration.between(before, now).compareTo(PERIOD) >= 0;
    if (due) {
      kept = now;
      context.keepDraft(name, new CurveDraft(progress.samples(), progress.curve()).toJson());
    }
  }

  /** Records how a probe has ended. */
  void finish(String outcome, ProbeProgress progress, Map<String, Value> last) {
    record(outcome, progress.samples(), last, progress.curve().toJson());
  }

  /** Without the draft first: rather no curve than the same one twice. */
  private void record(String outcome, long samples, Map<String, Value> last, String curve) {
    String digest = context.attach(curve);
    context.keepDraft(name, "");
    context.record(new ProbeFinished(run.address(), outcome, samples, last, digest));
  }
}
