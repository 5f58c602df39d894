package dev.pgrunbook.model;

import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.expression.TextTemplate;
import dev.pgrunbook.sql.SqlTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every kind of step may say.
 *
 * @param id unique in the runbook
 * @param documentation what it tells people
 * @param target the role of the database it works on; null for kinds that need none
 * @param when runs only if true; null for always
 * @param forEach runs once for each item; null for once
 * @param confirm asked, yes or no, before it runs
 * @param unless read-only SQL; true: already done, skipped
 * @param verify read-only SQL that must be true after the commit
 * @param timeout the longest a statement, a probe or a question may take
 * @param lockTimeout the longest a statement may wait for a lock
 * @param retry how often a failed transaction is tried again
 * @param onTimeout steps to run when {@code timeout} has passed
 */
public record StepHeader(
    String id,
    Documentation documentation,
    @Nullable String target,
    @Nullable Expression when,
    @Nullable ForEach forEach,
    @Nullable TextTemplate confirm,
    @Nullable SqlTemplate unless,
    @Nullable SqlTemplate verify,
    @Nullable Duration timeout,
    @Nullable Duration lockTimeout,
    @Nullable RetryPolicy retry,
    List<Step> onTimeout) {

  public StepHeader {
    Objects.requireNonNull(id);
    Objects.requireNonNull(documentation);
    onTimeout = List.copyOf(onTimeout);
  }

  /** Returns a header that says an id and a target, and nothing else. */
  public static StepHeader of(String id, @Nullable String target) {
    return new StepHeader(
        id, Documentation.NONE, target, null, null, null, null, null, null, null, null, List.of());
  }
}
