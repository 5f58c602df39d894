package dev.pgrunbook.plan;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ReviewMode;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.plan.RunbookChange.Danger;
import dev.pgrunbook.plan.RunbookChange.Line;
import dev.pgrunbook.plan.RunbookChange.Mark;
import dev.pgrunbook.sql.SqlStatement;
import dev.pgrunbook.sql.SqlTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What two runbooks say differently, whichever spelling they are written in.
 *
 * <p>Comments of SQL, white space between its tokens and the letter case of its words do not count.
 * Steps are the same when their ids are, or when nearly all that they say is.
 */
public final class RunbookDifference {

  private final Runbook old;
  private final Runbook now;
  private final StepPairs pairs;
  private final StepPlaces oldPlaces;
  private final StepPlaces places;
  private final List<RunbookChange> changes = new ArrayList<>();

  private RunbookDifference(Runbook old, Runbook now) {
    this.old = old;
    this.now = now;
    this.pairs = StepPairs.of(old, now);
    this.oldPlaces = StepPlaces.before(old, pairs);
    this.places = StepPlaces.of(now);
  }

  /** Returns the differences, those of one subject one after the other; none when equal. */
  public static List<RunbookChange> of(Runbook old, Runbook now) {
    RunbookDifference difference = new RunbookDifference(old, now);
    difference.compare();
    return List.copyOf(difference.changes);
  }

