package dev.pgrunbook.language;

import static dev.pgrunbook.language.Key.optional;

import dev.pgrunbook.language.Shape.Anything;
import dev.pgrunbook.language.Shape.Choice;
import dev.pgrunbook.language.Shape.Either;
import dev.pgrunbook.language.Shape.Entries;
import dev.pgrunbook.language.Shape.Form;
import dev.pgrunbook.language.Shape.Mapping;
import dev.pgrunbook.language.Shape.Role;
import dev.pgrunbook.language.Shape.Sql;
import dev.pgrunbook.language.Shape.Steps;
import dev.pgrunbook.language.Shape.Template;
import dev.pgrunbook.language.Shape.Text;
import dev.pgrunbook.language.Shape.Time;
import dev.pgrunbook.language.Shape.TypeWord;
import dev.pgrunbook.language.Shape.Whole;
import dev.pgrunbook.model.Expectation;
import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.model.ReviewMode;
import dev.pgrunbook.model.TransactionMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a step does: the keys of which every step has exactly one. */
public enum StepKind {
  QUERY("query", new Sql(), "Shows rows: one statement that only reads"),
  SQL("sql", new Sql(), "Runs one or more statements"),
  GENERATE("generate", new Sql(), "Has a query write statements, has them reviewed, runs them"),
  CHECK("check", new Sql(), "Asserts what a query says"),
  GATE("gate", new Template(), "Asks a person to decide"),
  PROBE("probe", new Mapping(Vocabulary.PROBE), "Polls until something is so"),
  MANUAL("manual", new Template(), "Has a person do something elsewhere"),
  WAIT(
      "wait",
      new Either(List.of(new Time(), new Mapping(Vocabulary.WAIT))),
      "Lets time pass: 10m, or {until: \"22:00\", zone: Europe/Berlin}"),
  STEPS("steps", new Steps(true), "A group, for which when, forEach and the like hold together"),
  BATCH("batch", new Anything(), "Changes rows in ranges of a key"),
  SHELL("shell", new Anything(), "Runs a command"),
  CALL("call", new Anything(), "Runs another runbook");

  private static final List<String> INSIDE_BATCH =
      List.of("table", "key", "set", "where", "size", "pauseWhile");

  // Immutable in truth: a record of texts, and of shapes that are such records.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Key key;

  StepKind(String key, Shape value, String meaning) {
    this.key = optional(key, value, meaning);
  }

  /** Returns the name of the key. */
  public String key() {
    return key.name();
  }

  /** Returns the key with its value and its meaning. */
  public Key kindKey() {
    return key;
  }

  /** Returns the keys that only such steps know, beside the one that names the kind. */
  public List<Key> ownKeys() {
    return switch (this) {
      case QUERY -> List.of(Vocabulary.SAVE);
      case SQL -> List.of(transaction(), isolation(), Vocabulary.SAVE, Vocabulary.UNDO);
      case GENERATE -> ofGenerate();
      case CHECK ->
          List.of(
              optional(
                  "expect",
                  words(Expectation.values(), Expectation::word),
                  "One row whose first column is true, no row, or at least one; true unless said"),
              optional("message", new Template(), "Printed for each row when it fails"));
      case GATE ->
          List.of(
              optional("type", new Template(), "What has to be typed to say yes"),
              optional(
                  "approvals",
                  new Whole(1, 20),
                  "How many people must say yes; from 2, none of them who runs it; 1 unless said"));
      case MANUAL ->
          List.of(
              optional(
                  "ask",
                  new Shape.OrNothing(new Entries(Form.VARIABLE, new TypeWord(), false)),
                  "What they read there, as variables: {name: type}"));
      case STEPS -> List.of(Vocabulary.PARALLEL);
      case SHELL -> List.of(optional("env", new Anything(), "Its variables"), Vocabulary.SAVE);
      case CALL -> List.of(optional("with", new Anything(), "Its parameters"), Vocabulary.SAVE);
      case PROBE, WAIT, BATCH -> List.of();
    };
  }

  private static List<Key> ofGenerate() {
    return List.of(
        optional(
            "stages",
            new Whole(1, 10),
            "Rounds: each runs, reading only, what the one before wrote; 1 unless said"),
        optional(
            "review",
            words(ReviewMode.values(), ReviewMode::word),
            "Whether somebody has to look before the statements run; required unless said"),
        optional("executeOn", new Role(), "Where the statements run; the target unless said"),
        transaction(),
        optional("pause", new Time(), "Between two statements"),
        optional(
            "window",
            new Either(List.of(new Text(), new Mapping(Vocabulary.WINDOW))),
            "Statements begin within it only: 22:00-06:00 Europe/Berlin"),
        Vocabulary.SAVE,
        Vocabulary.UNDO);
  }

