package dev.pgrunbook.engine;

import dev.pgrunbook.engine.SideBySide.Part;
import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.expression.TextTemplate;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.plan.UnfitValue;
import dev.pgrunbook.sql.SqlTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks steps: loops, conditions, and everything that is the same for all kinds. */
final class StepRunner {

  private final RunContext context;
  private final ReadOnlyQueries queries;
  private final Gates gates;
  private final InDoubtResolver inDoubt;
  private final Executors executors;
  private final Undoing undoing;
  private final SideBySide sideBySide;
  private final StepRecords steps;
  private final StepQuestions questions;

  StepRunner(RunContext context, StatementWatch locks) {
    this.context = context;
    this.steps = new StepRecords(context);
    this.sideBySide = new SideBySide(context.cancellation(), context.options().oneAtATime());
    Sessions sessions = new Sessions(context, sideBySide);
    this.queries = new ReadOnlyQueries(context, sessions);
    this.gates = new Gates(context);
    this.inDoubt = new InDoubtResolver(context, sessions, queries);
    StatementRunner statements = new StatementRunner(context, sessions, locks, inDoubt);
    this.undoing = new Undoing(context, inDoubt, new SqlExecutor(gates, statements));
    this.questions = new StepQuestions(context, steps, undoing);
    this.executors = new Executors(context, this, sessions, queries, gates, statements);
  }

  /**
   * Runs steps in order; what is done already is not done again.
   *
   * @param items the items of the loops around them
   * @param since executions that began at this sequence number or before do not count
   */
  void runAll(List<Step> steps, RunScope scope, List<Integer> items, long since) {
    for (Step step : steps) {
      context.cancellation().check();
      run(new StepRun(context, step, new StepAddress(step.id(), items), scope, since));
    }
  }

  /** Runs the steps of a group; what they save is not known to those beside them. */
  void runGroup(GroupStep group, StepRun run) {
    if (group.parallel() == null) {
      runAll(group.steps(), run.scope(), run.address().items(), run.since());
      return;
    }
    List<Part> parts = new ArrayList<>();
    for (Step step : group.steps()) {
      Set<String> beside = new HashSet<>(group.variables());
      beside.removeAll(step.variables());
      StepAddress address = run.address().sibling(step.id());
      RunScope scope = run.scope().without(beside);
      StepRun part = new StepRun(context, step, address, scope, run.since());
      parts.add(new Part(address, () -> run(part)));
    }
    sideBySide.run(group.parallel(), parts);
  }

  private void run(StepRun run) {
    ForEach loop = run.header().forEach();
    if (Reopening.isReopened(run)) {
      runReopened(run);
    } else if (!run.state().isSettled()) {
      if (loop == null) {
        runItem(run, run.header().when());
      } else {
        runLoop(run, loop);
      }
    }
  }

  /** Goes on with an undoing that was cut short. */
  void finishUndoing() {
    undoing.finishCutShort();
  }

  private void runReopened(StepRun run) {
    ForEach loop = run.header().forEach();
    if (loop == null) {
      runReopenedItem(run);
      return;
    }
    failing(
        run,
        () -> {
          List<RunScope> items = context.expander().items(loop, run.scope());
          for (int i = 0; i < items.size(); i++) {
            StepAddress address = run.address().item(i + 1);
            runReopenedItem(new StepRun(context, run.step(), address, items.get(i), run.since()));
          }
        });
  }

  private void runReopenedItem(StepRun run) {
    if (!context.state().step(run.address()).isSettled()) {
      runItem(run, null);
    } else if (run.step() instanceof GroupStep group) {
      failing(run, () -> runAll(group.steps(), run.scope(), run.address().items(), run.since()));
    }
  }

  private void runLoop(StepRun run, ForEach loop) {
    Expression when = run.header().when();
    boolean aboutItem = when != null && mentions(when, loop.name());
    failing(
        run,
        () -> {
          if (aboutItem || isWanted(run, when)) {
            runItems(run, loop, aboutItem ? when : null);
          }
        });
  }

