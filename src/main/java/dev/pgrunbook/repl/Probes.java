package dev.pgrunbook.repl;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.expression.EvaluationException;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.plan.StepExpander;
import dev.pgrunbook.plan.UnfitValue;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.RowValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks what a probe asks, once, without waiting for anything. */
final class Probes {

  private final Look look;
  private final Standing standing;
  private final StepScreen screen;
  private final ResultText results;

  Probes(Look look, Standing standing, StepScreen screen) {
    this.look = look;
    this.standing = standing;
    this.screen = screen;
    this.results = new ResultText(look, standing);
  }

  /** Shows what each source answers, and whether the probe would end. */
  Reaction probe(String id) {
    ProbeStep probe = find(id);
    if (probe == null) {
      return Reaction.say(List.of(screen.aside(noProbe(id))));
    }
    List<String> lines = new ArrayList<>();
    Map<String, Value> columns = ask(probe, lines, true);
    if (columns != null) {
      lines.add(screen.aside(verdict(probe, columns)));
    }
    return Reaction.say(lines);
  }

  /** Has a probe looked at before every prompt, or no longer. */
  Reaction watch(String id) {
    if (id.equals("off")) {
      standing.watched = null;
      return Reaction.say(List.of(screen.aside("nothing is watched")));
    }
    ProbeStep probe = find(id);
    if (probe == null) {
      return Reaction.say(List.of(screen.aside(noProbe(id))));
    }
    standing.watched = probe.id();
    return Reaction.say(List.of());
  }

  /** Returns what the watched probe sees, in a line; none when nothing is watched. */
  List<String> watched() {
    ProbeStep probe = standing.watched == null ? null : find(standing.watched);
    if (probe == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    Map<String, Value> columns = ask(probe, lines, false);
    if (columns == null) {
      return lines;
    }
    StringBuilder line = new StringBuilder(probe.id()).append(":");
    columns.forEach(
        (name, value) -> {
          if (!(value instanceof RowValue)) {
            line.append(' ').append(name).append(" = ").append(shown(value)).append(',');
          }
        });
    line.append(' ').append(verdict(probe, columns));
    String text = DisplayText.line(standing.acts().masked(line.toString()));
    return List.of(look.theme().paint(Role.HINT, look.glyphs().running() + " " + text));
  }

  private static String shown(Value value) {
    return value.isNull() ? "null" : value.display();
  }

  private @Nullable ProbeStep find(String id) {
    Step step = id.isEmpty() ? standing.step() : standing.plan().runbook().step(id);
    return step instanceof ProbeStep probe ? probe : null;
  }

  private String noProbe(String id) {
    List<String> probes = new ArrayList<>();
    for (Places.Place place : standing.places().all()) {
      if (place.step() instanceof ProbeStep) {
        probes.add(place.step().id());
      }
    }
    if (probes.isEmpty()) {
      return "this runbook has no probe";
    }
    String which = id.isEmpty() ? "this step is no probe" : "\"" + id + "\" is no probe";
    return which + "; the runbook has " + String.join(", ", probes);
  }

  /** Returns the columns of all sources; null when one could not be asked, which is told. */
  private @Nullable Map<String, Value> ask(ProbeStep probe, List<String> lines, boolean show) {
    Map<String, Value> columns = new LinkedHashMap<>();
    StepExpander expander = new StepExpander(standing.plan().runbook());
    for (String role : probe.sources().keySet()) {
      Outcome outcome;
      try {
        outcome =
            standing
                .acts()
                .query(
                    standing.request().address(),
                    role,
                    expander.expandOne(
                        java.util.Objects.requireNonNull(probe.sources().get(role)),
                        standing.scope()),
                    standing.scope(),
                    2);
      } catch (UnfitValue unfit) {
        lines.add(screen.aside(unfit.sentence()));
        return null;
      }
      if (!(outcome instanceof Outcome.Answered answered)) {
        lines.addAll(results.of(outcome));
        return null;
      }
      Rows rows = answered.statements().get(0).rows();
      if (rows != null) {
        if (show) {
          lines.add(look.theme().paint(Role.HEADING, DisplayText.line(role)));
          lines.addAll(results.rows(rows));
        }
        take(columns, role, rows);
      }
    }
    return columns;
  }

  private static void take(Map<String, Value> columns, String role, Rows rows) {
    Map<String, Value> row = new LinkedHashMap<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      Value value = rows.isEmpty() ? Value.none() : rows.rows().get(0).get(i);
      row.put(rows.columns().get(i).name(), value);
    }
    columns.putAll(row);
    columns.put(role, new RowValue(row));
  }

  private String verdict(ProbeStep probe, Map<String, Value> columns) {
    RunScope scope = standing.scope().withColumns(columns);
    try {
      if (probe.fail() != null && probe.fail().isTrue(scope)) {
        return "`fail` is true: " + probe.fail().text();
      }
      boolean reached = probe.until().isTrue(scope);
      return "`until` is " + reached + ": " + probe.until().text();
    } catch (EvaluationException unknown) {
      return unknown.sentence();
    }
  }
}
