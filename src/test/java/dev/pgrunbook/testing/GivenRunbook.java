package dev.pgrunbook.testing;

import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.ParameterValue;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A runbook of a test, and what its parameters are given; a mistake in either fails the test. */
final class GivenRunbook {

  private final SourceFile file;
  private final Runbook runbook;
  private final Map<String, List<String>> texts = new LinkedHashMap<>();

  GivenRunbook(SourceFile file) {
    this.file = file;
    String folder = file.name().substring(0, file.name().lastIndexOf('/') + 1);
    SourceResolver files = SourceResolver.resources(GivenRunbook.class.getClassLoader(), folder);
    this.runbook =
        valid(new RunbookLoader(new YamlFrontEnd()).load(file, files).map(LoadedRunbook::runbook));
  }

  Runbook runbook() {
    return runbook;
  }

  String digest() {
    return RunbookDigest.of(runbook);
  }

  /** Gives a parameter one or more texts. */
  void with(String parameter, String... given) {
    texts.put(parameter, List.of(given));
  }

  Map<String, Value> arguments() {
    return arguments(parameter -> true);
  }

  /** Returns the secrets among them: a resumed run is given them again, as no journal has them. */
  Map<String, Value> secrets() {
    return arguments(parameter -> parameter.type().base() == ParameterType.Base.SECRET);
  }

  private Map<String, Value> arguments(Predicate<Parameter> wanted) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Parameter parameter : runbook.parameters()) {
      List<String> given = texts.get(parameter.name());
      if (given != null && wanted.test(parameter)) {
        values.put(parameter.name(), value(parameter, given));
      }
    }
    return values;
  }

  private static Value value(Parameter parameter, List<String> texts) {
    String name = "-p " + parameter.name();
    return valid(
        ParameterValue.parse(
            parameter, texts.stream().map(text -> SourceText.of(name, text)).toList()));
  }

  /** Keeps the runbook beside a journal. */
  Map<String, String> keep(Journal journal) {
    return Map.of(file.name(), journal.attach(file.text()));
  }

  private static <T> T valid(Validated<T> validated) {
    T value = validated.orNull();
    if (value == null) {
      throw new AssertionError(String.valueOf(validated.diagnostics()));
    }
    return value;
  }
}
