package dev.pgrunbook.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.pgrunbook.model.Documentation;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.Parallel;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.Finding;
import dev.pgrunbook.plan.Observation;
import dev.pgrunbook.plan.Observation.Checked;
import dev.pgrunbook.plan.Observation.Generated;
import dev.pgrunbook.plan.Observation.Queried;
import dev.pgrunbook.plan.PlannedBlock;
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.plan.PlannedStatement;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.Resolution;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.plan.Resolution.Skipped;
import dev.pgrunbook.plan.ResultRows;
import dev.pgrunbook.plan.StatementFacts.RelationFact;
import dev.pgrunbook.sql.RelationLock;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.ValueJson;
import java.util.List;
import java.util.Locale;

/** A step of a plan as machines read it. */
final class PlannedStepJson {

  /** More rows than this are for nobody to look at; how many there were is told. */
  private static final int ROWS = 1_000;

  private PlannedStepJson() {}

  static JsonObject of(PlannedStep planned) {
    Step step = planned.step();
    JsonObject object = new JsonObject();
    object.addProperty("number", planned.number());
    object.addProperty("id", step.id());
    object.addProperty("kind", step.kind());
    Documentation documentation = step.header().documentation();
    object.addProperty("title", documentation.title());
    object.addProperty("warning", documentation.warning());
    object.addProperty("target", step.target());
    object.addProperty("asks", PlanWords.asks(step));
    addTransaction(object, step);
    if (step.header().forEach() != null) {
      object.addProperty("forEach", step.header().forEach().name());
    }
    if (Parallel.of(step) > 1) {
      object.addProperty("parallel", Parallel.of(step));
    }
    if (planned.onlyIf() != null) {
      object.addProperty("onlyIf", planned.onlyIf());
    }
    object.add("resolution", resolution(planned.resolution()));
    JsonArray items = new JsonArray();
    planned.items().forEach(item -> items.add(item(item)));
    object.add("items", items);
    return object;
  }

  private static void addTransaction(JsonObject object, Step step) {
    if (step instanceof SqlStep sql) {
      object.addProperty("transaction", sql.transaction().word());
    } else if (step instanceof GenerateStep generate) {
      object.addProperty("executeOn", generate.executionTarget());
      object.addProperty("transaction", generate.transaction().word());
    }
  }

  private static JsonObject resolution(Resolution resolution) {
    JsonObject object = new JsonObject();
    object.addProperty("state", resolution.word());
    if (resolution instanceof Deferred deferred) {
      object.addProperty("reason", deferred.reason());
      object.add("dependsOn", texts(deferred.dependsOn()));
    } else if (resolution instanceof Skipped skipped) {
      object.addProperty("reason", skipped.reason());
    }
    return object;
  }

  private static JsonObject item(PlannedItem item) {
    JsonObject object = new JsonObject();
    object.addProperty("label", item.label());
    object.add("resolution", resolution(item.resolution()));
    object.addProperty("prompt", item.prompt());
    if (item.observation() != null) {
      object.add("observation", observation(item.observation()));
    }
    JsonArray statements = new JsonArray();
    item.statements().forEach(statement -> statements.add(statement(statement)));
    object.add("statements", statements);
    JsonArray blocks = new JsonArray();
    item.blocks().forEach(block -> blocks.add(block(block)));
    object.add("blocks", blocks);
    object.add("findings", findings(item.findings()));
    return object;
  }

  private static JsonObject block(PlannedBlock block) {
    JsonObject object = new JsonObject();
    object.addProperty("kind", block.kind().key());
    JsonArray steps = new JsonArray();
    block.steps().forEach(step -> steps.add(of(step)));
    object.add("steps", steps);
    return object;
  }

  private static JsonObject observation(Observation observation) {
    JsonObject object = new JsonObject();
    if (observation instanceof Checked checked) {
      object.addProperty("passed", checked.passed());
      if (!checked.passed()) {
        object.addProperty("message", checked.message());
      }
      object.add("result", rows(checked.rows()));
    } else if (observation instanceof Queried queried) {
      object.add("result", rows(queried.rows()));
    } else if (observation instanceof Generated generated) {
      JsonArray stages = new JsonArray();
      generated.stages().forEach(stage -> stages.add(texts(stage)));
      object.add("stages", stages);
    }
    return object;
  }

  private static JsonObject rows(ResultRows rows) {
    JsonObject object = new JsonObject();
    object.add("columns", texts(rows.columns()));
    JsonArray all = new JsonArray();
    for (List<Value> row : rows.rows().subList(0, Math.min(ROWS, rows.size()))) {
      JsonArray values = new JsonArray();
      row.forEach(value -> values.add(ValueJson.toJson(value)));
      all.add(values);
    }
    object.add("rows", all);
    object.addProperty("count", rows.size());
    object.addProperty("more", rows.truncated());
    return object;
  }

  private static JsonObject statement(PlannedStatement statement) {
    JsonObject object = new JsonObject();
    object.addProperty("purpose", statement.purpose().word());
    object.addProperty("target", statement.target());
    object.addProperty("sql", statement.display());
    if (!statement.template().equals(statement.display())) {
      object.addProperty("template", statement.template());
    }
    addAnalysis(object, statement.analysis());
    if (!statement.columns().fields().isEmpty()) {
      object.add("columns", ValueJson.toJson(statement.columns()));
    }
    JsonArray relations = new JsonArray();
    statement.facts().relations().forEach(fact -> relations.add(relation(fact)));
    object.add("relations", relations);
    if (statement.facts().effects() != null) {
      object.add("effects", EffectJson.of(statement.facts().effects()));
    }
    object.add("findings", findings(statement.findings()));
    return object;
  }

  private static void addAnalysis(JsonObject object, StatementAnalysis analysis) {
    object.addProperty("command", analysis.command());
    object.addProperty("readOnly", analysis.readOnly());
    object.addProperty("destructive", analysis.destructive());
    object.add("dangers", texts(analysis.dangers()));
    object.addProperty(
        "transactionRule", analysis.transactionRule().name().toLowerCase(Locale.ROOT));
    JsonArray locks = new JsonArray();
    for (RelationLock lock : analysis.locks()) {
      JsonObject entry = new JsonObject();
      entry.addProperty("relation", lock.relation());
      entry.addProperty("mode", lock.mode());
      entry.addProperty("blocks", lock.blocks());
      locks.add(entry);
    }
    object.add("locks", locks);
    object.add("calls", texts(analysis.calls()));
  }

  private static JsonObject relation(RelationFact fact) {
    JsonObject object = new JsonObject();
    object.addProperty("relation", fact.relation());
    object.addProperty("kind", fact.kind());
    object.addProperty("rows", fact.rows());
    object.addProperty("bytes", fact.bytes());
    return object;
  }

  private static JsonArray findings(List<Finding> findings) {
    JsonArray array = new JsonArray();
    for (Finding finding : findings) {
      JsonObject object = new JsonObject();
      object.addProperty("severity", finding.severity().word());
      object.addProperty("code", finding.code());
      object.addProperty("message", finding.message());
      object.addProperty("hint", finding.hint());
      object.addProperty("position", finding.position());
      array.add(object);
    }
    return array;
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
