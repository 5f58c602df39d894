package dev.pgrunbook.render;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourcePosition;
import dev.pgrunbook.source.SourceSpan;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.TreeSet;

/**
 * Diagnostics as machines read them; the same diagnostics always give the same bytes.
 *
 * <p>Lines and columns count from one, columns in code points, ends are exclusive.
 */
public final class DiagnosticJson {

  /** The version of the form that {@link #json} writes. */
  private static final int VERSION = 1;

  private static final String SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private DiagnosticJson() {}

  /** Returns the diagnostics in this program's own form. */
  public static String json(List<Diagnostic> diagnostics) {
    JsonArray list = new JsonArray();
    for (Diagnostic diagnostic : diagnostics) {
      JsonObject object = new JsonObject();
      object.addProperty("severity", diagnostic.severity().word());
      object.addProperty("code", diagnostic.code());
      object.addProperty("message", diagnostic.message());
      if (diagnostic.hint() != null) {
        object.addProperty("hint", diagnostic.hint());
      }
      if (diagnostic.span() != null) {
        addPlace(object, diagnostic.span());
      }
      object.add("related", related(diagnostic));
      list.add(object);
    }
    JsonObject root = new JsonObject();
    root.addProperty("version", VERSION);
    root.add("diagnostics", list);
    return write(root);
  }

  private static JsonArray related(Diagnostic diagnostic) {
    JsonArray list = new JsonArray();
    for (Diagnostic.Related related : diagnostic.related()) {
      JsonObject object = new JsonObject();
      object.addProperty("message", related.message());
      addPlace(object, related.span());
      list.add(object);
    }
    return list;
  }

  private static void addPlace(JsonObject object, SourceSpan span) {
    SourcePosition start = span.position();
    SourcePosition end = span.file().position(span.end());
    object.addProperty("file", span.file().name());
    object.addProperty("line", start.line());
    object.addProperty("column", start.column());
    object.addProperty("endLine", end.line());
    object.addProperty("endColumn", end.column());
  }

  /**
   * Returns the diagnostics as SARIF 2.1.0, which code hosts show beside a change.
   *
   * @param version this program's version
   */
  public static String sarif(List<Diagnostic> diagnostics, String version) {
    JsonObject driver = new JsonObject();
    driver.addProperty("name", "pgrunbook");
    driver.addProperty("version", version);
    driver.add("rules", rules(diagnostics));
    JsonObject tool = new JsonObject();
    tool.add("driver", driver);
    JsonArray results = new JsonArray();
    for (Diagnostic diagnostic : diagnostics) {
      results.add(result(diagnostic));
    }
    JsonObject run = new JsonObject();
    run.add("tool", tool);
    run.addProperty("columnKind", "unicodeCodePoints");
    run.add("results", results);
    JsonObject root = new JsonObject();
    root.addProperty("$schema", SARIF_SCHEMA);
    root.addProperty("version", "2.1.0");
    root.add("runs", array(run));
    return write(root);
  }

  private static JsonArray rules(List<Diagnostic> diagnostics) {
    TreeSet<String> codes = new TreeSet<>();
    for (Diagnostic diagnostic : diagnostics) {
      codes.add(diagnostic.code());
    }
    JsonArray rules = new JsonArray();
    for (String code : codes) {
      JsonObject rule = new JsonObject();
      rule.addProperty("id", code);
      rules.add(rule);
    }
    return rules;
  }

  private static JsonObject result(Diagnostic diagnostic) {
    String hint = diagnostic.hint();
    JsonObject result = new JsonObject();
    result.addProperty("ruleId", diagnostic.code());
    result.addProperty("level", diagnostic.severity().word());
    result.add("message", message(diagnostic.message() + (hint == null ? "" : "\nhint: " + hint)));
    JsonArray locations = new JsonArray();
    if (diagnostic.span() != null) {
      locations.add(location(diagnostic.span()));
    }
    result.add("locations", locations);
    if (!diagnostic.related().isEmpty()) {
      JsonArray related = new JsonArray();
      for (Diagnostic.Related place : diagnostic.related()) {
        JsonObject location = location(place.span());
        location.add("message", message(place.message()));
        related.add(location);
      }
      result.add("relatedLocations", related);
    }
    return result;
  }

  private static JsonObject message(String text) {
    JsonObject message = new JsonObject();
    message.addProperty("text", text);
    return message;
  }

  private static JsonObject location(SourceSpan span) {
    SourcePosition start = span.position();
    SourcePosition end = span.file().position(span.end());
    JsonObject artifact = new JsonObject();
    artifact.addProperty("uri", uri(span.file().name()));
    JsonObject region = new JsonObject();
    region.addProperty("startLine", start.line());
    region.addProperty("startColumn", start.column());
    region.addProperty("endLine", end.line());
    region.addProperty("endColumn", end.column());
    JsonObject place = new JsonObject();
    place.add("artifactLocation", artifact);
    place.add("region", region);
    JsonObject location = new JsonObject();
    location.add("physicalLocation", place);
    return location;
  }

  private static String uri(String name) {
    try {
      String path = name.replace('\\', '/');
      String scheme = path.startsWith("/") ? "file" : null;
      return new URI(scheme, scheme == null ? null : "", path, null).toASCIIString();
    } catch (URISyntaxException e) {
      return "unnamed";
    }
  }

  private static JsonArray array(JsonElement element) {
    JsonArray array = new JsonArray();
    array.add(element);
    return array;
  }

  private static String write(JsonObject root) {
    Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    return gson.toJson(root) + "\n";
  }
}
