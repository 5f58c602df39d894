package dev.pgrunbook.repl;

import com.google.gson.JsonParseException;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.ParameterValue;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.ValueJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that an operator types, and the names they are for. */
final class Values {

  /**
   * What a text is as a value.
   *
   * @param value the value, or null when it is none
   * @param problem why it is none; empty when it is one
   */
  record Read(@Nullable Value value, String problem) {}

  private final Runbook runbook;

  Values(Runbook runbook) {
    this.runbook = runbook;
  }

  /** Returns the names of all parameters, and of all variables that steps save or ask for. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    runbook.parameters().forEach(parameter -> names.add(parameter.name()));
    for (Step step : runbook.allSteps()) {
      if (step.save() != null) {
        names.addAll(step.save().variables());
      }
      if (step instanceof ManualStep manual) {
        names.addAll(manual.ask().keySet());
      }
    }
    return names.stream().distinct().toList();
  }

  /** Returns the value that a text is for a parameter or a variable. */
  Read read(String name, String text) {
    Parameter parameter = runbook.parameter(name);
    if (text.equals("null")) {
      boolean required = parameter != null && parameter.required();
      return required
          ? new Read(null, name + " is required, and cannot be null")
          : new Read(Value.none(), "");
    }
    if (parameter != null) {
      return read(ParameterValue.parse(parameter, SourceText.of("<" + name + ">", text)));
    }
    for (Step step : runbook.allSteps()) {
      ParameterType type = step instanceof ManualStep manual ? manual.ask().get(name) : null;
      if (type != null) {
        return read(name, type, text);
      }
    }
    return new Read(jsonOrText(text), "");
  }

  static Read read(String name, ParameterType type, String text) {
    return read(ParameterValue.parse(type, SourceText.of("<" + name + ">", text)));
  }

  private static Read read(Validated<Value> parsed) {
    Value value = parsed.orNull();
    return value == null
        ? new Read(null, parsed.diagnostics().get(0).message())
        : new Read(value, "");
  }

  /** What steps save has no declared type: JSON says what it is, and all else is a text. */
  private static Value jsonOrText(String text) {
    try {
      return ValueJson.parse(text);
    } catch (JsonParseException noJson) {
      return Value.text(text);
    }
  }
}
