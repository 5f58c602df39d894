package dev.pgrunbook.engine;

import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.inspect.Inspector;
import dev.pgrunbook.inspect.Limits;
import dev.pgrunbook.inspect.PlanStop;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.StatementEffects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a database about what statements name, as planning does, for a person who waits: what it has
 * not answered by then is not known, and nothing of the question is left on the server.
 */
final class Foresight {

  /** How long somebody at a prompt does not wonder. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** What a cancelled question needs to come back. */
  private static final Duration CANCELLED = Duration.ofSeconds(1);

  private static final Limits LIMITS =
      new Limits(PATIENCE, Duration.ofMillis(300), Duration.ofSeconds(30));

  private final RunContext context;
  private final String role;
  private final List<StatementEffects> told;
  private final List<String> statements;
  private final List<StatementEffects> known;

  private final PlanStop stop = new PlanStop();
  private @Nullable String unknown;
  private @Nullable RuntimeException defect;
  private boolean givenUp;

  private Foresight(
      RunContext context, String role, List<StatementEffects> told, List<String> statements) {
    this.context = context;
    this.role = role;
    this.told = told;
    this.statements = statements;
    this.known = new ArrayList<>(told);
  }

  /** Returns what statements would do, of which their texts tell so much. */
  static Foreseen of(
      RunContext context, String role, List<StatementEffects> told, List<String> statements) {
    boolean named = told.stream().anyMatch(one -> !one.relations().isEmpty());
    return named
        ? new Foresight(context, role, told, statements).foreseen()
        : new Foreseen(told, null);
  }

  private Foreseen foreseen() {
    Thread asker = new Thread(this::ask, "foresight");
    asker.setDaemon(true);
    asker.start();
    try {
      asker.join(PATIENCE.toMillis());
      if (asker.isAlive()) {
        giveUp();
        // The step itself must not wait for a lock that this still holds.
        asker.join(CANCELLED.toMillis());
      }
    } catch (InterruptedException interrupted) {
      giveUp();
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (defect != null) {
        throw defect;
      }
      return new Foreseen(known, unknown);
    }
  }

  private void ask() {
    try (Inspector inspector =
        Inspector.open(
            context.runbook(),
            Map.of(role, context.target(role).database()),
            context.secrets(),
            LIMITS,
            stop)) {
      inspector.expect(role, told);
      for (int i = 0; i < told.size(); i++) {
        stop.check();
        learn(i, inspector.refine(role, statement(i), told.get(i)), inspector.unread(role));
      }
    } catch (RuntimeException failure) {
      fail(failure);
    }
  }

  private ExpandedStatement statement(int index) {
    String text = statements.get(index);
    return new ExpandedStatement(index + 1, BoundSql.of(text), text, told.get(index).analysis());
  }

  /** What comes after nobody waits any more comes too late. */
  private synchronized void learn(int index, StatementEffects effects, @Nullable String unread) {
    if (!givenUp) {
      known.set(index, effects);
      unknown = unread == null ? unknown : unread;
    }
  }

  /** When nobody waits any more, the databases may be closed already. */
  private synchronized void fail(RuntimeException failure) {
    if (givenUp) {
      return;
    }
    if (failure instanceof DatabaseFailure known) {
      unknown = Failures.sentence(known);
    } else {
      defect = failure;
    }
  }

  /** Stopping waits until nothing is left on the server, which a person does not. */
  private void giveUp() {
    synchronized (this) {
      givenUp = true;
      unknown =
          context.target(role).connection()
              + " has not answered within "
              + PATIENCE.toSeconds()
              + " seconds";
    }
    Thread stopper = new Thread(stop::request, "foresight-stop");
    stopper.setDaemon(true);
    stopper.start();
  }
}
