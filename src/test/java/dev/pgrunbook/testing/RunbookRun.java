package dev.pgrunbook.testing;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.engine.Cancellation;
import dev.pgrunbook.engine.Engine;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.engine.RunControl;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.engine.RunOptions;
import dev.pgrunbook.engine.RunResult;
import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.journal.EventJson;
import dev.pgrunbook.journal.FileRunStore;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.RunResumed;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunId;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.model.Parallel;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.value.Value;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One run of a runbook on real databases, through everything but the command line: say what and
 * where, {@link #run}, perhaps {@link #resume} or {@link #abort}, and look at what is left.
 *
 * <pre>{@code
 * RunbookRun run = RunbookRun.ofBuiltIn("pglogical/resync-tables", store)
 *     .on(pair)
 *     .with("tables", "public.\"Person\"");
 * assertThat(run.run()).isEqualTo(RunbookRun.DONE);
 * }</pre>
 *
 * <p>Every review and plain question is approved, as by {@code --yes}, unless {@link #answering}
 * says otherwise; what only a person can answer pauses the run.
 */
public final class RunbookRun {

  /** How a run that went well is left. */
  public static final RunResult DONE = new RunResult.Ended(RunEvent.Outcome.DONE);

  /** How a run with a failed step is left. */
  public static final RunResult FAILED = new RunResult.Ended(RunEvent.Outcome.FAILED);

  /** How a run that was given up is left. */
  public static final RunResult ABORTED = new RunResult.Ended(RunEvent.Outcome.ABORTED);

  /** Who runs and answers. */
  public static final String OPERATOR = "tester";

  /** For whoever looks at locks, and for an operator beside the steps. */
  private static final int SESSIONS_BESIDE = 2;

  private final GivenRunbook given;
  private final RunStore store;
  private final String id;
  private final RunRecorder recorder = new RunRecorder();
  private final PlayedRoles roles = new PlayedRoles();
  private final PlayedOperator operator = new PlayedOperator(recorder);
  private final List<RunListener> listeners = new ArrayList<>(List.of(recorder));
  private Cancellation cancellation = new Cancellation();
  private Duration reconnectFor = Duration.ofSeconds(60);
  private @Nullable Duration waitForBackend;
  private boolean terminateBackend;
  private boolean oneAtATime;
  private UnaryOperator<Journal> wrapping = journal -> journal;

  private RunbookRun(SourceFile file, Path store) {
    this(file, new FileRunStore(store, Clock.systemUTC(), OPERATOR));
  }

  private RunbookRun(SourceFile file, RunStore store) {
    this.given = new GivenRunbook(file);
    this.store = store;
    this.id = RunId.of(Instant.now(), ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
  }

  /** Returns a run of a runbook that the program brings, kept in a directory. */
  public static RunbookRun ofBuiltIn(String name, Path store) {
    return ofBuiltIn(name, store, text -> text);
  }

  /** Returns a run of such a runbook with another text, such as one of shorter timeouts. */
  public static RunbookRun ofBuiltIn(String name, Path store, Function<String, String> edit) {
    String resource = "runbooks/" + name + ".yaml";
    String text = Resources.text(resource);
    return new RunbookRun(new SourceFile(resource, edit.apply(text)), store);
  }

  /** Returns a run of a runbook that is given as YAML. */
  public static RunbookRun of(String yaml, Path store) {
    return new RunbookRun(new SourceFile("test.yaml", yaml), store);
  }

  /** Returns a run of a runbook that is given as YAML, kept in any store. */
  public static RunbookRun of(String yaml, RunStore store) {
    return new RunbookRun(new SourceFile("test.yaml", yaml), store);
  }

  /** Returns an edit that replaces a piece of text, which must be there. */
  public static Function<String, String> replacing(String old, String replacement) {
    return text -> {
      if (!text.contains(old)) {
        throw new AssertionError("there is no " + old + " in the runbook");
      }
      return text.replace(old, replacement);
    };
  }

  /** Plays a role by a database. */
  public RunbookRun on(String role, TestPostgres database) {
    return on(role, database, database.address().port());
  }

  /** Plays a role by a database behind a proxy. */
  public RunbookRun on(String role, TestPostgres database, int port) {
    roles.put(role, database, port);
    return this;
  }

  /** Plays a role by a database that is reached in a way of its own, as somebody else perhaps. */
  public RunbookRun on(String role, DatabaseSettings settings) {
    roles.put(role, settings);
    return this;
  }

  /** Plays {@code publisher} and {@code subscriber} by a pair. */
  public RunbookRun on(TestPair pair) {
    return on("publisher", pair.publisher()).on("subscriber", pair.subscriber());
  }

  /** Gives a parameter one or more texts, as {@code -p} does. */
  public RunbookRun with(String parameter, String... texts) {
    given.with(parameter, texts);
    return this;
  }

  /** Answers every question of a step and its items, but whether they may begin. */
  public RunbookRun answering(String step, RunControl control) {
    operator.answers(step, control);
    return this;
  }

  /** Decides before a step or an item of it begins, and after it has failed. */
  public RunbookRun underTheHandOf(String step, RunControl operator) {
    this.operator.decides(step, operator);
    return this;
  }

  /** Does something right before a step, or each item of it, begins. */
  public RunbookRun before(String step, Runnable interlude) {
    operator.does(step, interlude);
    return this;
  }

  /** Tells somebody what happens. */
  public RunbookRun listening(RunListener listener) {
    listeners.add(listener);
    return this;
  }

  /** Does something after each poll of a probe. */
  public RunbookRun sampling(String step, Consumer<ProbeSample> reaction) {
    return listening(
        new RunListener() {
          @Override
          public void sampled(ProbeSample sample) {
            if (sample.address().step().equals(step)) {
              reaction.accept(sample);
            }
          }
        });
  }

  /** Lets the process die, as far as a test can, right after the journal has such an event. */
  public RunbookRun dyingAfter(Predicate<RunEvent> moment) {
    return listening(
        new RunListener() {
          private boolean dead;

          @Override
          public void recorded(JournalRecord entry) {
            if (!dead && moment.test(entry.event())) {
              dead = true;
              throw new Death();
            }
          }
        });
  }

  /** What {@link #run} throws when its process was made to die. */
  public static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Gives lost databases less than a minute to come back. */
  public RunbookRun reconnectingFor(Duration time) {
    reconnectFor = time;
    return this;
  }

  /** Waits no longer than this for an old backend. */
  public RunbookRun waitingForBackend(Duration time) {
    waitForBackend = time;
    return this;
  }

  /** Ends old backends instead of waiting. */
  public RunbookRun terminatingBackends() {
    terminateBackend = true;
    return this;
  }

  /** Writes every journal through another, such as one that dies at some record. */
  public RunbookRun through(UnaryOperator<Journal> wrapper) {
    wrapping = wrapper;
    return this;
  }

  /** Runs nothing side by side, as a step-through session does. */
  public RunbookRun oneAtATime() {
    oneAtATime = true;
    return this;
  }

  /** Makes the database that plays a role a protected one. */
  public RunbookRun protecting(String role) {
    roles.protect(role);
    return this;
  }

  /** Answers a paused run from another terminal. */
  public RunbookRun appending(RunEvent event) {
    try (Journal journal = store.open(id)) {
      journal.append(event);
    }
    return this;
  }

  /** Stops the run as Ctrl-C does; may be called from any thread. */
  public void interrupt() {
    cancellation.request();
  }

  /** Runs it from the beginning. */
  public RunResult run() {
    Plan plan = Planner.plan(given.runbook(), given.arguments());
    try (Journal journal = wrapping.apply(store.create(id))) {
      return carryOut(plan, journal, started(plan, journal));
    }
  }

  /** Goes on with it, as another process would. */
  public RunResult resume() {
    return goOn(false);
  }

  /** Gives it up: only {@code finally} is run. */
  public RunResult abort() {
    return goOn(true);
  }

  private RunResult goOn(boolean abort) {
    try (Journal journal = wrapping.apply(store.open(id))) {
      RunStarted started = journal.state().started();
      if (started == null) {
        throw new AssertionError("the run has not begun");
      }
      cancellation = new Cancellation();
      RunResumed resumed =
          new RunResumed(
              OPERATOR,
              "here",
              "test",
              EventJson.FORMAT,
              abort,
              given.digest(),
              given.keep(journal));
      Map<String, Value> values = new LinkedHashMap<>(started.arguments());
      values.putAll(given.secrets());
      return carryOut(Planner.plan(given.runbook(), values), journal, resumed);
    }
  }

  private RunResult carryOut(Plan plan, Journal journal, RunEvent opening) {
    recorder.begin();
    recorder.recorded(journal.append(opening));
    journal.flush();
    Map<String, TargetDatabase> targets =
        roles.open(Parallel.sessions(given.runbook()) + SESSIONS_BESIDE);
    RunOptions options =
        new RunOptions(
            Clock.system(ZoneId.systemDefault()),
            listeners,
            cancellation,
            reconnectFor,
            waitForBackend,
            terminateBackend,
            null,
            oneAtATime);
    try {
      return new Engine(targets, options).run(plan, journal, operator);
    } finally {
      targets.values().forEach(target -> target.database().close());
    }
  }

  private RunStarted started(Plan plan, Journal journal) {
    return new RunStarted(
        given.runbook().name(),
        given.runbook().version(),
        given.digest(),
        null,
        plan.arguments(),
        roles.recorded(),
        "test",
        EventJson.FORMAT,
        OPERATOR,
        "here",
        given.keep(journal));
  }

  /** Returns what the run would do, as its databases are now. */
  public Plan plan() {
    return roles.plan(given.runbook(), given.arguments());
  }

  /** Returns the run's id. */
  public String id() {
    return id;
  }

  /** Returns the runbook. */
  public Runbook runbook() {
    return given.runbook();
  }

  /** Returns what was told since the last {@link #run}, {@link #resume} or {@link #abort} began. */
  public RunRecorder told() {
    return recorder;
  }

  /**
   * Returns why steps failed, as told since then: one message for each, the run's last one last.
   */
  public List<String> failures() {
    return recorder.failures();
  }

  /** Returns the state that the journal on disk gives. */
  public RunState state() {
    return store.read(id, entry -> {});
  }

  /** Returns every record of the journal on disk. */
  public List<JournalRecord> journal() {
    List<JournalRecord> records = new ArrayList<>();
    store.read(id, records::add);
    return records;
  }

  /** Returns every event of a type in the journal on disk, in order. */
  public <E extends RunEvent> List<E> events(Class<E> type) {
    return journal().stream()
        .map(JournalRecord::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** Returns what a variable holds. */
  public Value variable(String name) {
    return state().variable(name);
  }
}
