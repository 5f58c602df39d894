package dev.pgrunbook.journal;

import com.google.gson.JsonObject;
import dev.pgrunbook.value.ValueJson;

/**
 * The curve of a probe that has not ended, as it is kept beside the journal now and then: what is
 * left of it when its process dies.
 *
 * @param samples how many polls there have been
 */
public record CurveDraft(long samples, ProbeCurve curve) {

  /** Returns the name that the draft of a probe is kept under. */
  public static String name(StepAddress probe) {
    return "curve of " + probe;
  }

  public String toJson() {
    JsonObject root = new JsonObject();
    root.addProperty("samples", samples);
    root.add("curve", ValueJson.parseTree(curve.toJson()));
    return root.toString();
  }

  /**
   * Returns the draft that a text holds.
   *
   * @throws IllegalArgumentException when it holds none that this program can read
   */
  public static CurveDraft fromJson(String json) {
    try {
      JsonObject root = ValueJson.parseTree(json).getAsJsonObject();
      ProbeCurve curve = ProbeCurve.fromJson(root.get("curve").toString());
      return new CurveDraft(root.get("samples").getAsLong(), curve);
    } catch (IllegalStateException | NullPointerException malformed) {
      throw new IllegalArgumentException("no draft of a curve", malformed);
    }
  }
}
