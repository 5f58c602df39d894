package dev.pgrunbook.loader;

import dev.pgrunbook.language.Vocabulary;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.model.ParameterValue;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds one entry of {@code params}. */
final class ParameterBinder {

  private static final ParameterType TEXT = new ParameterType(Base.TEXT, false);

  private final Findings findings;
  private final ValueBinder values;

  ParameterBinder(Findings findings) {
    this.findings = findings;
    this.values = new ValueBinder(findings);
  }

  /** Returns the parameter, as far as it is sound, or null when it cannot be named. */
  @Nullable Parameter bind(MappingNode.Entry entry) {
    String name = entry.key().text();
    if (NameForm.VARIABLE.refuses(entry.key(), "a parameter", findings)) {
      return null;
    }
    MappingNode body = body(entry);
    MappingReader reader =
        new MappingReader(body, Vocabulary.PARAMETER, "parameter \"" + name + "\"", findings);
    ParameterType type = type(reader);
    boolean required = reader.flag("required");
    Parameter limits = limits(reader, name, type, required);
    Value defaultValue = value(reader, "default", limits);
    Value example = value(reader, "example", limits);
    checkDefault(reader, type, required);
    reader.finish();
    return new Parameter(
        name,
        type,
        required,
        defaultValue,
        limits.choices(),
        limits.pattern(),
        limits.minimum(),
        limits.maximum(),
        limits.description(),
        example);
  }

  private MappingNode body(MappingNode.Entry entry) {
    if (entry.value() instanceof MappingNode mapping) {
      return mapping;
    }
    if (!MappingReader.isNothing(entry.value())) {
      String message = "a parameter must be a mapping, not " + entry.value().description();
      findings.add(
          RunbookRule.WRONG_TYPE
              .at(entry.value().span(), message)
              .withHint("write " + entry.key().text() + ": {type: text, default: …}"));
    }
    return new MappingNode(entry.value().span(), List.of());
  }

  private ParameterType type(MappingReader reader) {
    ScalarNode scalar = reader.scalar("type");
    ParameterType type = scalar == null ? TEXT : typed(scalar, findings);
    return type == null ? TEXT : type;
  }

  /** Returns the type that a word is, or null. */
  static @Nullable ParameterType typed(ScalarNode scalar, Findings findings) {
    ParameterType type = ParameterType.of(scalar.text());
    if (type == null) {
      findings.add(
          RunbookRule.PARAMETER_TYPE
              .at(scalar.span(), "unknown type \"" + scalar.text() + "\"")
              .withHint(typeHint(scalar.text())));
    }
    return type;
  }

  private static String typeHint(String unknown) {
    boolean list = unknown.endsWith("[]");
    String word = list ? unknown.substring(0, unknown.length() - 2) : unknown;
    String meant = otherwiseCalled(word);
    if (meant == null) {
      meant = Spelling.closest(word, ParameterType.words());
    }
    return meant == null
        ? "types are " + String.join(", ", ParameterType.words()) + ", each also with []"
        : "did you mean \"" + meant + (list ? "[]" : "") + "\"?";
  }

  /** Returns the type that PostgreSQL or other languages call by a word, or null. */
  private static @Nullable String otherwiseCalled(String word) {
    return switch (word) {
      case "string", "varchar", "str" -> "text";
      case "int", "bigint", "int8", "int4", "smallint" -> "integer";
      case "float", "double", "decimal", "numeric", "real" -> "number";
      case "bool" -> "boolean";
      case "timestamptz", "datetime" -> "timestamp";
      case "duration" -> "interval";
      case "regclass", "relation" -> "table";
      case "name", "column" -> "identifier";
      case "jsonb", "object" -> "json";
      case "password" -> "secret";
      default -> null;
    };
  }

