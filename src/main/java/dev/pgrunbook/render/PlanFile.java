package dev.pgrunbook.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.pgrunbook.plan.PlanOutline;
import dev.pgrunbook.plan.PlanOutline.Block;
import dev.pgrunbook.plan.PlanOutline.Item;
import dev.pgrunbook.plan.PlanOutline.Statement;
import dev.pgrunbook.plan.PlanOutline.Step;
import dev.pgrunbook.plan.PlannedStatement.Purpose;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.ValueJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans as they were written down.
 *
 * @param plans the plans, in the order of the file
 */
public record PlanFile(List<Written> plans) {

  private static final String CODE = "plan-file";

  public PlanFile {
    plans = List.copyOf(plans);
  }

  /**
   * One plan of a file.
   *
   * @param outline what it does; its digest is the one that the file gives
   * @param arguments every parameter with its value, secrets masked
   * @param connections the connection of each role; empty when no database was asked
   * @param steps every step, in the order of the plan
   */
  public record Written(
      PlanOutline outline,
      Map<String, Value> arguments,
      Map<String, String> connections,
      List<WrittenStep> steps) {
    public Written {
      arguments = new LinkedHashMap<>(arguments);
      connections = new LinkedHashMap<>(connections);
      steps = List.copyOf(steps);
    }
  }

  /**
   * A step of a plan, as far as approvals are concerned.
   *
   * @param id its id
   * @param asks what asks people about it, or null
   * @param deferred whether it is known when running
   */
  public record WrittenStep(String id, @Nullable String asks, boolean deferred) {}

  /**
   * Reads a file of plans.
   *
   * @param name what the file is called, for people
   */
  public static Validated<PlanFile> read(String text, String name) {
    JsonObject root;
    try {
      root = ValueJson.parseTree(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException notJson) {
      return damaged(name + " is no plan: it is not JSON as `plan --format json` writes it");
    }
    if (!root.has("version") || !root.has("plans")) {
      return damaged(name + " is no plan: it has no \"version\" and \"plans\"");
    }
    JsonElement version = root.get("version");
    if (!version.toString().equals(String.valueOf(PlanJson.VERSION))) {
      return Validated.error(
          Diagnostic.error(
                  CODE,
                  null,
                  name
                      + " has version "
                      + version
                      + " of the form of plans; this program reads version "
                      + PlanJson.VERSION)
              .withHint("make the plan again with this program"));
    }
    try {
      List<Written> plans = list(root, "plans", PlanFile::plan);
      return Validated.of(new PlanFile(plans), List.of());
    } catch (Damage damage) {
      return damaged(name + " is damaged: " + damage.getMessage());
    } catch (IllegalStateException
        | ClassCastException
        | NumberFormatException
        | NullPointerException misshapen) {
      return damaged(name + " is damaged: it lacks a part of a plan, or has another in its place");
    }
  }

  private static <T> Validated<T> damaged(String message) {
    return Validated.error(
        Diagnostic.error(CODE, null, message)
            .withHint("make it again with `pgrunbook plan … --format json --out FILE`"));
  }

  private static Written plan(JsonObject json) {
    JsonObject runbook = json.getAsJsonObject("runbook");
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Value> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : json.getAsJsonObject("arguments").entrySet()) {
      Value value = ValueJson.fromJson(entry.getValue());
      values.put(entry.getKey(), value);
      texts.put(entry.getKey(), ValueJson.write(value));
    }
    Map<String, @Nullable String> targets = new LinkedHashMap<>();
    Map<String, String> connections = new LinkedHashMap<>();
    for (JsonObject target : list(json, "targets", one -> one)) {
      targets.put(text(target, "role"), optional(target, "display"));
      String connection = optional(target, "connection");
      if (connection != null) {
        connections.put(text(target, "role"), connection);
      }
    }
    PlanOutline outline =
        new PlanOutline(
            json.get("connected").getAsBoolean(),
            text(runbook, "name"),
            text(runbook, "version"),
            text(runbook, "digest"),
            texts,
            targets,
            list(json, "steps", PlanFile::step),
            list(json, "onFailure", PlanFile::step),
            list(json, "finally", PlanFile::step));
    String digest = text(json, "digest");
    if (!outline.digest().equals(digest)) {
      throw new Damage(
          "what its plan of "
              + outline.runbook()
              + " does is not what its digest "
              + PlanWords.shortDigest(digest)
              + " was taken of, so it was changed by hand");
    }
    List<WrittenStep> steps = new ArrayList<>();
    for (String block : List.of("steps", "onFailure", "finally")) {
      list(json, block, one -> one).forEach(step -> collect(step, steps));
    }
    return new Written(outline, values, connections, steps);
  }

  private static void collect(JsonObject step, List<WrittenStep> steps) {
    String state = text(step.getAsJsonObject("resolution"), "state");
    steps.add(new WrittenStep(text(step, "id"), optional(step, "asks"), state.equals("deferred")));
    for (JsonObject item : list(step, "items", one -> one)) {
      for (JsonObject block : list(item, "blocks", one -> one)) {
        list(block, "steps", one -> one).forEach(inner -> collect(inner, steps));
      }
    }
  }

  private static Step step(JsonObject json) {
    return new Step(
        text(json, "id"),
        optional(json, "forEach") != null,
        text(json.getAsJsonObject("resolution"), "state"),
        list(json, "items", PlanFile::item));
  }

  private static Item item(JsonObject json) {
    return new Item(
        optional(json, "label"),
        text(json.getAsJsonObject("resolution"), "state"),
        optional(json, "prompt"),
        list(json, "statements", PlanFile::statement),
        list(
            json,
            "blocks",
            block -> new Block(text(block, "kind"), list(block, "steps", PlanFile::step))));
  }

  private static Statement statement(JsonObject json) {
    String purpose = text(json, "purpose");
    boolean executed =
        Arrays.stream(Purpose.values()).anyMatch(p -> p.isExecuted() && p.word().equals(purpose));
    String template = executed ? null : optional(json, "template");
    return new Statement(
        purpose,
        optional(json, "target"),
        template == null ? text(json, "sql") : template,
        executed);
  }

  private static String text(JsonObject json, String key) {
    String text = optional(json, key);
    if (text == null) {
      throw new Damage("a part of it lacks \"" + key + "\"");
    }
    return text;
  }

  private static @Nullable String optional(JsonObject json, String key) {
    JsonElement element = json.get(key);
    if (element == null || element.isJsonNull()) {
      return null;
    }
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
      throw new Damage("\"" + key + "\" in it is no text");
    }
    return element.getAsString();
  }

  private static <T> List<T> list(JsonObject json, String key, Function<JsonObject, T> read) {
    JsonElement element = json.get(key);
    if (element == null || !element.isJsonArray()) {
      throw new Damage("a part of it has no list \"" + key + "\"");
    }
    List<T> all = new ArrayList<>();
    JsonArray array = element.getAsJsonArray();
    for (JsonElement one : array) {
      if (!one.isJsonObject()) {
        throw new Damage("\"" + key + "\" in it holds something that is no object");
      }
      all.add(read.apply(one.getAsJsonObject()));
    }
    return all;
  }

  /** What is wrong with a file. Never leaves this class. */
  private static final class Damage extends RuntimeException {
    private static final long serialVersionUID = 1;

    Damage(String message) {
      super(message);
    }
  }
}
