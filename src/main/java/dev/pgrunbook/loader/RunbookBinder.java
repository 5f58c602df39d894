package dev.pgrunbook.loader;

import dev.pgrunbook.language.Vocabulary;
import dev.pgrunbook.model.Link;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds a whole file. */
final class RunbookBinder {

  private final BindingContext context;
  private final Findings findings;

  RunbookBinder(BindingContext context) {
    this.context = context;
    this.findings = context.findings();
  }

  /** Returns the runbook; when it is null, or anything else is wrong, the findings say so. */
  @Nullable Runbook bind(SyntaxNode root) {
    MappingReader reader = MappingReader.of(root, Vocabulary.RUNBOOK, findings);
    if (reader == null) {
      return null;
    }
    String requires = reader.text("requires");
    if (requires != null && !VersionRules.admits(reader, requires)) {
      // Every other complaint would be about what this version does not know.
      return null;
    }
    String name = name(reader);
    String version = VersionRules.version(reader);
    String title = text(reader.requiredScalar("title", "title: and what it does, in one line"));
    String description = reader.text("description");
    List<Link> links = DocumentationBinder.links(reader);
    VariableScope scope = VariableScope.ofRunbook(SaveBinder.everSaved(root));
    List<Parameter> parameters = parameters(reader, scope);
    List<TargetRole> targets = context.targets().bind(reader.entries("targets"));
    StepBinder steps = new StepBinder(context);
    List<Step> main = main(reader, steps, scope);
    List<Step> onFailure = steps.bindAll(reader, "onFailure", scope);
    List<Step> finallySteps = steps.bindAll(reader, "finally", scope);
    reader.finish();
    if (findings.hasErrors()) {
      return null;
    }
    Runbook runbook =
        new Runbook(
            name,
            version,
            requires,
            title,
            description,
            links,
            parameters,
            targets,
            main,
            onFailure,
            finallySteps);
    Lint lint = new Lint(context);
    lint.check(runbook, scope, entries(reader, "params"), entries(reader, "targets"));
    return runbook;
  }

  private String name(MappingReader reader) {
    ScalarNode scalar = reader.requiredScalar("runbook", "runbook: folder/what-it-does");
    if (scalar != null) {
      NameForm.RUNBOOK.refuses(scalar, "a runbook", findings);
    }
    return text(scalar);
  }

  /** Returns a text, or nothing for one whose absence has been reported. */
  private static String text(@Nullable ScalarNode scalar) {
    return scalar == null ? "" : scalar.text();
  }

  private List<Parameter> parameters(MappingReader reader, VariableScope scope) {
    List<Parameter> parameters = new ArrayList<>();
    ParameterBinder binder = new ParameterBinder(findings);
    for (MappingNode.Entry entry : reader.entries("params")) {
      Parameter parameter = binder.bind(entry);
      if (parameter != null) {
        parameters.add(parameter);
        context.saves().claim(entry.key());
        scope.declare(Variable.of(parameter.name(), parameter.type(), entry.key().span()));
      }
    }
    return parameters;
  }

  private List<Step> main(MappingReader reader, StepBinder steps, VariableScope scope) {
    if (!reader.require("steps", "steps: and what to do, one - id: a step")) {
      return List.of();
    }
    SyntaxNode node = reader.take("steps");
    if (node != null && StepBinder.isEmptyList(node)) {
      findings.add(RunbookRule.MISSING_KEY.at(reader.keySpan("steps"), "\"steps\" holds no step"));
    }
    return steps.bindAll(reader, "steps", scope);
  }

  private static Map<String, MappingNode.Entry> entries(MappingReader reader, String key) {
    Map<String, MappingNode.Entry> entries = new LinkedHashMap<>();
    reader.entries(key).forEach(entry -> entries.put(entry.key().text(), entry));
    return entries;
  }
}
