package dev.pgrunbook.loader;

import dev.pgrunbook.expression.TextTemplate;
import dev.pgrunbook.expression.Type;
import dev.pgrunbook.model.GateStep;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.WaitStep;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds the kinds of steps that wait for people or time: gate, manual, wait. */
final class PeopleKinds {

  private final BindingContext context;

  PeopleKinds(BindingContext context) {
    this.context = context;
  }

  StepSite.@Nullable Body gate(StepSite site) {
    MappingReader reader = site.reader();
    TextTemplate gate = text(site, "\"gate\"");
    TextTemplate type = context.expressions().text(reader, "type", site.scope(), site.scope());
    int approvals = reader.integer("approvals", 1);
    return gate == null ? null : header -> new GateStep(header, gate, type, approvals);
  }

  StepSite.@Nullable Body manual(StepSite site) {
    TextTemplate manual = text(site, "\"manual\"");
    Map<String, ParameterType> ask = new LinkedHashMap<>();
    for (MappingNode.Entry entry : site.reader().entries("ask")) {
      ParameterType type = asked(site.reader(), entry);
      if (type != null) {
        String name = entry.key().text();
        ask.put(name, type);
        site.scope().declare(answer(site.scope(), name, type, entry));
      }
    }
    return manual == null ? null : header -> new ManualStep(header, manual, ask);
  }

  /** In a loop there is an answer for each item, and nobody is sure yet how they are kept. */
  private static Variable answer(
      VariableScope scope, String name, ParameterType type, MappingNode.Entry entry) {
    return scope.isRepeated()
        ? Variable.of(name, Type.DYNAMIC, entry.key().span())
        : Variable.of(name, type, entry.key().span());
  }

  /** Returns the type of an answer, or null. */
  private @Nullable ParameterType asked(MappingReader reader, MappingNode.Entry entry) {
    ScalarNode name = entry.key();
    boolean claimed = context.saves().claim(name);
    ScalarNode word = reader.asScalar(entry.value(), "an answer's type");
    ParameterType type = word == null ? null : ParameterBinder.typed(word, context.findings());
    return claimed ? type : null;
  }

  StepSite.@Nullable Body waiting(StepSite site) {
    WaitStep.End end = context.clocks().end(site.value());
    return end == null ? null : header -> new WaitStep(header, end);
  }

  private @Nullable TextTemplate text(StepSite site, String name) {
    ScalarNode scalar = site.reader().asScalar(site.value(), name);
    return scalar == null ? null : context.expressions().text(scalar, site.scope(), site.scope());
  }
}
