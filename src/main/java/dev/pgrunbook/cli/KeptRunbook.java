package dev.pgrunbook.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.RunbookChange;
import dev.pgrunbook.plan.RunbookDifference;
import dev.pgrunbook.render.RunbookChangesText;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The runbook of a run as it was kept with its journal, beside what its file says today. */
final class KeptRunbook {

  private static final int DIFF_CONTEXT = 2;

  private final RunSetup setup;
  private final Journal journal;
  private final RunStarted started;

  KeptRunbook(RunSetup setup, Journal journal) {
    this.setup = setup;
    this.journal = journal;
    this.started = Objects.requireNonNull(journal.state().started(), "a run that has begun");
  }

  /** Returns the runbook's files as they were kept. */
  private List<SourceFile> sources() {
    List<SourceFile> sources = new ArrayList<>();
    journal
        .state()
        .sources()
        .forEach((name, digest) -> sources.add(new SourceFile(name, journal.attachment(digest))));
    return sources;
  }

  /** Returns the runbook as the run has it; null when it cannot be loaded, which has been told. */
  @Nullable Found kept() {
    Validated<Found> kept = setup.catalog().load(sources(), started.file());
    if (!kept.isValid()) {
      setup.messages().print(kept.diagnostics());
    }
    return kept.orNull();
  }

  /**
   * Returns the runbook to go on with: the kept one, unless its file has changed since and the
   * operator accepts that. Null when the run must not go on, which has been told.
   *
   * @param verbose whether the files' lines are shown besides what they mean
   */
  @Nullable Found current(boolean acceptChanges, boolean verbose) {
    Found kept = kept();
    Validated<Found> now = kept == null ? null : now();
    if (kept == null || now == null) {
      return kept;
    }
    Found today = now.orNull();
    if (today == null) {
      setup.messages().print(now.diagnostics());
      String what = "the runbook has been changed since this run began, and does not load now";
      setup.messages().refuse(what, "mend it, or put it back as it was");
      return null;
    }
    if (RunbookDigest.of(today.loaded().runbook()).equals(journal.state().digest())) {
      return kept;
    }
    if (!acceptChanges) {
      String hint = "--accept-changes goes on with it when no step that has begun was changed";
      setup.messages().refuse("the runbook has been changed since this run began", hint);
      tellDifference(kept, today, verbose);
      return null;
    }
    return isAcceptable(kept.loaded().runbook(), today.loaded().runbook()) ? today : null;
  }

  /** Returns what the file or the program's own copy says today; null when it is gone. */
  private @Nullable Validated<Found> now() {
    String file = started.file();
    if (file == null) {
      Validated<Found> builtIn = setup.catalog().builtIn(started.runbook());
      return builtIn.isValid() ? builtIn : null;
    }
    Path path = Path.of(file);
    if (Files.notExists(path)) {
      setup.messages().tell(file + " is gone; the run goes on with the copy it kept.");
      return null;
    }
    return setup.catalog().read(path, sources().get(0).name());
  }

  private boolean isAcceptable(Runbook before, Runbook after) {
    String hint = "put that back as it was, or abort this run and begin another";
    List<String> steps = changedSteps(before, after);
    if (!steps.isEmpty()) {
      setup
          .messages()
          .refuse("steps that have begun were changed: " + String.join(", ", steps), hint);
      return false;
    }
    List<String> parameters = unfitParameters(before, after);
    if (!parameters.isEmpty()) {
      String names = String.join(", ", parameters);
      setup.messages().refuse("this run has no values for changed parameters: " + names, hint);
      return false;
    }
    return true;
  }

  /** What a run was begun with must still fit; a new parameter can only take its default. */
  private static List<String> unfitParameters(Runbook before, Runbook after) {
    List<String> unfit = new ArrayList<>();
    for (Parameter parameter : after.parameters()) {
      Parameter old = before.parameter(parameter.name());
      boolean fits = old == null ? !parameter.required() : old.type().equals(parameter.type());
      if (!fits) {
        unfit.add(parameter.name());
      }
    }
    return unfit;
  }