  private void runItems(StepRun run, ForEach loop, @Nullable Expression whenItem) {
    List<RunScope> items = context.expander().items(loop, run.scope());
    steps.start(run, items.size());
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      StepAddress address = run.address().item(i + 1);
      RunScope scope = items.get(i);
      // How much the others have saved by now is nothing to rely on.
      RunScope own = loop.parallel() == null ? scope : scope.without(run.step().variables());
      StepRun item = new StepRun(context, run.step(), address, own, run.since());
      parts.add(new Part(address, () -> runUnlessSettled(item, whenItem)));
    }
    sideBySide.run(loop.parallel() == null ? 1 : loop.parallel(), parts);
    if (items.isEmpty()) {
      steps.saveNull(run);
    }
    steps.finish(run);
  }

  private void runUnlessSettled(StepRun item, @Nullable Expression when) {
    if (!item.state().isSettled()) {
      runItem(item, when);
    }
  }

  private void runItem(StepRun run, @Nullable Expression when) {
    failing(
        run,
        () -> {
          if (isWanted(run, when) && !isDoneAlready(run) && !isLeftOut(run)) {
            carryOut(run);
          }
        });
  }

  private void carryOut(StepRun run) {
    boolean cutShort = run.state().status() != Status.RUNNING && run.state().hasProgress();
    steps.start(run, null);
    if (cutShort) {
      inDoubt.settle(run);
    }
    executeOrTimeOut(run);
    steps.finish(run);
  }

  /** Does a part of a step whose failure, of whatever kind, is the step's; as often as wanted. */
  private void failing(StepRun run, Runnable part) {
    StepFailure failure = failure(part);
    while (failure != null) {
      StepFailure failed = failure;
      steps.fail(run, failed);
      if (failed.isAccepted()) {
        throw failed;
      }
      boolean again = sideBySide.askWhenQuiet(() -> questions.isTriedAgain(run, failed));
      failure = again ? failure(part) : null;
    }
  }

  private static @Nullable StepFailure failure(Runnable part) {
    try {
      part.run();
      return null;
    } catch (StepFailure failure) {
      return failure;
    } catch (UnfitValue unfit) {
      return new StepFailure(unfit.sentence());
    }
  }

  /** What has begun goes on, whatever has become of its {@code when}. */
  private boolean isWanted(StepRun run, @Nullable Expression when) {
    if (when == null || run.state().status() != Status.PENDING || Texts.isTrue(when, run.scope())) {
      return true;
    }
    steps.skip(run, "`when` is false: " + when.text());
    return false;
  }

  private boolean isDoneAlready(StepRun run) {
    SqlTemplate unless = run.header().unless();
    if (unless == null || run.state().hasProgress() || !queries.isTrue(run, unless)) {
      return false;
    }
    steps.skip(run, "already done: `unless` is true");
    return true;
  }

  private boolean isLeftOut(StepRun run) {
    if (run.state().status() == Status.RUNNING) {
      if (run.step() instanceof GroupStep) {
        return false;
      }
      inDoubt.settle(run);
    }
    return questions.isLeftOut(run, executors.preview(run));
  }

  /** What was cut short while its {@code onTimeout} ran goes on there. */
  private void executeOrTimeOut(StepRun run) {
    List<Step> onTimeout = run.header().onTimeout();
    if (run.state().timeoutSeq() == 0 || onTimeout.isEmpty()) {
      try {
        execute(run);
        return;
      } catch (StepFailure failure) {
        if (!failure.isTimeout() || onTimeout.isEmpty()) {
          throw failure;
        }
      }
    }
    runAll(onTimeout, run.scope(), run.address().items(), run.state().timeoutSeq());
  }

  private void execute(StepRun run) {
    TextTemplate confirm = run.header().confirm();
    if (confirm != null && !run.state().hasProgress()) {
      gates.pass(run, GateKind.CONFIRM, Texts.fill(confirm, run.scope()), null, 1);
    }
    executors.execute(run);
    if (run.header().verify() != null && !queries.isTrue(run, run.header().verify())) {
      throw new StepFailure("`verify` is not true after the step");
    }
  }

  private static boolean mentions(Expression expression, String name) {
    return expression.references().stream().anyMatch(reference -> reference.name().equals(name));
  }
}
