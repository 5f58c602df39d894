package dev.pgrunbook.cli;

import dev.pgrunbook.approval.Approvers;
import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.journal.EventJson;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.Target;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a command that carries runs out finds and makes before the first statement. */
final class RunSetup implements AutoCloseable {

  private final Surroundings surroundings;
  private final Messages messages;
  private final Workspace workspace;
  private final OpenStore store;
  private final RunbookCatalog catalog;

  private RunSetup(
      Surroundings surroundings, Messages messages, Workspace workspace, OpenStore store) {
    this.surroundings = surroundings;
    this.messages = messages;
    this.workspace = workspace;
    this.catalog = RunbookCatalog.of(surroundings.directory(), workspace);
    this.store = store;
  }

  /** Finds the workspace and the store; null when either is unsound, which has been told. */
  static @Nullable RunSetup prepare(
      @Nullable String store, Surroundings surroundings, Messages messages) {
    Validated<Workspace> workspace =
        Workspace.find(surroundings.directory(), surroundings.environment());
    messages.print(workspace.diagnostics());
    Workspace found = workspace.orNull();
    OpenStore open = found == null ? null : OpenStore.of(store, found, surroundings, messages);
    return found == null || open == null ? null : new RunSetup(surroundings, messages, found, open);
  }

  private Path resolve(String path) {
    return surroundings.directory().resolve(path);
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Messages messages() {
    return messages;
  }

  RunStore store() {
    return store.runs();
  }

  /** Returns what people are told of where the store is. */
  String storeName() {
    return store.name();
  }

  /** Returns what commands about a run need besides its id; empty for nothing. */
  String storeOption() {
    return store.option();
  }

  /** Returns whether people answer in the store without owning a run. */
  boolean isShared() {
    return store.isShared();
  }

  /** Returns where the store says that it is away. */
  StoreNews news() {
    return store.news();
  }

  /** Returns a command as it is typed to reach the same store. */
  String command(String words) {
    String option = store.option();
    return "pgrunbook " + words + (option.isEmpty() ? "" : " " + option);
  }

  /** Returns whether whoever acts here began a run; what is damaged tells no owner. */
  boolean isOwn(RunSummary run) {
    return run.by() == null || run.by().equals(operator().user());
  }

  /** Returns the file that keeps what is typed in this workspace's sessions. */
  Path history() {
    String workspace = RunbookDigest.sha256(surroundings.directory().toString());
    Path directory = surroundings.stateDirectory().resolve("history");
    try {
      Set<PosixFilePermission> mine = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(mine));
    } catch (IOException unwritable) {
      messages.tell("pgrunbook: nothing typed is kept: " + directory + " cannot be made");
    }
    return directory.resolve(workspace.substring(0, 16));
  }

  /** Returns whose approvals of plans count. */
  Approvers approvers() {
    return new Approvers(workspace.approvers());
  }

  Workspace workspace() {
    return workspace;
  }

  RunbookCatalog catalog() {
    return catalog;
  }

  Operator operator() {
    return store.operator();
  }

  @Override
  public void close() {
    store.close();
  }

  /** Finds a runbook; null when there is none that is sound, which has been told. */
  @Nullable Found find(String word) {
    Validated<Found> found = catalog.find(word);
    messages.print(found.diagnostics());
    return found.orNull();
  }

  /** Returns the arguments of a run; null when they do not fit, which has been told. */
  @Nullable Map<String, Value> arguments(
      Runbook runbook, List<Parameter> parameters, RunFlags flags, @Nullable String file) {
    ArgumentReader reader = new ArgumentReader(runbook.name(), parameters);
    if (file != null) {
      reader.takeFile(resolve(file), file);
    }
    reader.takePairs(flags.parameters());
    return told(reader.arguments());
  }

  /** Returns the same, where a parameter that is not given takes its value in a plan. */
  @Nullable Map<String, Value> arguments(
      Runbook runbook, RunFlags flags, @Nullable String file, Map<String, Value> planned) {
    ArgumentReader reader = new ArgumentReader(runbook.name(), runbook.parameters());
    if (file != null) {
      reader.takeFile(resolve(file), file);
    }
    reader.takePairs(flags.parameters());
    reader.takeValues(planned);
    return told(reader.arguments());
  }

  /** Returns the same, where a required parameter that is not given takes its example. */
  @Nullable Map<String, Value> argumentsOrExamples(
      Runbook runbook, RunFlags flags, @Nullable String file) {
    ArgumentReader reader = new ArgumentReader(runbook.name(), runbook.parameters());
    if (file != null) {
      reader.takeFile(resolve(file), file);
    }
    reader.takePairs(flags.parameters());
    List<String> examples = reader.takeExamples();
    if (!examples.isEmpty()) {
      String names = String.join(", ", examples);
      messages.tell(runbook.name() + ": planned with the examples of " + names + ".");
    }
    return told(reader.arguments());
  }

