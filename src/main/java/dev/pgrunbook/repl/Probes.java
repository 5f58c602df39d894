package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Glance;
import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.StepExpander;
import dev.pgrunbook.plan.UnfitValue;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands that ask what a probe asks: once, or beside every prompt. */
final class Probes {

  private static final int ROWS = 2;

  private final Look look;
  private final Standing standing;
  private final StepScreen screen;
  private final ResultText results;
  private final WatchLine line;

  Probes(Look look, Standing standing, StepScreen screen) {
    this.look = look;
    this.standing = standing;
    this.screen = screen;
    this.results = new ResultText(look, standing);
    this.line = new WatchLine(look, standing);
  }

  /** Shows what each source answers, and whether the probe would end. */
  Reaction probe(String id) {
    ProbeStep probe = find(id);
    if (probe == null) {
      return say(noProbe(id));
    }
    try {
      return Reaction.say(asked(question(probe)));
    } catch (UnfitValue unfit) {
      return say(unfit.sentence());
    }
  }

  private List<String> asked(ProbeQuestion question) {
    List<String> lines = new ArrayList<>();
    ProbeQuestion.Answer answer = question.ask(this::query);
    answer
        .rows()
        .forEach(
            (role, rows) -> {
              lines.add(look.theme().paint(Role.HEADING, DisplayText.line(role)));
              lines.addAll(results.rows(rows));
            });
    Outcome trouble = answer.trouble();
    if (trouble != null) {
      lines.addAll(results.of(trouble));
    } else {
      lines.addAll(screen.asides(question.meaning(answer.variables()).sentence()));
    }
    return lines;
  }

  private Outcome query(String role, ExpandedStatement statement) {
    return standing
        .acts()
        .query(standing.request().address(), role, statement, standing.scope(), ROWS);
  }

  private ProbeQuestion question(ProbeStep probe) {
    StepExpander expander = new StepExpander(standing.plan().runbook());
    return new ProbeQuestion(probe, expander, standing.scope());
  }

  /** Has a probe looked at beside every prompt, or no longer. */
  Reaction watch(String id) {
    if (id.equals("off")) {
      standing.watched = null;
      return say("nothing is watched");
    }
    ProbeStep probe = find(id);
    if (probe == null) {
      return say(noProbe(id));
    }
    standing.watched = probe.id();
    line.forget();
    return Reaction.say(List.of());
  }

  private @Nullable ProbeStep watched() {
    return standing.watched == null ? null : find(standing.watched);
  }

  /** Returns what the watched probe sees now, in a line; none when nothing is watched. */
  List<String> seen() {
    ProbeStep probe = watched();
    if (probe == null) {
      return List.of();
    }
    try {
      return List.of(line.cut(line.of(question(probe), this::query)));
    } catch (UnfitValue unfit) {
      return screen.asides(unfit.sentence());
    }
  }

  /** Keeps telling what the watched probe sees until closed; null when nothing is watched. */
  @Nullable Watching watch(Meanwhile meanwhile) {
    ProbeStep probe = watched();
    if (probe == null) {
      return null;
    }
    try {
      return new Watching(question(probe), meanwhile);
    } catch (UnfitValue unfit) {
      meanwhile.show(screen.aside(unfit.sentence()));
      return null;
    }
  }

  /** A probe that is looked at while a prompt waits. */
  final class Watching implements AutoCloseable {

    private final Glance glance;
    private final Beside beside;

    Watching(ProbeQuestion question, Meanwhile meanwhile) {
      StepAddress at = standing.request().address();
      this.glance = standing.acts().glance(standing.scope());
      meanwhile.show(line.last(question));
      this.beside =
          Beside.every(
              question.probe().every(),
              "watch",
              () -> {
                String seen =
                    line.of(question, (role, statement) -> glance.query(at, role, statement, ROWS));
                meanwhile.show(seen);
              });
    }

    @Override
    public void close() {
      glance.close();
      beside.close();
    }
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

  private Reaction say(String sentence) {
    return Reaction.say(screen.asides(sentence));
  }
}