  /** What means the same and is no longer the same runbook, such as SQL's comments, is shown. */
  private void tellDifference(Found kept, Found today, boolean verbose) {
    Runbook before = kept.loaded().runbook();
    Runbook after = today.loaded().runbook();
    List<RunbookChange> changes = RunbookDifference.of(before, after);
    Theme theme = Terminals.theme(setup.surroundings());
    if (!changes.isEmpty()) {
      RunbookChangesText.lines(before, after, changes, theme).forEach(setup.messages()::tell);
    }
    if (changes.isEmpty() || verbose) {
      setup.messages().tell(lines(kept, today));
    }
  }

  private static String lines(Found kept, Found today) {
    List<String> lines = new ArrayList<>();
    for (SourceFile before : kept.loaded().sources()) {
      String after = "";
      for (SourceFile source : today.loaded().sources()) {
        after = source.name().equals(before.name()) ? source.text() : after;
      }
      List<String> old = before.text().lines().toList();
      lines.addAll(
          UnifiedDiffUtils.generateUnifiedDiff(
              before.name() + " (this run)",
              before.name() + " (now)",
              old,
              DiffUtils.diff(old, after.lines().toList()),
              DIFF_CONTEXT));
    }
    return String.join("\n", lines);
  }

  private List<String> changedSteps(Runbook before, Runbook after) {
    TreeSet<String> changed = new TreeSet<>();
    for (StepAddress address : journal.state().steps().keySet()) {
      if (address.isUndo()) {
        continue;
      }
      Step old = before.step(address.step());
      Step now = after.step(address.step());
      boolean same =
          old != null && now != null && RunbookDigest.of(old).equals(RunbookDigest.of(now));
      if (!same) {
        changed.add(address.step());
      }
    }
    return new ArrayList<>(changed);
  }

  /** Returns the plan that the run is held to, as it was kept, or null when it follows none. */
  @Nullable String plan() {
    return started.plan() == null ? null : journal.attachment(started.plan());
  }

  /** Returns the connection that played each role. */
  Map<String, String> connections() {
    Map<String, String> connections = new LinkedHashMap<>();
    started.targets().forEach((role, target) -> connections.put(role, target.connection()));
    return connections;
  }

  /** Returns the recorded arguments, and the secrets as given again; null when one is missing. */
  @Nullable Map<String, Value> arguments(Runbook runbook, RunFlags flags) {
    List<Parameter> secrets = runbook.parameters().stream().filter(this::wasGivenAsSecret).toList();
    List<String> names = secrets.stream().map(Parameter::name).toList();
    Set<String> given = RunFlags.pairs(flags.parameters()).keySet();
    for (String name : given) {
      if (!names.contains(name)) {
        String hint = "-p gives a resumed run only its secrets again, which no journal keeps";
        String why = names.isEmpty() ? "; it was given none" : ": " + String.join(", ", names);
        setup.messages().refuse("-p " + name + " cannot be given to this run", hint + why);
        return null;
      }
    }
    for (String name : names) {
      if (!given.contains(name)) {
        String hint = "give it again: -p " + name + "=…";
        setup.messages().refuse("the run needs its secret " + name + ", which is not kept", hint);
        return null;
      }
    }
    Map<String, Value> again = setup.arguments(runbook, secrets, flags, null);
    if (again == null) {
      return null;
    }
    Map<String, Value> arguments = new LinkedHashMap<>(started.arguments());
    arguments.putAll(again);
    return arguments;
  }

  /** One that was left out stays so: it was null when the run began. */
  private boolean wasGivenAsSecret(Parameter parameter) {
    Value recorded = started.arguments().get(parameter.name());
    return parameter.type().base() == Base.SECRET && recorded != null && !recorded.isNull();
  }
}
