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

  private @Nullable Found kept() {
    Validated<Found> kept = setup.catalog().load(sources(), started.file());
    if (!kept.isValid()) {
      setup.messages().print(kept.diagnostics());
    }
    return kept.orNull();
  }

  /**
   * Returns the runbook to go on with: the kept one, unless its file has changed since and the
   * operator accepts that. Null when the run must not go on, which has been told.
   */
  @Nullable Found current(boolean acceptChanges) {
    Found kept = kept();
    Found today = kept == null ? null : today(kept);
    if (kept == null || today == null) {
      return kept;
    }
    if (RunbookDigest.of(today.loaded().runbook()).equals(journal.state().digest())) {
      return kept;
    }
    if (!acceptChanges) {
      setup.messages().refuse("the runbook has been changed since this run began", acceptHint());
      setup.messages().tell(difference(kept, today));
      return null;
    }
    List<String> changed = changedSteps(kept.loaded().runbook(), today.loaded().runbook());
    if (!changed.isEmpty()) {
      setup
          .messages()
          .refuse(
              "steps that have begun already were changed: " + String.join(", ", changed),
              "put them back as they were, or abort this run and begin another");
      return null;
    }
    return today;
  }

  private static String acceptHint() {
    return "--accept-changes goes on when every step that has begun is unchanged";
  }

  /** Returns what the file says today; the kept one when it is gone. */
  private @Nullable Found today(Found kept) {
    String file = started.file();
    if (file == null) {
      return builtInOfToday(kept);
    }
    Path path = setup.surroundings().directory().resolve(file);
    if (!Files.exists(path)) {
      setup.messages().tell(file + " is gone; the run goes on with the copy it kept");
      return kept;
    }
    return setup.find(file);
  }

  private Found builtInOfToday(Found kept) {
    Validated<Found> found = setup.catalog().find(started.runbook());
    Found today = found.orNull();
    return today == null ? kept : today;
  }

  private static String difference(Found kept, Found today) {
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
      Step old = before.step(address.step());
      if (!Objects.equals(old, after.step(address.step()))) {
        changed.add(address.step());
      }
    }
    return new ArrayList<>(changed);
  }

  /** Returns the connection that played each role. */
  Map<String, String> connections() {
    Map<String, String> connections = new LinkedHashMap<>();
    started.targets().forEach((role, target) -> connections.put(role, target.connection()));
    return connections;
  }

  /** Returns the recorded arguments, and the secrets as given again; null when one is missing. */
  @Nullable Map<String, Value> arguments(Runbook runbook, RunFlags flags) {
    List<Parameter> secrets =
        runbook.parameters().stream().filter(p -> p.type().base() == Base.SECRET).toList();
    for (String name : RunFlags.pairs(flags.parameters()).keySet()) {
      if (secrets.stream().noneMatch(secret -> secret.name().equals(name))) {
        setup
            .messages()
            .refuse("-p gives only secrets again when a run is resumed, not " + name, null);
        return null;
      }
    }
    Map<String, Value> given = setup.arguments(runbook, secrets, flags, null);
    if (given == null) {
      return null;
    }
    Map<String, Value> arguments = new LinkedHashMap<>(started.arguments());
    arguments.putAll(given);
    return arguments;
  }
}
