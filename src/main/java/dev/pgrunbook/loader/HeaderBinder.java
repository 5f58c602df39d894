package dev.pgrunbook.loader;

import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.expression.TextTemplate;
import dev.pgrunbook.expression.Type;
import dev.pgrunbook.language.StepKind;
import dev.pgrunbook.model.Documentation;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.StepHeader;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.syntax.ScalarNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds the keys that every step may have. */
final class HeaderBinder {

  /** Stands for an id that is missing; no step with it gets out of here. */
  private static final String NO_ID = "?";

  private final BindingContext context;
  private final Findings findings;
  private final StepBinder steps;
  private final ForEachBinder loops;

  HeaderBinder(BindingContext context, StepBinder steps) {
    this.context = context;
    this.findings = context.findings();
    this.steps = steps;
    this.loops = new ForEachBinder(context.findings());
  }

  /**
   * What a header says before the step's kind is bound.
   *
   * @param scope the names that the step can use, its loop's included
   */
  record Site(
      MappingReader reader,
      String id,
      @Nullable String target,
      @Nullable ForEach forEach,
      VariableScope scope) {}

  /** Binds what the kind must know: who the step is, where it works, and what it loops over. */
  Site begin(MappingReader reader, VariableScope outer) {
    String id = id(reader);
    String target = context.targets().use(reader, "target");
    ForEachBinder.Loop loop = loops.bind(reader, outer);
    return new Site(
        reader,
        id,
        target,
        loop == null ? null : loop.forEach(),
        loop == null ? outer : loop.scope(outer));
  }

  /**
   * Binds the rest.
   *
   * @param ownTimeout what the kind says about it elsewhere, or null
   */
  StepHeader finish(Site site, StepKind kind, @Nullable Duration ownTimeout) {
    MappingReader reader = site.reader();
    VariableScope scope = site.scope();
    Documentation documentation = DocumentationBinder.bind(reader);
    Expression when = context.expressions().expression(reader, "when", Type.BOOL, scope, scope);
    TextTemplate confirm = context.expressions().text(reader, "confirm", scope, scope);
    SqlTemplate unless = guard(reader, "unless", kind, scope);
    SqlTemplate verify = guard(reader, "verify", kind, scope);
    Duration timeout = timeout(reader, kind, ownTimeout);
    Duration lockTimeout = reader.duration("lockTimeout", DurationLimits.SERVER);
    refuseForNow(reader, kind);
    List<Step> onTimeout = onTimeout(reader, scope, timeout);
    return new StepHeader(
        site.id(),
        documentation,
        site.target(),
        when,
        site.forEach(),
        confirm,
        unless,
        verify,
        timeout,
        lockTimeout,
        RetryBinder.bind(reader),
        onTimeout);
  }

  /**
   * A key that this version would read and then not heed is refused, so that nothing half works.
   */
  private void refuseForNow(MappingReader reader, StepKind kind) {
    for (String key : kind.keysOfLaterVersions()) {
      if (reader.take(key) != null) {
        findings.add(
            RunbookRule.laterVersion(
                "\"" + key + "\" of a \"" + kind.key() + "\"", reader.keySpan(key)));
      }
    }
  }

  private String id(MappingReader reader) {
    ScalarNode scalar = reader.requiredScalar("id", "id: drop-indexes");
    if (scalar == null) {
      return NO_ID;
    }
    NameForm.STEP.refuses(scalar, "a step", findings);
    SourceSpan first = context.ids().putIfAbsent(scalar.text(), scalar.span());
    if (first != null) {
      findings.add(
          RunbookRule.DUPLICATE_ID
              .at(scalar.span(), "there is a step \"" + scalar.text() + "\" already")
              .withRelated("the first", first));
    }
    return scalar.text();
  }

  private @Nullable SqlTemplate guard(
      MappingReader reader, String key, StepKind kind, VariableScope scope) {
    SqlTemplate sql = context.sql().bind(reader, key, scope);
    boolean homeless = reader.node().get("target") == null && !kind.needsTarget();
    if (homeless && reader.node().get(key) != null) {
      findings.add(
          RunbookRule.MISSING_KEY
              .at(reader.keySpan(key), "\"" + key + "\" needs a \"target\" to ask")
              .withHint("write target: and the database it asks"));
    }
    return sql;
  }

  private @Nullable Duration timeout(
      MappingReader reader, StepKind kind, @Nullable Duration ownTimeout) {
    DurationLimits limits = kind.needsTarget() ? DurationLimits.SERVER : DurationLimits.TIME;
    Duration timeout = reader.duration("timeout", limits);
    if (timeout != null && ownTimeout != null) {
      findings.add(
          RunbookRule.CONFLICTING_KEYS.at(
              reader.keySpan("timeout"), "\"timeout\" is said inside \"probe\", too"));
    }
    return timeout == null ? ownTimeout : timeout;
  }

  private List<Step> onTimeout(
      MappingReader reader, VariableScope scope, @Nullable Duration timeout) {
    boolean useless = timeout == null && reader.node().get("timeout") == null;
    if (useless && reader.node().get("onTimeout") != null) {
      findings.add(
          RunbookRule.MISSING_KEY
              .at(reader.keySpan("onTimeout"), "\"onTimeout\" needs a \"timeout\"")
              .withHint("say how long the step may take: timeout: 2h"));
    }
    return steps.bindAll(reader, "onTimeout", scope);
  }
}
