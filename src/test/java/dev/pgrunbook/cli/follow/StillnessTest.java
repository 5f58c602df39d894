package dev.pgrunbook.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.workspace.Notification;
import dev.pgrunbook.workspace.Notification.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StillnessTest {

  private static final String RUNBOOK =
      """
      runbook: still
      version: "1.0.0"
      title: Still
      targets: {db: {}}
      steps:
        - id: counts
          probe: {every: 1s, sources: {db: SELECT 1 AS n}, progress: {done: n}, until: n == 2}
        - id: nudges
          probe:
            every: 1s
            sources: {db: SELECT 1 AS n}
            progress: {done: n}
            until: n == 2
            stall: {after: 30s, steps: [{id: nudge, target: db, sql: SELECT 1}]}
      """;

  private static final Notification USUAL = told(Map.of());

  private final Stillness stillness = new Stillness(runbook().runbook());

  private static LoadedRunbook runbook() {
    SourceFile file = new SourceFile("still.yaml", RUNBOOK);
    return Objects.requireNonNull(
        new RunbookLoader(new YamlFrontEnd()).load(file, SourceResolver.none()).orNull());
  }

  private static Notification told(Map<Occasion, Duration> after) {
    return new Notification(Set.of(Occasion.STALLED), after, List.of("true"), null);
  }

  private boolean isNews(String step, @Nullable Double done, int seconds, Notification to) {
    Duration still = Duration.ofSeconds(seconds);
    ProbeSample sample =
        new ProbeSample(
            StepAddress.of(step),
            "",
            Instant.EPOCH,
            still,
            done,
            null,
            null,
            Map.of(),
            false,
            still);
    return stillness.isNews(sample, to);
  }

  @Test
  void whatCountsIsGivenFortySeconds() {
    assertThat(isNews("counts", 1.0, 39, USUAL)).isFalse();
    assertThat(isNews("counts", 1.0, 40, USUAL)).isTrue();
    assertThat(isNews("counts", 1.0, 41, USUAL)).isFalse();
    assertThat(isNews("counts", 2.0, 0, USUAL)).isFalse();
    assertThat(isNews("counts", 2.0, 40, USUAL)).isTrue();
  }

  @Test
  void whatWaitsForAStateIsGivenMinutes() {
    assertThat(isNews("counts", null, 299, USUAL)).isFalse();
    assertThat(isNews("counts", null, 300, USUAL)).isTrue();
  }

  @Test
  void whatHelpsItselfIsGivenTheTimeForIt() {
    assertThat(isNews("nudges", 1.0, 59, USUAL)).isFalse();
    assertThat(isNews("nudges", 1.0, 60, USUAL)).isTrue();
  }

  @Test
  void everybodyMaySayHowLongAndIsToldApart() {
    Notification early = told(Map.of(Occasion.STALLED, Duration.ofSeconds(5)));
    assertThat(isNews("nudges", 1.0, 5, early)).isTrue();
    assertThat(isNews("nudges", 1.0, 5, USUAL)).isFalse();
    assertThat(isNews("nudges", 1.0, 60, USUAL)).isTrue();
    assertThat(isNews("nudges", 1.0, 60, early)).isFalse();
  }
}
