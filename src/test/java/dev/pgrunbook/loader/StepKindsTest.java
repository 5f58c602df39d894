package dev.pgrunbook.loader;

import static dev.pgrunbook.loader.Runbooks.codes;
import static dev.pgrunbook.loader.Runbooks.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.Expectation;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.GateStep;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.model.Link;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.RetryPolicy;
import dev.pgrunbook.model.ReviewMode;
import dev.pgrunbook.model.Save;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.StepHeader;
import dev.pgrunbook.model.TimeWindow;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.model.WaitStep;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every key of every kind, and what holds without it. */
class StepKindsTest {

  @Test
  void query() {
    QueryStep plain = (QueryStep) step("id: a\ntarget: db\nquery: SELECT 1");
    assertThat(plain.header()).isEqualTo(StepHeader.of("a", "db"));
    assertThat(plain.query().text()).isEqualTo("SELECT 1");
    assertThat(plain.save()).isNull();
    assertThat(step("id: a\ntarget: db\nquery: SELECT 1\nsave: rows").save())
        .isEqualTo(new Save.SaveRows("rows"));
  }

  @Test
  void sql() {
    SqlStep plain = (SqlStep) step("id: a\ntarget: db\nsql: SELECT 1; SELECT 2");
    assertThat(plain.sql().statements()).hasSize(2);
    assertThat(plain.transaction()).isEqualTo(TransactionMode.EACH);
    assertThat(plain.isolation()).isNull();
    SqlStep full =
        (SqlStep)
            step(
                "id: a\ntarget: db\nsql: SELECT 1\ntransaction: single\nisolation: repeatableRead\n"
                    + "save: {x: one}");
    assertThat(full.transaction()).isEqualTo(TransactionMode.SINGLE);
    assertThat(full.isolation()).isEqualTo(Isolation.REPEATABLE_READ);
    assertThat(full.save()).isEqualTo(new Save.SaveColumns(Map.of("x", "one")));
    assertThat(codes("id: a\ntarget: db\nsql: VACUUM t\ntransaction: none")).isEmpty();
  }

  @Test
  void generate() {
    GenerateStep plain = (GenerateStep) step("id: a\ntarget: db\ngenerate: SELECT 'x'");
    assertThat(plain.stages()).isEqualTo(1);
    assertThat(plain.review()).isEqualTo(ReviewMode.REQUIRED);
    assertThat(plain.executeOn()).isNull();
    assertThat(plain.executionTarget()).isEqualTo("db");
    assertThat(plain.transaction()).isEqualTo(TransactionMode.EACH);
    assertThat(plain.pause()).isNull();
    assertThat(plain.window()).isNull();
    GenerateStep full =
        (GenerateStep)
            step(
                """
                id: a
                target: db
                generate: SELECT 'x'
                stages: 2
                review: whenDestructive
                executeOn: other
                transaction: none
                pause: 500ms
                window: 22:00-06:00 Europe/Berlin
                save: made
                """);
    assertThat(full.stages()).isEqualTo(2);
    assertThat(full.review()).isEqualTo(ReviewMode.WHEN_DESTRUCTIVE);
    assertThat(full.executionTarget()).isEqualTo("other");
    assertThat(full.transaction()).isEqualTo(TransactionMode.NONE);
    assertThat(full.pause()).isEqualTo(Duration.ofMillis(500));
    assertThat(full.window())
        .isEqualTo(
            new TimeWindow(LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("Europe/Berlin")));
    assertThat(full.save()).isEqualTo(new Save.SaveRows("made"));
  }

  @Test
  void check() {
    CheckStep plain = (CheckStep) step("id: a\ntarget: db\ncheck: SELECT true");
    assertThat(plain.expect()).isEqualTo(Expectation.TRUE);
    assertThat(plain.message()).isNull();
    CheckStep full =
        (CheckStep)
            step("id: a\ntarget: db\ncheck: SELECT 1 AS x\nexpect: nonEmpty\nmessage: '${x} ${n}'");
    assertThat(full.expect()).isEqualTo(Expectation.NON_EMPTY);
    assertThat(full.message()).hasToString("${x} ${n}");
  }

  @Test
  void gateAndManual() {
    GateStep plain = (GateStep) step("id: a\ngate: Go on?");
    assertThat(plain.type()).isNull();
    assertThat(plain.approvals()).isEqualTo(1);
    GateStep full = (GateStep) step("id: a\ngate: Go on?\ntype: yes\napprovals: 2");
    assertThat(full.type()).hasToString("yes");
    assertThat(full.approvals()).isEqualTo(2);
    ManualStep manual = (ManualStep) step("id: a\nmanual: Look\nask: {lag: integer, who: text}");
    assertThat(manual.ask()).containsOnlyKeys("lag", "who");
    assertThat(codes("id: a\nmanual: Look\nask: {lag: integer}", "id: b\ngate: ${lag + 1}"))
        .isEmpty();
  }

