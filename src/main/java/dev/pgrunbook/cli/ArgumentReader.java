package dev.pgrunbook.cli;

import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.model.ParameterValue;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a runbook's arguments from the command line and from files of parameters. */
final class ArgumentReader {

  private final String runbook;
  private final List<Parameter> parameters;
  private final Map<String, List<SourceText>> given = new LinkedHashMap<>();
  private final Map<String, Value> planned = new LinkedHashMap<>();
  private final List<Diagnostic> mistakes = new ArrayList<>();

  /**
   * @param runbook the runbook's name
   * @param parameters the parameters that may be given
   */
  ArgumentReader(String runbook, List<Parameter> parameters) {
    this.runbook = runbook;
    this.parameters = parameters;
  }

  /** Takes {@code NAME=VALUE} pairs in; they win over files that were taken in before. */
  void takePairs(List<String> pairs) {
    for (String pair : pairs) {
      if (pair.indexOf('=') < 0) {
        mistake("-p takes NAME=VALUE, not \"" + pair + "\"", null);
      }
    }
    RunFlags.pairs(pairs)
        .forEach(
            (name, values) ->
                given.put(name, values.stream().map(v -> SourceText.of("-p " + name, v)).toList()));
  }

  /** Takes a YAML or JSON file of parameters in. */
  void takeFile(Path path, String displayName) {
    Validated<SourceFile> file = SourceReader.read(path, displayName);
    SourceFile source = file.orNull();
    mistakes.addAll(file.diagnostics());
    if (source == null) {
      return;
    }
    Validated<SyntaxNode> tree = new YamlFrontEnd().parse(source);
    mistakes.addAll(tree.diagnostics());
    SyntaxNode root = tree.orNull();
    if (root instanceof MappingNode mapping) {
      mapping.entries().forEach(this::takeEntry);
    } else if (root != null) {
      mistakes.add(
          Diagnostic.error("parameter-value", root.span(), "a file of parameters is a mapping"));
    }
  }

  private void takeEntry(MappingNode.Entry entry) {
    String name = entry.key().text();
    boolean json = false;
    boolean list = false;
    for (Parameter parameter : parameters) {
      boolean named = parameter.name().equals(name);
      json |= named && parameter.type().base() == Base.JSON;
      list |= named && parameter.type().list();
    }
    boolean many = entry.value() instanceof SequenceNode && (list || !json);
    List<SyntaxNode> items =
        many && entry.value() instanceof SequenceNode all ? all.items() : List.of(entry.value());
    List<SourceText> texts = new ArrayList<>();
    for (SyntaxNode item : items) {
      if (json) {
        texts.add(SourceText.of(item.span().file().name(), NodeJson.of(item).toString()));
      } else if (item instanceof ScalarNode scalar && !scalar.isNull()) {
        texts.add(scalar.content());
      } else {
        String what = "a parameter's value is a text or a list of texts, not ";
        mistakes.add(
            Diagnostic.error("parameter-value", item.span(), what + item.description())
                .withHint(item instanceof ScalarNode ? "leave the line out" : null));
      }
    }
    given.put(name, texts);
  }

  /** Takes values for what is not given; secrets are in no plan. */
  void takeValues(Map<String, Value> values) {
    for (Parameter parameter : parameters) {
      Value value = values.get(parameter.name());
      if (value != null && !value.isNull() && parameter.type().base() != Base.SECRET) {
        planned.put(parameter.name(), value);
      }
    }
  }

  /** Takes the example of every required parameter that is not given; returns their names. */
  List<String> takeExamples() {
    List<String> taken = new ArrayList<>();
    for (Parameter parameter : parameters) {
      Value example = parameter.example();
      boolean lacking = parameter.required() && !given.containsKey(parameter.name());
      if (lacking && example != null && parameter.type().base() != Base.SECRET) {
        List<Value> items = example instanceof ListValue list ? list.items() : List.of(example);
        String name = "the example of " + parameter.name();
        given.put(
            parameter.name(), items.stream().map(i -> SourceText.of(name, i.display())).toList());
        taken.add(parameter.name());
      }
    }
    return taken;
  }

  /** Returns the value of every parameter, or everything that is wrong. */
  Validated<Map<String, Value>> arguments() {
    Map<String, Value> arguments = new LinkedHashMap<>();
    List<String> known = parameters.stream().map(Parameter::name).toList();
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        String hint = Spelling.didYouMean(name, known);
        mistake(
            runbook + " has no parameter \"" + name + "\"",
            hint != null ? hint : known.isEmpty() ? "it has none" : "it has: " + join(known));
      }
    }
    for (Parameter parameter : parameters) {
      arguments.put(parameter.name(), argument(parameter));
    }
    return Validated.of(arguments, mistakes);
  }

  private Value argument(Parameter parameter) {
    List<SourceText> texts = given.get(parameter.name());
    Value fallback = parameter.defaultValue() == null ? Value.none() : parameter.defaultValue();
    Value value = planned.get(parameter.name());
    if (texts == null && value != null) {
      return value;
    }
    if (texts == null) {
      if (parameter.required()) {
        mistake(
            "the parameter \"" + parameter.name() + "\" is required",
            "give it with " + example(parameter));
      }
      return fallback;
    }
    Validated<Value> read = ParameterValue.parse(parameter, texts);
    mistakes.addAll(read.diagnostics());
    Value parsed = read.orNull();
    return parsed == null ? fallback : parsed;
  }

  private static String example(Parameter parameter) {
    Value example = parameter.example();
    String option = "-p " + parameter.name() + "=";
    if (example == null || parameter.type().base() == Base.SECRET) {
      return option + "…";
    }
    List<Value> items = example instanceof ListValue list ? list.items() : List.of(example);
    List<String> options = new ArrayList<>();
    items.forEach(item -> options.add(option + ShellText.quoted(item.display())));
    return String.join(" ", options);
  }

  private void mistake(String message, @Nullable String hint) {
    mistakes.add(Diagnostic.error("parameter-value", null, message).withHint(hint));
  }

  private static String join(List<String> names) {
    return String.join(", ", names);
  }
}
