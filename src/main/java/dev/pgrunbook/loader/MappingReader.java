package dev.pgrunbook.loader;

import dev.pgrunbook.language.Key;
import dev.pgrunbook.language.Place;
import dev.pgrunbook.language.Shape;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values of a mapping's keys, and tells in the end which keys its place does not know.
 *
 * <p>Whatever is wrong goes to the findings; the value is then absent, as if it had not been said.
 *
 * <p>The vocabulary and the binders are held together here: asking for a key that the place lacks
 * is a defect, and so is a key of the place that nobody has asked for in the end.
 */
final class MappingReader {

  private final MappingNode node;
  private final String subject;
  private final Findings findings;
  private final Map<String, Key> keys = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();

  MappingReader(MappingNode node, Place place, Findings findings) {
    this(node, place, place.subject(), findings);
  }

  /**
   * @param subject what the mapping is, as a sentence names it: {@code a step}, {@code "probe"}
   */
  MappingReader(MappingNode node, Place place, String subject, Findings findings) {
    this.node = node;
    this.subject = subject;
    this.findings = findings;
    allow(place.keys());
  }

  /** Returns a reader of a node, or null when it is no mapping. */
  static @Nullable MappingReader of(SyntaxNode node, Place place, Findings findings) {
    return of(node, place, place.subject(), findings);
  }

  /** Returns a reader of a node that is called otherwise than its place, or null. */
  static @Nullable MappingReader of(
      SyntaxNode node, Place place, String subject, Findings findings) {
    if (node instanceof MappingNode mapping) {
      return new MappingReader(mapping, place, subject, findings);
    }
    String message = subject + " must be a mapping, not " + node.description();
    findings.add(RunbookRule.WRONG_TYPE.at(node.span(), message));
    return null;
  }

  MappingNode node() {
    return node;
  }

  String subject() {
    return subject;
  }

  Findings findings() {
    return findings;
  }

  /** Returns the node of a key, or null when the key is absent. */
  @Nullable SyntaxNode take(String key) {
    known(key);
    return node.get(key);
  }

  private Key known(String key) {
    Key known = keys.get(key);
    if (known == null) {
      throw new AssertionError("the vocabulary has no key \"" + key + "\" in " + subject);
    }
    asked.add(key);
    return known;
  }

  /** Adds keys that the place has, too, once more is known about it. */
  void allow(List<Key> more) {
    more.forEach(key -> keys.put(key.name(), key));
  }

  /** Returns where a key stands, or the mapping when it is absent. */
  SourceSpan keySpan(String key) {
    MappingNode.Entry entry = node.entry(key);
    return entry == null ? node.span() : entry.key().span();
  }

  /** Returns a key's single value, or null. */
  @Nullable ScalarNode scalar(String key) {
    SyntaxNode value = take(key);
    return value == null ? null : asScalar(value, "\"" + key + "\"");
  }

  /** Returns a node as a single value, or null. */
  @Nullable ScalarNode asScalar(SyntaxNode value, String name) {
    if (value instanceof ScalarNode scalar && !scalar.isNull()) {
      return scalar;
    }
    String message = name + " must be a text, not " + value.description();
    findings.add(RunbookRule.WRONG_TYPE.at(value.span(), message));
    return null;
  }

  @Nullable String text(String key) {
    ScalarNode scalar = scalar(key);
    return scalar == null ? null : scalar.text();
  }

  /** Returns the value of a key that must be there, or null when it is not. */
  @Nullable ScalarNode requiredScalar(String key, String example) {
    return require(key, example) ? scalar(key) : null;
  }

  /** Returns whether a key that must be there is. */
  boolean require(String key, @Nullable String example) {
    if (!known(key).required()) {
      throw new AssertionError("the vocabulary does not require \"" + key + "\" in " + subject);
    }
    if (node.get(key) != null) {
      return true;
    }
    Diagnostic missing =
        RunbookRule.MISSING_KEY.at(start(), subject + " needs the key \"" + key + "\"");
    findings.add(missing.withHint(example == null ? null : "write " + example));
    return false;
  }

  boolean flag(String key) {
    ScalarNode scalar = scalar(key);
    if (scalar == null) {
      return false;
    }
    if (!scalar.text().equals("true") && !scalar.text().equals("false")) {
      String message = "\"" + key + "\" must be true or false, not \"" + scalar.text() + "\"";
      findings.add(RunbookRule.WRONG_TYPE.at(scalar.span(), message));
    }
    return scalar.text().equals("true");
  }

  /** Returns a key's integer within the vocabulary's limits, or the fallback. */
  int integer(String key, int fallback) {
    if (!(known(key).shape() instanceof Shape.Whole limits)) {
      throw new AssertionError(key);
    }
    int least = limits.least();
    int most = limits.most();
    ScalarNode scalar = scalar(key);
    if (scalar == null) {
      return fallback;
    }
    long number;
    try {
      number = Long.parseLong(scalar.text());
    } catch (NumberFormatException notAnInteger) {
      String message = "\"" + key + "\" must be a whole number, not \"" + scalar.text() + "\"";
      findings.add(RunbookRule.WRONG_TYPE.at(scalar.span(), message));
      return fallback;
    }
    if (number < least || number > most) {
      String message = "\"" + key + "\" must be from " + least + " to " + most;
      findings.add(RunbookRule.NUMBER_RANGE.at(scalar.span(), message));
      return fallback;
    }
    return (int) number;
  }