  @Test
  void probe() {
    ProbeStep plain =
        (ProbeStep) step("id: a\nprobe:\n  sources: {db: SELECT 1 AS x}\n  until: x == 1");
    assertThat(plain.every()).isEqualTo(Duration.ofSeconds(5));
    assertThat(plain.header().timeout()).isNull();
    assertThat(plain.fail()).isNull();
    assertThat(plain.progress()).isNull();
    assertThat(plain.stall()).isNull();
    ProbeStep full =
        (ProbeStep)
            step(
                """
                id: a
                probe:
                  every: 2s
                  timeout: 6h
                  sources:
                    db: SELECT 1 AS x, 2 AS done
                    other: SELECT 2 AS x, 3 AS total
                  progress: {done: done, total: total, unit: rows}
                  until: db.x == other.x
                  fail: done < 0
                  stall: {after: 30s, steps: [{id: nudge, target: db, sql: SELECT 1}]}
                onTimeout: [{id: late, gate: Late}]
                """);
    assertThat(full.sources()).containsOnlyKeys("db", "other");
    assertThat(full.every()).isEqualTo(Duration.ofSeconds(2));
    assertThat(full.header().timeout()).isEqualTo(Duration.ofHours(6));
    assertThat(full.progress()).extracting(ProbeStep.Progress::unit).isEqualTo("rows");
    assertThat(full.stall()).extracting(ProbeStep.Stall::after).isEqualTo(Duration.ofSeconds(30));
    assertThat(full.nestedSteps()).extracting(Step::id).containsExactly("nudge", "late");
  }

  @Test
  void waiting() {
    assertThat(((WaitStep) step("id: a\nwait: 1h30m")).end())
        .isEqualTo(new WaitStep.AfterDuration(Duration.ofMinutes(90)));
    assertThat(((WaitStep) step("id: a\nwait: {until: 22:00, zone: UTC}")).end())
        .isEqualTo(new WaitStep.AtTimeOfDay(LocalTime.of(22, 0), ZoneId.of("UTC")));
    assertThat(((WaitStep) step("id: a\nwait: {until: 2026-01-31 22:00, zone: UTC}")).end())
        .isEqualTo(new WaitStep.AtDateTime(LocalDateTime.of(2026, 1, 31, 22, 0), ZoneId.of("UTC")));
    assertThat(((WaitStep) step("id: a\nwait: {until: '2026-01-31T22:00+01:00'}")).end())
        .isEqualTo(
            new WaitStep.AtDateTime(LocalDateTime.of(2026, 1, 31, 22, 0), ZoneOffset.ofHours(1)));
  }

  @Test
  void group() {
    GroupStep group =
        (GroupStep)
            step(
                """
                id: a
                forEach: {t: tables}
                steps:
                  - {id: b, target: db, query: 'SELECT :t', save: found}
                  - {id: c, target: db, query: 'SELECT :found, :t'}
                """);
    assertThat(group.steps()).extracting(Step::id).containsExactly("b", "c");
    assertThat(group.header().forEach())
        .isEqualTo(new ForEach("t", new ForEach.NamedItems("tables"), null));
  }

  @Test
  void everyCommonKey() {
    Step step =
        step(
            """
            id: a
            title: T
            description: D
            note: N
            tip: I
            warning: W
            links: [{title: L, url: "https://example.org"}]
            target: db
            when: n > 0
            forEach: {t: [x, 1, true]}
            confirm: Really ${t}?
            unless: SELECT false
            verify: SELECT true
            timeout: 10m
            lockTimeout: 5s
            retry: {attempts: 3, delay: 0s, backoff: 2, on: [lock_not_available]}
            onTimeout: [{id: b, gate: Go on}]
            sql: SELECT 1
            """);
    StepHeader header = step.header();
    assertThat(header.documentation().title()).isEqualTo("T");
    assertThat(header.documentation().description()).isEqualTo("D");
    assertThat(header.documentation().note()).isEqualTo("N");
    assertThat(header.documentation().tip()).isEqualTo("I");
    assertThat(header.documentation().warning()).isEqualTo("W");
    assertThat(header.documentation().links())
        .containsExactly(new Link("L", "https://example.org"));
    assertThat(header.when()).hasToString("n > 0");
    assertThat(header.forEach())
        .isEqualTo(
            new ForEach(
                "t",
                new ForEach.LiteralItems(
                    List.of(Value.text("x"), Value.integer(1), Value.bool(true))),
                null));
    assertThat(header.confirm()).hasToString("Really ${t}?");
    assertThat(header.unless()).hasToString("SELECT false");
    assertThat(header.verify()).hasToString("SELECT true");
    assertThat(header.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(header.lockTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(header.retry())
        .isEqualTo(new RetryPolicy(3, Duration.ZERO, 2, List.of("lock_not_available")));
    assertThat(header.onTimeout()).extracting(Step::id).containsExactly("b");
    assertThat(step("id: a\ntarget: db\nsql: SELECT 1\nretry: {attempts: 2}").header().retry())
        .isEqualTo(new RetryPolicy(2, Duration.ofSeconds(1), 1, List.of()));
  }

  @Test
  void rowsOfALoopHaveFields() {
    assertThat(
            codes(
                "id: a\ntarget: db\nquery: SELECT 1\nsave: rows",
                "id: b\ntarget: db\nforEach: {r: rows}\nquery: 'SELECT :r.x, :r, :\"n2\"'\n"
                    + "save: {n2: y}"))
        .containsExactly("unsaved-variable");
    assertThat(
            codes(
                "id: a\ntarget: db\nquery: SELECT 1\nsave: rows",
                "id: b\ntarget: db\nforEach: {r: rows}\nquery: 'SELECT :r.x, :r'\n"
                    + "confirm: ${r.x} ${size(rows)}"))
        .isEmpty();
  }
}