  /**
   * Returns the connection of each role; null when one is missing, which has been told.
   *
   * @param recorded connections to use where the options name none
   */
  @Nullable Map<String, DatabaseSettings> targets(
      Runbook runbook, RunFlags flags, Map<String, String> recorded) {
    Map<String, String> connections = new LinkedHashMap<>(recorded);
    if (flags.environment() != null) {
      Map<String, String> named = told(workspace.environment(flags.environment()));
      if (named == null) {
        return null;
      }
      connections.putAll(named);
    }
    RunFlags.pairs(flags.targets())
        .forEach((role, given) -> connections.put(role, String.join("", given)));
    Map<String, DatabaseSettings> settings = new LinkedHashMap<>();
    boolean complete = knownRoles(runbook, flags);
    for (TargetRole role : runbook.targets()) {
      DatabaseSettings found = settings(role, connections.get(role.role()));
      complete &= found != null;
      if (found != null) {
        settings.put(role.role(), found);
      }
    }
    return complete ? settings : null;
  }

  /** Returns whether every step that the options approve is there; otherwise it was told. */
  boolean knowsApproved(Runbook runbook, RunFlags flags) {
    List<String> ids = runbook.allSteps().stream().map(Step::id).toList();
    for (String approved : flags.approved()) {
      StepAddress address = StepAddress.parse(approved);
      if (address == null || !ids.contains(address.step())) {
        messages.refuse(
            runbook.name() + " has no step \"" + approved + "\"",
            Spelling.didYouMean(approved, ids));
        return false;
      }
    }
    return true;
  }

  private boolean knownRoles(Runbook runbook, RunFlags flags) {
    boolean known = true;
    for (String role : RunFlags.pairs(flags.targets()).keySet()) {
      if (runbook.target(role) == null) {
        String roles = String.join(", ", runbook.targets().stream().map(TargetRole::role).toList());
        messages.refuse(
            runbook.name() + " has no target \"" + role + "\"",
            roles.isEmpty() ? "it needs no database" : "its targets: " + roles);
        known = false;
      }
    }
    return known;
  }

  private @Nullable DatabaseSettings settings(TargetRole role, @Nullable String connection) {
    String fallback = role.defaultConnection();
    // A runbook names a connection of the workspace: a URI in it would choose who gets a password.
    boolean known = fallback != null && workspace.connections().contains(fallback);
    String wanted = connection == null && known ? fallback : connection;
    if (wanted == null) {
      String what = role.description() == null ? "" : " (" + role.description() + ")";
      messages.refuse(
          "no database plays the role " + role.role() + what,
          "name one with --target " + role.role() + "=CONNECTION, or an --env of pgrunbook.yaml");
      return null;
    }
    return told(workspace.settings(wanted));
  }

  /** Returns a sound value; null when it is not, which is told. */
  <T> @Nullable T told(Validated<T> validated) {
    messages.print(validated.diagnostics());
    return validated.orNull();
  }

  /** Claims a runbook with its targets: two such runs at once would step on each other's feet. */
  RunStore.Claim claim(Plan plan, Map<String, DatabaseSettings> targets, String run) {
    List<String> databases = new ArrayList<>();
    targets.forEach((role, database) -> databases.add(role + "=" + database.display()));
    String where = databases.isEmpty() ? "" : " on " + String.join(", ", databases);
    return store().claim("the runbook " + plan.runbook().name() + where, "run " + run);
  }

  /**
   * Returns the event that begins a run; the runbook's files are kept beside its journal.
   *
   * @param servers the version of each role's server, where it could be asked
   */
  RunStarted started(
      Found found,
      Plan plan,
      Journal journal,
      Map<String, DatabaseSettings> targets,
      Map<String, String> servers,
      @Nullable PlanFollowing following) {
    Runbook runbook = plan.runbook();
    Map<String, Target> recorded = new LinkedHashMap<>();
    targets.forEach(
        (role, database) ->
            recorded.put(role, new Target(database.name(), database.display(), servers.get(role))));
    return new RunStarted(
        runbook.name(),
        runbook.version(),
        RunbookDigest.of(runbook),
        found.file(),
        plan.arguments(),
        recorded,
        Version.ofThisProgram(),
        EventJson.FORMAT,
        operator().user(),
        operator().host(),
        keep(found, journal),
        following == null ? null : journal.attach(following.toJson()));
  }

  /** Keeps a runbook's files beside a journal and returns their digests by name. */
  static Map<String, String> keep(Found found, Journal journal) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (SourceFile source : found.loaded().sources()) {
      sources.put(source.name(), journal.attach(source.text()));
    }
    return sources;
  }
}