  /** Returns a key's number within the vocabulary's limits, or the fallback. */
  double number(String key, double fallback) {
    if (!(known(key).shape() instanceof Shape.Quantity limits)) {
      throw new AssertionError(key);
    }
    ScalarNode scalar = scalar(key);
    if (scalar == null) {
      return fallback;
    }
    double number;
    try {
      number = Double.parseDouble(scalar.text());
    } catch (NumberFormatException notANumber) {
      String message = "\"" + key + "\" must be a number, not \"" + scalar.text() + "\"";
      findings.add(RunbookRule.WRONG_TYPE.at(scalar.span(), message));
      return fallback;
    }
    // NaN is not within limits either.
    if (!(number >= limits.least() && number <= limits.most())) {
      String message = "\"" + key + "\" must be from " + limits.least() + " to " + limits.most();
      findings.add(RunbookRule.NUMBER_RANGE.at(scalar.span(), message));
      return fallback;
    }
    return number;
  }

  /** Returns the word of a key when it is one that the vocabulary allows, or null. */
  @Nullable String choice(String key) {
    if (!(known(key).shape() instanceof Shape.Choice choice)) {
      throw new AssertionError(key);
    }
    List<String> words = choice.words();
    ScalarNode scalar = scalar(key);
    if (scalar == null || words.contains(scalar.text())) {
      return scalar == null ? null : scalar.text();
    }
    String message =
        "\""
            + key
            + "\" must be one of "
            + String.join(", ", words)
            + ", not \""
            + scalar.text()
            + "\"";
    findings.add(
        RunbookRule.CHOICE
            .at(scalar.span(), message)
            .withHint(Spelling.didYouMean(scalar.text(), words)));
    return null;
  }

  /** Returns a key's duration within limits, or null. */
  @Nullable Duration duration(String key, DurationLimits limits) {
    ScalarNode scalar = scalar(key);
    return scalar == null ? null : findings.keep(limits.parse(scalar, "\"" + key + "\""));
  }

  /** Returns the items of a key's list; none when it is absent or holds nothing. */
  List<SyntaxNode> items(String key) {
    SyntaxNode value = take(key);
    if (value instanceof SequenceNode sequence) {
      return sequence.items();
    }
    if (value != null && !isNothing(value)) {
      String message = "\"" + key + "\" must be a list, not " + value.description();
      findings.add(
          RunbookRule.WRONG_TYPE
              .at(value.span(), message)
              .withHint("write - before each item, or [a, b]"));
    }
    return List.of();
  }

  /** Returns the entries of a key's mapping; none when it is absent or holds nothing. */
  List<MappingNode.Entry> entries(String key) {
    SyntaxNode value = take(key);
    if (value instanceof MappingNode mapping) {
      return mapping.entries();
    }
    if (value != null && !isNothing(value)) {
      String message = "\"" + key + "\" must be a mapping, not " + value.description();
      findings.add(RunbookRule.WRONG_TYPE.at(value.span(), message));
    }
    return List.of();
  }

  /** Returns a reader of a key's mapping, or null. */
  @Nullable MappingReader mapping(String key) {
    if (!(known(key).shape() instanceof Shape.Mapping mapping)) {
      throw new AssertionError(key);
    }
    SyntaxNode value = take(key);
    return value == null ? null : of(value, mapping.place(), findings);
  }

  static boolean isNothing(SyntaxNode node) {
    return node instanceof ScalarNode scalar && scalar.isNull();
  }

  /** Reports every key that the place does not know. */
  void finish() {
    finish(key -> null);
  }

  /** Says why a key that exists elsewhere is wrong here, or nothing. */
  interface Misplaced {
    @Nullable String explain(String key);
  }

  /** Reports every key that the place does not know, with what is known about it elsewhere. */
  void finish(Misplaced misplaced) {
    if (!asked.containsAll(keys.keySet())) {
      throw new AssertionError("of " + keys.keySet() + " in " + subject + " only " + asked);
    }
    for (MappingNode.Entry entry : node.entries()) {
      String key = entry.key().text();
      if (keys.containsKey(key)) {
        continue;
      }
      String elsewhere = misplaced.explain(key);
      String message = "unknown key \"" + key + "\" in " + subject;
      Diagnostic unknown =
          RunbookRule.UNKNOWN_KEY.at(entry.key().span(), elsewhere == null ? message : elsewhere);
      String meant = Spelling.didYouMean(key, keys.keySet());
      String allowed = "allowed here: " + String.join(", ", keys.keySet());
      findings.add(elsewhere == null ? unknown.withHint(meant == null ? allowed : meant) : unknown);
    }
  }

  /** A whole mapping is too much to point at: its first key is enough. */
  private SourceSpan start() {
    return node.entries().isEmpty() ? node.span() : node.entries().get(0).key().span();
  }
}
