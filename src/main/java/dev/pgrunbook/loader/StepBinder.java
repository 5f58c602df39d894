package dev.pgrunbook.loader;

import dev.pgrunbook.language.StepKind;
import dev.pgrunbook.language.Vocabulary;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.Save;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.StepHeader;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds steps, in the order in which they run. */
final class StepBinder {

  private final BindingContext context;
  private final Findings findings;
  private final HeaderBinder headers;
  private final StatementKinds statements;
  private final PeopleKinds people;
  private final ProbeBinder probes;

  StepBinder(BindingContext context) {
    this.context = context;
    this.findings = context.findings();
    this.headers = new HeaderBinder(context, this);
    this.statements = new StatementKinds(context);
    this.people = new PeopleKinds(context);
    this.probes = new ProbeBinder(context, this);
  }

  /** Returns the steps of a key's list; none when it is absent or holds nothing. */
  List<Step> bindAll(MappingReader reader, String key, VariableScope scope) {
    return bindAll(reader.items(key), scope);
  }

  private List<Step> bindAll(List<SyntaxNode> nodes, VariableScope scope) {
    List<Step> steps = new ArrayList<>();
    for (SyntaxNode node : nodes) {
      MappingReader reader = MappingReader.of(node, Vocabulary.STEP, findings);
      Step step = reader == null ? null : bind(reader, scope);
      if (step != null) {
        steps.add(step);
      }
    }
    return steps;
  }

  private @Nullable Step bind(MappingReader reader, VariableScope outer) {
    HeaderBinder.Site header = headers.begin(reader, outer);
    List<MappingNode.Entry> kinds = kinds(reader);
    if (kinds.size() != 1) {
      findings.add(kinds.isEmpty() ? noKind(reader) : twoKinds(kinds));
      finishWithoutKind(reader, outer);
      return null;
    }
    MappingNode.Entry entry = kinds.get(0);
    StepKind kind = kind(entry);
    if (!kind.isSupported()) {
      findings.add(RunbookRule.laterVersion("\"" + kind.key() + "\"", entry.key().span()));
      finishWithoutKind(reader, outer);
      return null;
    }
    return bind(reader, kind, entry.value(), header, outer);
  }

  private @Nullable Step bind(
      MappingReader reader,
      StepKind kind,
      SyntaxNode value,
      HeaderBinder.Site header,
      VariableScope outer) {
    reader.allow(kind.keys());
    reader.take(kind.key());
    if (kind.needsTarget()) {
      reader.require("target", "target: and the database it runs on");
    }
    Save save = kind.saves() ? context.saves().bind(reader) : null;
    StepSite site = new StepSite(reader, value, header.scope(), header.target(), save);
    StepSite.Body body = body(kind, site);
    StepHeader bound = headers.finish(header, kind, body == null ? null : body.timeout());
    reader.finish(kind::misplaced);
    outer.declareAll(header.scope().savedBeyond(outer));
    if (save != null) {
      boolean eachItem = reader.node().get("forEach") != null;
      SaveBinder.variables(save, reader, eachItem, outer.isRepeated()).forEach(outer::declare);
    }
    return body == null ? null : body.under(bound);
  }

  private StepSite.@Nullable Body body(StepKind kind, StepSite site) {
    return switch (kind) {
      case QUERY -> statements.query(site);
      case SQL -> statements.sql(site);
      case GENERATE -> statements.generate(site);
      case CHECK -> statements.check(site);
      case GATE -> people.gate(site);
      case MANUAL -> people.manual(site);
      case WAIT -> people.waiting(site);
      case PROBE -> probes.bind(site);
      case STEPS -> group(site);
      case BATCH, SHELL, CALL -> throw new AssertionError(kind);
    };
  }

  private StepSite.Body group(StepSite site) {
    int parallel = ForEachBinder.parallel(site.reader(), site.scope(), findings);
    List<Step> steps =
        parallel > 1
            ? bindSideBySide(site.reader().items("steps"), site.scope())
            : bindAll(site.reader(), "steps", site.scope());
    if (isEmptyList(site.value())) {
      findings.add(
          RunbookRule.MISSING_KEY.at(site.reader().keySpan("steps"), "\"steps\" holds no step"));
    }
    return header -> new GroupStep(header, steps, parallel);
  }

  private List<Step> bindSideBySide(List<SyntaxNode> nodes, VariableScope scope) {
    List<Step> steps = new ArrayList<>();
    Map<String, Variable> saved = new LinkedHashMap<>();
    for (SyntaxNode node : nodes) {
      VariableScope own = scope.ofStepSideBySide(saved);
      steps.addAll(bindAll(List.of(node), own));
      saved.putAll(own.savedBeyond(scope));
    }
    scope.declareAll(saved);
    return steps;
  }

  static boolean isEmptyList(SyntaxNode node) {
    return MappingReader.isNothing(node)
        || node instanceof SequenceNode sequence && sequence.items().isEmpty();
  }

  private static List<MappingNode.Entry> kinds(MappingReader reader) {
    List<MappingNode.Entry> kinds = new ArrayList<>();
    for (MappingNode.Entry entry : reader.node().entries()) {
      if (StepKind.of(entry.key().text()) != null) {
        kinds.add(entry);
      }
    }
    return kinds;
  }

  private static StepKind kind(MappingNode.Entry entry) {
    StepKind kind = StepKind.of(entry.key().text());
    if (kind == null) {
      throw new AssertionError(entry);
    }
    return kind;
  }

  private static Diagnostic noKind(MappingReader reader) {
    List<MappingNode.Entry> entries = reader.node().entries();
    SourceSpan span = entries.isEmpty() ? reader.node().span() : entries.get(0).key().span();
    String hint = "give it one of " + String.join(", ", StepKind.supportedKeys());
    for (MappingNode.Entry entry : entries) {
      String key = entry.key().text();
      String meant =
          Vocabulary.STEP.names().contains(key)
              ? null
              : Spelling.closest(key, StepKind.supportedKeys());
      if (meant != null) {
        span = entry.key().span();
        hint = "did you mean \"" + meant + "\" instead of \"" + key + "\"?";
      }
    }
    return RunbookRule.STEP_KIND.at(span, "this step does nothing").withHint(hint);
  }

  private static Diagnostic twoKinds(List<MappingNode.Entry> kinds) {
    MappingNode.Entry first = kinds.get(0);
    MappingNode.Entry second = kinds.get(1);
    String message =
        "a step does one thing, and this one has \""
            + first.key().text()
            + "\" and \""
            + second.key().text()
            + "\"";
    return RunbookRule.STEP_KIND
        .at(second.key().span(), message)
        .withHint("make two steps of it")
        .withRelated("the first", first.key().span());
  }

  /** Without a kind nobody knows which keys are wrong; what is saved is known all the same. */
  private void finishWithoutKind(MappingReader reader, VariableScope outer) {
    reader.allow(List.of(Vocabulary.SAVE));
    Save save = reader.node().get("save") == null ? null : context.saves().bind(reader);
    if (save != null) {
      SaveBinder.variables(save, reader, false, true).forEach(outer::declare);
    }
  }
}
