package dev.pgrunbook.plan;

import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.sql.SqlStatement;
import dev.pgrunbook.sql.SqlTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which steps of two runbooks are the same: those of one id, and those that say the same, or
 * nearly, under another id.
 */
final class StepPairs {

  /**
   * How much of what two steps say they have in common, at least, when one is the other renamed.
   */
  private static final double NEARLY_ALL = 0.8;

  private final Runbook old;
  private final Map<String, String> renamed = new HashMap<>();
  private final Map<String, String> formerly = new HashMap<>();

  private StepPairs(Runbook old) {
    this.old = old;
  }

  /** Two steps that may be one. */
  private record Candidate(String before, String after, double likeness) {}

  static StepPairs of(Runbook old, Runbook now) {
    List<Candidate> candidates = new ArrayList<>();
    for (Step before : old.allSteps()) {
      for (Step after : now.step(before.id()) == null ? now.allSteps() : List.<Step>of()) {
        if (old.step(after.id()) == null && before.kind().equals(after.kind())) {
          double likeness = likeness(before, after);
          if (likeness >= NEARLY_ALL) {
            candidates.add(new Candidate(before.id(), after.id(), likeness));
          }
        }
      }
    }
    // Of equals the first ones: the order of the files is kept by sorting.
    candidates.sort(Comparator.comparingDouble(Candidate::likeness).reversed());
    StepPairs pairs = new StepPairs(old);
    for (Candidate candidate : candidates) {
      if (!pairs.renamed.containsKey(candidate.before())
          && !pairs.formerly.containsKey(candidate.after())) {
        pairs.renamed.put(candidate.before(), candidate.after());
        pairs.formerly.put(candidate.after(), candidate.before());
      }
    }
    return pairs;
  }

  /** Returns what a step of the older runbook is called in the newer one, if it is there. */
  String idNow(String id) {
    return renamed.getOrDefault(id, id);
  }

  /** Returns what a step of the newer runbook was called; null when its name is the same or new. */
  @Nullable String formerId(String id) {
    return formerly.get(id);
  }

  /** Returns the step of the older runbook that a step of the newer one was; null for a new one. */
  @Nullable Step before(Step after) {
    return old.step(formerly.getOrDefault(after.id(), after.id()));
  }

  /** The part of both steps' words that they share, from 0 to 1 (Dice's coefficient). */
  private static double likeness(Step before, Step after) {
    Map<String, Object> older = Facets.of((Record) before);
    Map<String, Object> newer = Facets.of((Record) after);
    if (older.equals(newer)) {
      return 1;
    }
    Map<String, Integer> left = words(older);
    Map<String, Integer> right = words(newer);
    int common = 0;
    Set<String> shared = new HashSet<>(left.keySet());
    shared.retainAll(right.keySet());
    for (String word : shared) {
      common += Math.min(left.getOrDefault(word, 0), right.getOrDefault(word, 0));
    }
    return 2.0 * common / Math.max(1, count(left) + count(right));
  }

  private static int count(Map<String, Integer> words) {
    return words.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Map<String, Integer> words(Map<String, Object> facets) {
    Map<String, Integer> words = new HashMap<>();
    facets.forEach(
        (key, value) -> {
          for (String word : text(value).split("[\\s\0]+")) {
            words.merge(key + " " + word, 1, Integer::sum);
          }
        });
    return words;
  }

  private static String text(Object value) {
    StringBuilder text = new StringBuilder();
    if (value instanceof SqlTemplate sql) {
      for (SqlStatement statement : sql.statements()) {
        text.append(statement.meaning()).append('\0');
      }
      return text.toString();
    }
    return Facets.text(value);
  }
}