  private void compare() {
    keys("runbook", Facets.of(old), Facets.of(now), false);
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    old.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter));
    for (Parameter parameter : now.parameters()) {
      entry("parameter " + parameter.name(), parameters.remove(parameter.name()), parameter);
    }
    parameters.forEach((name, parameter) -> entry("parameter " + name, parameter, null));
    Map<String, TargetRole> targets = new LinkedHashMap<>();
    old.targets().forEach(target -> targets.put(target.role(), target));
    for (TargetRole target : now.targets()) {
      entry("target " + target.role(), targets.remove(target.role()), target);
    }
    targets.forEach((role, target) -> entry("target " + role, target, null));
    steps();
  }

  private void entry(String subject, @Nullable Record before, @Nullable Record after) {
    if (before != null && after != null) {
      keys(subject, Facets.of(before), Facets.of(after), false);
      return;
    }
    Mark mark = before == null ? Mark.ADDED : Mark.REMOVED;
    Record entry = Objects.requireNonNull(before == null ? after : before);
    changes.add(new RunbookChange(mark, subject, "", lines(mark, Facets.of(entry)), List.of()));
  }

  private void steps() {
    Set<String> moved = places.movedSince(oldPlaces);
    for (Step step : now.allSteps()) {
      Step before = pairs.before(step);
      if (before == null) {
        added(step);
      } else {
        changed(before, step, moved.contains(step.id()));
      }
    }
    for (Step step : old.allSteps()) {
      if (now.step(pairs.idNow(step.id())) == null) {
        removed(step);
      }
    }
  }

  private static String subject(Step step) {
    return "step " + step.id() + " (" + step.kind() + ")";
  }

  private void added(Step step) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(Mark.ADDED, "stands " + places.words(step.id())));
    Map<String, Object> facets = Facets.of((Record) step);
    lines.addAll(lines(Mark.ADDED, facets));
    List<Danger> dangers = new ArrayList<>();
    facets.forEach((key, value) -> dangers.addAll(destruction(key, value, Set.of())));
    if (step instanceof GenerateStep generate && generate.review() != ReviewMode.REQUIRED) {
      dangers.add(Danger.safeguard(KeyDangers.review(generate.review())));
    }
    changes.add(new RunbookChange(Mark.ADDED, subject(step), "", lines, dangers));
  }

  private void removed(Step step) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(Mark.REMOVED, "stood " + oldPlaces.words(step.id())));
    lines.addAll(lines(Mark.REMOVED, Facets.of((Record) step)));
    List<Danger> dangers =
        StepPlaces.isGuard(step)
            ? List.of(Danger.safeguard("this " + step.kind() + " stops nothing any more"))
            : List.of();
    changes.add(new RunbookChange(Mark.REMOVED, subject(step), "", lines, dangers));
  }

  private void changed(Step before, Step after, boolean moved) {
    String id = after.id();
    String former = pairs.formerId(id);
    String subject = subject(after) + (former == null ? "" : ", renamed from " + former);
    if (former != null) {
      changes.add(new RunbookChange(Mark.RENAMED, subject, "", List.of(), List.of()));
    }
    List<Danger> dangers = lostGuards(after);
    if (moved || !dangers.isEmpty()) {
      String places =
          "moved: it stood " + oldPlaces.words(id) + ", and stands " + this.places.words(id);
      List<Line> lines = moved ? List.of(new Line(Mark.MOVED, places)) : List.of();
      changes.add(new RunbookChange(Mark.MOVED, subject, moved ? "" : "order", lines, dangers));
    }
    if (!before.kind().equals(after.kind())) {
      boolean lost = StepPlaces.isGuard(before) && !StepPlaces.isGuard(after);
      List<Line> kinds =
          List.of(new Line(Mark.REMOVED, before.kind()), new Line(Mark.ADDED, after.kind()));
      String gone = "it was a " + before.kind() + ", and stops nothing any more";
      List<Danger> kind = lost ? List.of(Danger.safeguard(gone)) : List.of();
      changes.add(new RunbookChange(Mark.CHANGED, subject, "kind", kinds, kind));
    }
    Map<String, Object> older = Facets.of((Record) before);
    keys(subject, older, Facets.of((Record) after), StepPlaces.isGuard(after));
  }

  /** Returns a sentence for every guard that a step which writes has come to stand before. */
  private List<Danger> lostGuards(Step after) {
    List<Danger> dangers = new ArrayList<>();
    if (after instanceof SqlStep || after instanceof GenerateStep) {
      for (String guard : oldPlaces.guards(after.id())) {
        if (now.step(guard) != null && !places.guards(after.id()).contains(guard)) {
          dangers.add(
              Danger.safeguard("it no longer waits for " + guard + ", which stood before it"));
        }
      }
    }
    return dangers;
  }

  private void keys(
      String subject, Map<String, Object> before, Map<String, Object> after, boolean guard) {
    Set<String> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      Object older = before.get(key);
      Object newer = after.get(key);
      if (!same(older, newer)) {
        Mark mark = older == null ? Mark.ADDED : newer == null ? Mark.REMOVED : Mark.CHANGED;
        List<Danger> dangers = dangers(key, older, newer, guard);
        changes.add(new RunbookChange(mark, subject, key, difference(older, newer), dangers));
      }
    }
  }

  private static List<Danger> dangers(
      String key, @Nullable Object older, @Nullable Object newer, boolean guard) {
    List<Danger> dangers = new ArrayList<>();
    Danger danger = KeyDangers.of(key, older, newer, guard);
    if (danger != null) {
      dangers.add(danger);
    }
    if (newer != null) {
      dangers.addAll(destruction(key, newer, meanings(older)));
    }
    return dangers;
  }

  private static boolean same(@Nullable Object older, @Nullable Object newer) {
    if (older instanceof SqlTemplate before && newer instanceof SqlTemplate after) {
      return meaningList(before).equals(meaningList(after));
    }
    return Objects.equals(older, newer);
  }

  private static List<String> meaningList(SqlTemplate sql) {
    return sql.statements().stream().map(SqlStatement::meaning).toList();
  }

  private static Set<String> meanings(@Nullable Object value) {
    return value instanceof SqlTemplate sql ? Set.copyOf(meaningList(sql)) : Set.of();
  }

  /** Returns what statements destroy that were not there before; undoing is no new danger. */
  private static List<Danger> destruction(String key, Object value, Set<String> before) {
    List<Danger> dangers = new ArrayList<>();
    if (value instanceof SqlTemplate sql && !key.equals("undo")) {
      for (SqlStatement statement : sql.statements()) {
        if (!before.contains(statement.meaning())) {
          statement
              .analysis()
              .dangers()
              .forEach(danger -> dangers.add(Danger.harm("it " + danger)));
        }
      }
    }
    return dangers;
  }

  private static List<Line> difference(@Nullable Object older, @Nullable Object newer) {
    List<Line> lines = new ArrayList<>();
    if (older instanceof SqlTemplate before && newer instanceof SqlTemplate after) {
      List<String> meanings = meaningList(before);
      for (AbstractDelta<String> delta : DiffUtils.diff(meanings, meaningList(after)).getDeltas()) {
        int from = delta.getSource().getPosition();
        int to = delta.getTarget().getPosition();
        add(lines, Mark.REMOVED, before.statements(), from, delta.getSource().size());
        add(lines, Mark.ADDED, after.statements(), to, delta.getTarget().size());
      }
      return lines;
    }
    if (older != null) {
      lines.add(new Line(Mark.REMOVED, Facets.text(older)));
    }
    if (newer != null) {
      lines.add(new Line(Mark.ADDED, Facets.text(newer)));
    }
    return lines;
  }

  private static void add(
      List<Line> lines, Mark mark, List<SqlStatement> statements, int from, int count) {
    for (SqlStatement statement : statements.subList(from, from + count)) {
      lines.add(new Line(mark, statement.text() + ";"));
    }
  }

  private static List<Line> lines(Mark mark, Map<String, Object> facets) {
    List<Line> lines = new ArrayList<>();
    facets.forEach(
        (key, value) -> {
          String text = Facets.text(value);
          lines.add(
              new Line(
                  mark,
                  key
                      + ":"
                      + (text.contains("\n") ? "\n  " : " ")
                      + text.strip().replace("\n", "\n  ")));
        });
    return lines;
  }
}