  /** Returns the parameter without default and example, to check these against. */
  private Parameter limits(
      MappingReader reader, String name, ParameterType type, boolean required) {
    List<Value> choices = choices(reader, type);
    String pattern = pattern(reader, type);
    Value minimum = limit(reader, "min", type);
    Value maximum = limit(reader, "max", type);
    if (minimum != null
        && maximum != null
        && ParameterValue.compare(type.base(), minimum, maximum) > 0) {
      findings.add(
          RunbookRule.PARAMETER_LIMITS.at(
              reader.keySpan("max"), "\"max\" is less than \"min\", so no value fits"));
      maximum = null;
    }
    return new Parameter(
        name,
        type,
        required,
        null,
        choices,
        pattern,
        minimum,
        maximum,
        reader.text("description"),
        null);
  }

  private List<Value> choices(MappingReader reader, ParameterType type) {
    SyntaxNode node = reader.take("choices");
    if (node == null) {
      return List.of();
    }
    if (type.base() == Base.SECRET) {
      findings.add(
          RunbookRule.PARAMETER_LIMITS.at(
              reader.keySpan("choices"), "a secret has no choices: a file would tell them"));
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence) || sequence.items().isEmpty()) {
      String message = "\"choices\" must be a list of values";
      findings.add(RunbookRule.WRONG_TYPE.at(node.span(), message).withHint("write [a, b]"));
      return List.of();
    }
    List<Value> choices = new ArrayList<>();
    for (SyntaxNode item : sequence.items()) {
      Value choice = values.typed(item, type.item(), RunbookRule.PARAMETER_LIMITS, "a choice");
      if (choice != null) {
        choices.add(choice);
      }
    }
    return choices;
  }

  private @Nullable String pattern(MappingReader reader, ParameterType type) {
    ScalarNode scalar = reader.scalar("pattern");
    if (scalar == null) {
      return null;
    }
    String problem =
        ParameterValue.isTextual(type.base())
            ? ParameterValue.patternProblem(scalar.text())
            : "\"pattern\" is for texts, and this is of type " + type.word();
    if (problem == null) {
      return scalar.text();
    }
    findings.add(
        RunbookRule.PARAMETER_LIMITS
            .at(scalar.span(), problem)
            .withHint(
                ParameterValue.isTextual(type.base())
                    ? "patterns are written as RE2 has them, without back references and lookaround"
                    : null));
    return null;
  }

  private @Nullable Value limit(MappingReader reader, String key, ParameterType type) {
    ScalarNode scalar = reader.scalar(key);
    if (scalar == null) {
      return null;
    }
    if (!ParameterValue.isOrdered(type.base())) {
      String message =
          "\"" + key + "\" is for numbers and times, and this is of type " + type.word();
      findings.add(RunbookRule.PARAMETER_LIMITS.at(reader.keySpan(key), message));
      return null;
    }
    return values.typed(scalar, type.item(), RunbookRule.PARAMETER_LIMITS, "\"" + key + "\"");
  }

  private @Nullable Value value(MappingReader reader, String key, Parameter limits) {
    SyntaxNode node = reader.take(key);
    if (node == null) {
      return null;
    }
    RunbookRule rule = RunbookRule.PARAMETER_DEFAULT;
    Value value = values.typed(node, limits.type(), rule, "\"" + key + "\"");
    if (value == null || value.isNull()) {
      return null;
    }
    for (Diagnostic misfit : ParameterValue.check(limits, value, node.span())) {
      findings.add(rule.instead(misfit, node.span()));
    }
    return value;
  }

  private void checkDefault(MappingReader reader, ParameterType type, boolean required) {
    SourceSpan key = reader.keySpan("default");
    if (reader.node().entry("default") == null) {
      return;
    }
    if (type.base() == Base.SECRET) {
      findings.add(
          RunbookRule.PARAMETER_DEFAULT
              .at(key, "a secret has no default: it would stand in the file")
              .withHint("leave it out; a run asks for it or takes it from -p"));
    } else if (required) {
      findings.add(
          RunbookRule.CONFLICTING_KEYS
              .at(key, "a required parameter needs no default")
              .withHint("leave \"required\" or \"default\" out"));
    }
  }
}