  private static Key transaction() {
    return optional(
        "transaction",
        words(TransactionMode.values(), TransactionMode::word),
        "All statements in one, each in its own, or outside a transaction block; each unless said");
  }

  private static Key isolation() {
    return optional(
        "isolation",
        words(Isolation.values(), Isolation::word),
        "The transaction's isolation level; the server's unless said");
  }

  private static <E> Choice words(E[] values, Function<E, String> word) {
    List<String> words = new ArrayList<>();
    for (E value : values) {
      words.add(word.apply(value));
    }
    return new Choice(words);
  }

  /** Returns every key of such steps: the common ones, the kind's, and its own. */
  public List<Key> keys() {
    Map<String, Key> keys = new LinkedHashMap<>();
    for (Key common : Vocabulary.STEP.keys()) {
      boolean needed = needsTarget() && common.name().equals("target");
      keys.put(common.name(), needed ? common.asRequired() : common);
    }
    keys.put(key.name(), key);
    ownKeys().forEach(own -> keys.put(own.name(), own));
    return List.copyOf(keys.values());
  }

  /** Returns the keys that this version does not heed for such steps. */
  public List<String> keysOfLaterVersions() {
    return switch (this) {
      case QUERY, SQL, GENERATE, CHECK -> List.of();
      case PROBE -> List.of("retry");
      case GATE, MANUAL, WAIT, STEPS -> List.of("timeout", "retry");
      case BATCH, SHELL, CALL -> List.of();
    };
  }

  /** Returns the keys that such steps cannot have without another one. */
  public Map<String, String> companions() {
    if (this == PROBE) {
      return Map.of("unless", "target", "verify", "target");
    }
    return needsTarget()
        ? Map.of("onTimeout", "timeout")
        : Map.of("unless", "target", "verify", "target", "onTimeout", "timeout");
  }

  /** Returns whether this version carries such steps out. */
  public boolean isSupported() {
    return switch (this) {
      case QUERY, SQL, GENERATE, CHECK, GATE, PROBE, MANUAL, WAIT, STEPS -> true;
      case BATCH, SHELL, CALL -> false;
    };
  }

  /** Returns whether such steps give rows that can be kept. */
  public boolean saves() {
    return switch (this) {
      case QUERY, SQL, GENERATE, SHELL, CALL -> true;
      case CHECK, GATE, PROBE, MANUAL, WAIT, STEPS, BATCH -> false;
    };
  }

  /** Returns whether such steps work on their target, which they cannot do without. */
  public boolean needsTarget() {
    return switch (this) {
      case QUERY, SQL, GENERATE, CHECK -> true;
      case GATE, PROBE, MANUAL, WAIT, STEPS, BATCH, SHELL, CALL -> false;
    };
  }

  /** Returns the kind that a key names, or null. */
  public static @Nullable StepKind of(String key) {
    for (StepKind kind : values()) {
      if (kind.key().equals(key)) {
        return kind;
      }
    }
    return null;
  }

  /** Returns the kinds that this version carries out. */
  public static List<StepKind> supported() {
    return Arrays.stream(values()).filter(StepKind::isSupported).toList();
  }

  /** Returns the keys of the kinds that this version carries out. */
  public static List<String> supportedKeys() {
    return supported().stream().map(StepKind::key).toList();
  }

  /** Says where a key belongs that a step of this kind does not know, or nothing. */
  public @Nullable String misplaced(String wrongKey) {
    // People write these beside the kind's key instead of inside it.
    if (Vocabulary.PROBE.names().contains(wrongKey)) {
      return "\"" + wrongKey + "\" belongs inside \"probe\"";
    }
    if (INSIDE_BATCH.contains(wrongKey)) {
      return "\"" + wrongKey + "\" belongs inside \"batch\"";
    }
    List<String> owners = new ArrayList<>();
    for (StepKind kind : values()) {
      if (kind.ownKeys().stream().anyMatch(own -> own.name().equals(wrongKey))) {
        owners.add("\"" + kind.key() + "\"");
      }
    }
    return owners.isEmpty()
        ? null
        : "\""
            + wrongKey
            + "\" belongs to "
            + String.join(", ", owners)
            + ", and this step is a \""
            + key()
            + "\"";
  }
}
