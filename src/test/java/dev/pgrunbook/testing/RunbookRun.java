package dev.pgrunbook.testing;

import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.engine.Cancellation;
import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Engine;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.engine.RunOptions;
import dev.pgrunbook.engine.RunResult;
import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.inspect.Inspector;
import dev.pgrunbook.inspect.Limits;
import dev.pgrunbook.inspect.PlanStop;
import dev.pgrunbook.journal.EventJson;
import dev.pgrunbook.journal.FileRunStore;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.RunResumed;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.Target;
import dev.pgrunbook.journal.RunId;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.model.Parallel;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.ParameterValue;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.SecretValue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private final SourceFile file;
  private final Runbook runbook;
  private final RunStore store;
  private final String id;
  private final RunRecorder recorder = new RunRecorder();
  private final Map<String, DatabaseSettings> databases = new LinkedHashMap<>();
  private final Map<String, List<String>> arguments = new LinkedHashMap<>();
  private final Map<String, RunControl> answers = new HashMap<>();
  private final Map<String, RunControl> hands = new HashMap<>();
  private final Map<String, Runnable> interludes = new HashMap<>();
  private final List<RunListener> listeners = new ArrayList<>(List.of(recorder));
  private Cancellation cancellation = new Cancellation();
  private Duration reconnectFor = Duration.ofSeconds(60);
  private @Nullable Duration waitForBackend;
  private boolean terminateBackend;
  private boolean oneAtATime;
  private UnaryOperator<Journal> wrapping = journal -> journal;
  private final Set<String> guarded = new HashSet<>();

  private RunbookRun(SourceFile file, Path store) {
    this(file, new FileRunStore(store, Clock.systemUTC(), OPERATOR));
  }

  private RunbookRun(SourceFile file, RunStore store) {
    this.file = file;
    this.runbook = load(file);
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

  private static Runbook load(SourceFile file) {
    String folder = file.name().substring(0, file.name().lastIndexOf('/') + 1);
    SourceResolver files = SourceResolver.resources(RunbookRun.class.getClassLoader(), folder);
    return valid(
        new RunbookLoader(new YamlFrontEnd()).load(file, files).map(LoadedRunbook::runbook));
  }

  private static <T> T valid(Validated<T> validated) {
    T value = validated.orNull();
    if (value == null) {
      throw new AssertionError(String.valueOf(validated.diagnostics()));
    }
    return value;
  }

  /** Plays a role by a database. */
  public RunbookRun on(String role, TestPostgres database) {
    return on(role, database, database.address().port());
  }

  /** Plays a role by a database behind a proxy. */
  public RunbookRun on(String role, TestPostgres database, int port) {
    String host = database.address().host();
    databases.put(
        role,
        new DatabaseSettings(
            role,
            "jdbc:postgresql://" + host + ":" + port + "/" + database.database(),
            database.address().user(),
            database.database(),
            Map.of(),
            SecretSource.of(new SecretValue(database.address().password())),
            false,
            Expectation.nothing()));
    return this;
  }

  /** Plays a role by a database that is reached in a way of its own, as somebody else perhaps. */
  public RunbookRun on(String role, DatabaseSettings settings) {
    databases.put(role, settings);
    return this;
  }

  /** Plays {@code publisher} and {@code subscriber} by a pair. */
  public RunbookRun on(TestPair pair) {
    return on("publisher", pair.publisher()).on("subscriber", pair.subscriber());
  }

  /** Gives a parameter one or more texts, as {@code -p} does. */
  public RunbookRun with(String parameter, String... texts) {
    arguments.put(parameter, List.of(texts));
    return this;
  }

  /** Answers every question of a step and its items, but whether they may begin. */
  public RunbookRun answering(String step, RunControl control) {
    answers.put(step, control);
    return this;
  }

  /** Decides before a step or an item of it begins, and after it has failed. */
  public RunbookRun underTheHandOf(String step, RunControl operator) {
    hands.put(step, operator);
    return this;
  }

  /** Does something right before a step, or each item of it, begins. */
  public RunbookRun before(String step, Runnable interlude) {
    interludes.put(step, interlude);
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
    guarded.add(role);
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
    Plan plan = Planner.plan(runbook, given(parameter -> true));
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
              RunbookDigest.of(runbook),
              keep(journal));
      Map<String, Value> values = new LinkedHashMap<>(started.arguments());
      values.putAll(given(parameter -> parameter.type().base() == ParameterType.Base.SECRET));
      return carryOut(Planner.plan(runbook, values), journal, resumed);
    }
  }

  /** A resumed run is given its secrets again: no journal has them. */
  private Map<String, Value> given(Predicate<Parameter> wanted) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Parameter parameter : runbook.parameters()) {
      List<String> texts = arguments.get(parameter.name());
      if (texts != null && wanted.test(parameter)) {
        values.put(parameter.name(), value(parameter, texts));
      }
    }
    return values;
  }

  private RunResult carryOut(Plan plan, Journal journal, RunEvent opening) {
    recorder.begin();
    recorder.recorded(journal.append(opening));
    journal.flush();
    Map<String, TargetDatabase> targets = new HashMap<>();
    databases.forEach(
        (role, settings) ->
            targets.put(
                role,
                new TargetDatabase(
                    role,
                    settings.name(),
                    guarded.contains(role),
                    Database.open(settings, Parallel.sessions(runbook) + SESSIONS_BESIDE))));
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
      return new Engine(targets, options).run(plan, journal, this::decide);
    } finally {
      targets.values().forEach(target -> target.database().close());
    }
  }

  private Decision decide(Request request) {
    String step = request.address().step();
    boolean asked =
        request instanceof Request.BeforeStep || request instanceof Request.AfterFailure;
    RunControl hand = asked ? hands.get(step) : null;
    if (hand != null) {
      return hand.decide(request);
    }
    if (request instanceof Request.BeforeStep) {
      Runnable interlude = interludes.get(step);
      if (interlude != null) {
        interlude.run();
      }
      return new Decision.Proceed();
    } else if (request instanceof Request.AfterFailure) {
      return new Decision.Fail();
    }
    recorder.asked(request);
    RunControl control = answers.get(step);
    if (control != null) {
      return control.decide(request);
    }
    boolean plain = request instanceof Request.Gate gate && gate.type() == null;
    return plain || request instanceof Request.Review
        ? new Decision.Approve(OPERATOR, "--yes", null)
        : new Decision.Pause();
  }

  private static Value value(Parameter parameter, List<String> texts) {
    String name = "-p " + parameter.name();
    return valid(
        ParameterValue.parse(
            parameter, texts.stream().map(text -> SourceText.of(name, text)).toList()));
  }

  private RunStarted started(Plan plan, Journal journal) {
    Map<String, Target> targets = new LinkedHashMap<>();
    databases.forEach(
        (role, settings) -> targets.put(role, new Target(settings.name(), settings.display())));
    return new RunStarted(
        runbook.name(),
        runbook.version(),
        RunbookDigest.of(runbook),
        null,
        plan.arguments(),
        targets,
        "test",
        EventJson.FORMAT,
        OPERATOR,
        "here",
        keep(journal));
  }

  private Map<String, String> keep(Journal journal) {
    return Map.of(file.name(), journal.attach(file.text()));
  }

  /** Returns what the run would do, as its databases are now. */
  public Plan plan() {
    Map<String, Value> values = given(parameter -> true);
    if (databases.isEmpty()) {
      return Planner.plan(runbook, values);
    }
    Map<String, Database> open = new LinkedHashMap<>();
    databases.forEach((role, settings) -> open.put(role, Database.open(settings, 1)));
    List<SecretValue> secrets =
        values.values().stream()
            .filter(SecretValue.class::isInstance)
            .map(SecretValue.class::cast)
            .toList();
    try (Inspector inspector =
        Inspector.open(runbook, open, secrets, Limits.USUAL, new PlanStop())) {
      return Planner.plan(runbook, values, inspector);
    } finally {
      open.values().forEach(Database::close);
    }
  }

  /** Returns the run's id. */
  public String id() {
    return id;
  }

  /** Returns the runbook. */
  public Runbook runbook() {
    return runbook;
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
