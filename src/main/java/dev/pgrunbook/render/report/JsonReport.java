package dev.pgrunbook.render.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.pgrunbook.journal.EventJson;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.render.report.RunHistory.Decision;
import dev.pgrunbook.render.report.RunHistory.Failure;
import dev.pgrunbook.render.report.RunHistory.Probe;
import dev.pgrunbook.render.report.RunHistory.Sitting;
import dev.pgrunbook.render.report.RunHistory.StatementHistory;
import dev.pgrunbook.render.report.RunHistory.StepHistory;
import dev.pgrunbook.render.report.RunHistory.Work;
import dev.pgrunbook.value.ValueJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A run as JSON, for other programs; its version is {@link #FORMAT}. Times as in the journal. */
public final class JsonReport {

  /** A key changes its meaning, or goes, only with this number. */
  public static final int FORMAT = 1;

  private JsonReport() {}

  /** Returns the whole document. */
  public static String of(RunHistory history) {
    JsonObject root = new JsonObject();
    root.addProperty("report", FORMAT);
    root.addProperty("run", history.run());
    root.addProperty("status", history.status().word());
    JsonObject runbook = new JsonObject();
    runbook.addProperty("name", history.started().runbook());
    runbook.addProperty("version", history.started().version());
    runbook.addProperty("digest", history.digest());
    if (history.runbook() != null) {
      runbook.addProperty("title", history.runbook().title());
    }
    root.add("runbook", runbook);
    root.addProperty("began", EventJson.time(history.from()));
    root.addProperty("lastRecord", EventJson.time(history.to()));
    root.addProperty("activeSeconds", seconds(history.active()));
    root.addProperty("by", history.started().by());
    root.addProperty("host", history.started().host());
    root.addProperty("program", history.started().program());
    root.add("targets", targets(history));
    JsonObject arguments = new JsonObject();
    history
        .started()
        .arguments()
        .forEach((name, value) -> arguments.add(name, ValueJson.toJson(value)));
    root.add("arguments", arguments);
    root.add("work", work(history.work()));
    root.add("sittings", array(history.sittings(), JsonReport::sitting));
    root.add("steps", array(history.steps(), JsonReport::step));
    root.add("decisions", array(history.decisions(), JsonReport::decision));
    root.addProperty("decisionCount", history.decisionCount());
    JsonArray waiting = new JsonArray();
    history.waiting().forEach(waiting::add);
    root.add("waiting", waiting);
    root.add("journal", journal(history));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(root) + "\n";
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private interface ToJson<T> {
    JsonObject of(T each);
  }

  private static <T> JsonArray array(Iterable<T> all, ToJson<T> json) {
    JsonArray array = new JsonArray();
    all.forEach(each -> array.add(json.of(each)));
    return array;
  }

  private static JsonObject targets(RunHistory history) {
    JsonObject targets = new JsonObject();
    history
        .started()
        .targets()
        .forEach(
            (role, target) -> {
              JsonObject json = new JsonObject();
              json.addProperty("connection", target.connection());
              json.addProperty("database", target.display());
              add(json, "server", history.servers().get(role));
              targets.add(role, json);
            });
    return targets;
  }

  private static JsonObject journal(RunHistory history) {
    JsonObject journal = new JsonObject();
    journal.addProperty("records", history.audit().records());
    journal.addProperty("hash", history.audit().hash());
    journal.addProperty("whole", history.audit().damage() == null);
    return journal;
  }

  private static void add(JsonObject json, String name, @Nullable String text) {
    if (text != null) {
      json.addProperty(name, text);
    }
  }

  private static void add(JsonObject json, String name, @Nullable Instant at) {
    if (at != null) {
      json.addProperty(name, EventJson.time(at));
    }
  }

  private static JsonObject work(Work work) {
    JsonObject json = new JsonObject();
    json.addProperty("statements", work.statements());
    json.addProperty("rows", work.rows());
    json.addProperty("refused", work.failures());
    json.addProperty("retried", work.retries());
    if (!work.commands().isEmpty()) {
      JsonObject commands = new JsonObject();
      work.commands()
          .forEach(
              (command, count) -> {
                JsonObject each = new JsonObject();
                each.addProperty("statements", count.statements());
                each.addProperty("rows", count.rows());
                commands.add(command, each);
              });
      json.add("commands", commands);
    }
    return json;
  }

  private static JsonObject sitting(Sitting sitting) {
    JsonObject json = new JsonObject();
    json.addProperty("from", EventJson.time(sitting.from()));
    json.addProperty("to", EventJson.time(sitting.to()));
    json.addProperty("by", sitting.by());
    json.addProperty("began", sitting.began());
    json.addProperty("end", sitting.end());
    return json;
  }

  private static JsonObject addressed(StepAddress address) {
    JsonObject json = new JsonObject();
    json.addProperty("step", address.step());
    if (!address.items().isEmpty()) {
      JsonArray items = new JsonArray();
      address.items().forEach(items::add);
      json.add("item", items);
    }
    return json;
  }

  private static JsonObject step(StepHistory step) {
    JsonObject json = addressed(step.address());
    if (!step.label().isEmpty()) {
      json.addProperty("label", step.label());
    }
    json.addProperty("status", step.status().name().toLowerCase(Locale.ROOT));
    add(json, "began", step.began());
    add(json, "ended", step.ended());
    Duration active = step.active();
    if (active != null) {
      json.addProperty("activeSeconds", seconds(active));
    }
    add(json, "message", step.message());
    if (!step.work().isNothing()) {
      json.add("work", work(step.work()));
      json.add("statements", array(step.statements(), JsonReport::statement));
    }
    if (!step.failures().isEmpty()) {
      json.add("failures", array(step.failures(), JsonReport::failure));
    }
    if (!step.probes().isEmpty()) {
      json.add("probes", array(step.probes(), JsonReport::probe));
    }
    return json;
  }

  private static JsonObject statement(StatementHistory statement) {
    JsonObject json = new JsonObject();
    json.addProperty("statement", statement.index());
    json.addProperty("at", EventJson.time(statement.at()));
    json.addProperty("seconds", seconds(statement.took()));
    json.addProperty("command", statement.command());
    add(json, "sql", statement.sql());
    if (statement.rows() != null) {
      json.addProperty("rows", statement.rows());
    }
    add(json, "transaction", statement.transaction());
    json.addProperty("outcome", statement.outcome());
    return json;
  }

  private static JsonObject failure(Failure failure) {
    ServerError error = failure.failed().error();
    JsonObject json = new JsonObject();
    json.addProperty("at", EventJson.time(failure.at()));
    json.addProperty("statement", failure.failed().statement());
    json.addProperty("sql", failure.failed().sql());
    json.addProperty("sqlstate", error.sqlstate());
    add(json, "condition", error.condition());
    json.addProperty("message", error.message());
    add(json, "detail", error.detail());
    add(json, "hint", error.hint());
    if (error.position() != null) {
      json.addProperty("position", error.position());
    }
    json.addProperty("retried", failure.failed().willRetry());
    return json;
  }

  private static JsonObject probe(Probe probe) {
    JsonObject json = new JsonObject();
    json.addProperty("at", EventJson.time(probe.at()));
    json.addProperty("outcome", probe.finished().outcome());
    json.addProperty("samples", probe.finished().samples());
    JsonObject values = new JsonObject();
    probe.finished().values().forEach((name, value) -> values.add(name, ValueJson.toJson(value)));
    json.add("values", values);
    if (probe.curve() != null) {
      json.add("curve", ValueJson.parseTree(probe.curve().toJson()));
    }
    return json;
  }

  private static JsonObject decision(Decision decision) {
    JsonObject json = addressed(decision.address());
    add(json, "asked", decision.asked());
    json.addProperty("at", EventJson.time(decision.at()));
    json.addProperty("what", decision.what());
    if (!decision.text().isEmpty()) {
      json.addProperty("text", decision.text());
    }
    json.addProperty("answer", decision.answer());
    json.addProperty("by", decision.by());
    add(json, "comment", decision.comment());
    return json;
  }
}
