package dev.pgrunbook.approval;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.ValueJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Approvals as JSON, one a line: each stands alone, so that branches merge by keeping all lines.
 */
public final class ApprovalLines {

  private static final int VERSION = 1;

  private ApprovalLines() {}

  /** Returns an approval's line, without a line break. */
  public static String write(Approval approval) {
    JsonObject json = new JsonObject();
    json.addProperty("approval", VERSION);
    json.addProperty("plan", approval.plan());
    json.addProperty("runbook", approval.runbook());
    add(json, "step", approval.step());
    json.addProperty("by", approval.by());
    json.addProperty("at", approval.at().toString());
    json.addProperty("expires", approval.expires().toString());
    add(json, "comment", approval.comment());
    add(json, "key", approval.key());
    add(json, "signature", approval.signature());
    return json.toString();
  }

  private static void add(JsonObject json, String key, @Nullable String text) {
    if (text != null) {
      json.addProperty(key, text);
    }
  }

  /**
   * Returns the approvals of a text, or what is wrong with its lines.
   *
   * @param name what the file is called, for people
   */
  public static Validated<List<Approval>> read(String text, String name) {
    List<Approval> approvals = new ArrayList<>();
    List<Diagnostic> mistakes = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        try {
          approvals.add(approval(ValueJson.parseTree(line).getAsJsonObject()));
        } catch (JsonParseException
            | IllegalStateException
            | IllegalArgumentException
            | UnsupportedOperationException
            | DateTimeException damaged) {
          mistakes.add(
              Diagnostic.error(
                      "approvals-file", null, name + ", line " + number + ", is no approval")
                  .withHint(
                      "take the line out, and approve again with `pgrunbook approve --plan`"));
        }
      }
    }
    return Validated.of(approvals, mistakes);
  }

  private static Approval approval(JsonObject json) {
    if (!String.valueOf(json.get("approval")).equals(String.valueOf(VERSION))) {
      throw new IllegalArgumentException("another version");
    }
    return new Approval(
        text(json, "plan"),
        text(json, "runbook"),
        optional(json, "step"),
        text(json, "by"),
        Instant.parse(text(json, "at")),
        Instant.parse(text(json, "expires")),
        optional(json, "comment"),
        optional(json, "key"),
        optional(json, "signature"));
  }

  private static String text(JsonObject json, String key) {
    String text = optional(json, key);
    if (text == null) {
      throw new IllegalArgumentException("without " + key);
    }
    return text;
  }

  private static @Nullable String optional(JsonObject json, String key) {
    JsonElement element = json.get(key);
    return element == null ? null : element.getAsString();
  }
}
