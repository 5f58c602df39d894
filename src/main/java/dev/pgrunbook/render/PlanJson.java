package dev.pgrunbook.render;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlanSummary;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.PlannedTarget;
import dev.pgrunbook.value.ValueJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Plans as machines read them. */
public final class PlanJson implements PlanRenderer {

  /** The version of the form; it grows when a reader of the old form would be misled. */
  public static final int VERSION = 1;

  /** Returns the JSON Schema (draft 2020-12) of the form. */
  public static String schema() {
    try (InputStream stream = PlanJson.class.getResourceAsStream("plan.schema.json")) {
      byte[] bytes = Objects.requireNonNull(stream, "plan.schema.json").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String render(List<Plan> plans) {
    JsonObject root = new JsonObject();
    root.addProperty("version", VERSION);
    JsonArray all = new JsonArray();
    plans.forEach(plan -> all.add(plan(plan)));
    root.add("plans", all);
    Gson gson =
        new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();
    return gson.toJson(root) + "\n";
  }

  private static JsonObject plan(Plan plan) {
    JsonObject object = new JsonObject();
    object.add("runbook", runbook(plan.runbook()));
    object.addProperty("digest", plan.digest());
    object.addProperty("connected", plan.connected());
    JsonObject arguments = new JsonObject();
    plan.arguments().forEach((name, value) -> arguments.add(name, ValueJson.toJson(value)));
    object.add("arguments", arguments);
    JsonArray targets = new JsonArray();
    plan.targets().forEach(target -> targets.add(target(target)));
    object.add("targets", targets);
    object.add("summary", summary(PlanSummary.of(plan)));
    object.add("steps", steps(plan.steps()));
    object.add("onFailure", steps(plan.onFailure()));
    object.add("finally", steps(plan.finallySteps()));
    return object;
  }

  private static JsonObject runbook(Runbook runbook) {
    JsonObject object = new JsonObject();
    object.addProperty("name", runbook.name());
    object.addProperty("version", runbook.version());
    object.addProperty("title", runbook.title());
    object.addProperty("digest", RunbookDigest.of(runbook));
    return object;
  }

  private static JsonObject target(PlannedTarget target) {
    JsonObject object = new JsonObject();
    object.addProperty("role", target.role());
    object.addProperty("description", target.description());
    object.addProperty("connection", target.connection());
    object.addProperty("display", target.display());
    object.addProperty("serverVersion", target.serverVersion());
    object.addProperty("standby", target.standby());
    object.addProperty("protected", target.isProtected());
    object.addProperty("readOnly", target.readOnly());
    return object;
  }

  private static JsonObject summary(PlanSummary summary) {
    JsonObject object = new JsonObject();
    object.addProperty("steps", summary.steps());
    object.addProperty("deferred", summary.deferred());
    object.addProperty("skipped", summary.skipped());
    object.addProperty("statements", summary.statements());
    object.addProperty("destructive", summary.destructive());
    object.addProperty("strongestLock", summary.strongestLock());
    JsonArray relations = new JsonArray();
    summary.lockedRelations().forEach(relations::add);
    object.add("lockedRelations", relations);
    object.addProperty("errors", summary.errors());
    object.addProperty("warnings", summary.warnings());
    return object;
  }

  private static JsonArray steps(List<PlannedStep> steps) {
    JsonArray array = new JsonArray();
    steps.forEach(step -> array.add(PlannedStepJson.of(step)));
    return array;
  }
}
