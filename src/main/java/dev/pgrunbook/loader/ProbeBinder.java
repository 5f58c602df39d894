package dev.pgrunbook.loader;

import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.expression.Type;
import dev.pgrunbook.language.Vocabulary;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.ProbeStep.Progress;
import dev.pgrunbook.model.ProbeStep.Stall;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.StepHeader;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds probes; without {@code every} they poll every five seconds. */
final class ProbeBinder {

  private static final Duration EVERY = Duration.ofSeconds(5);

  private final BindingContext context;
  private final StepBinder steps;

  ProbeBinder(BindingContext context, StepBinder steps) {
    this.context = context;
    this.steps = steps;
  }

  /** A probe before its header is known. */
  private record ProbeBody(
      Map<String, SqlTemplate> sources,
      Duration every,
      Expression until,
      @Nullable Expression fail,
      @Nullable Progress progress,
      @Nullable Stall stall,
      @Nullable Duration timeout)
      implements StepSite.Body {

    @Override
    public Step under(StepHeader header) {
      return new ProbeStep(header, sources, every, until, fail, progress, stall);
    }
  }

  StepSite.@Nullable Body bind(StepSite site) {
    MappingReader reader = MappingReader.of(site.value(), Vocabulary.PROBE, context.findings());
    if (reader == null) {
      return null;
    }
    ResultColumns columns = new ResultColumns();
    Map<String, SqlTemplate> sources = sources(reader, site.scope(), columns);
    ColumnScope scope = new ColumnScope(site.scope(), columns, Set.copyOf(sources.keySet()));
    Duration every = reader.duration("every", DurationLimits.POLL);
    reader.require("until", "until: status == 'ready'");
    Expression until = condition(reader, "until", scope);
    Expression fail = condition(reader, "fail", scope);
    Progress progress = progress(reader, scope);
    Stall stall = stall(reader, site.scope());
    Duration timeout = reader.duration("timeout", DurationLimits.TIME);
    reader.finish();
    return sources.isEmpty() || until == null
        ? null
        : new ProbeBody(
            sources, every == null ? EVERY : every, until, fail, progress, stall, timeout);
  }

  private @Nullable Expression condition(MappingReader reader, String key, ColumnScope scope) {
    return context.expressions().expression(reader, key, Type.BOOL, scope, scope.variables());
  }

  private Map<String, SqlTemplate> sources(
      MappingReader reader, VariableScope scope, ResultColumns columns) {
    Map<String, SqlTemplate> sources = new LinkedHashMap<>();
    if (!reader.require("sources", "sources: {subscriber: SELECT …}")) {
      columns.addUnknown();
      return sources;
    }
    List<MappingNode.Entry> entries = reader.entries("sources");
    if (entries.isEmpty() && reader.node().get("sources") instanceof MappingNode) {
      context
          .findings()
          .add(
              RunbookRule.MISSING_KEY.at(reader.keySpan("sources"), "\"sources\" names no target"));
    }
    for (MappingNode.Entry entry : entries) {
      context.targets().use(entry.key());
      SqlUse use = SqlUse.source(entry.key().text());
      SqlTemplate sql = context.sql().bind(entry.value(), use, scope);
      if (sql == null) {
        columns.addUnknown();
      } else {
        columns.add(sql.text());
        sources.put(entry.key().text(), sql);
      }
    }
    return sources;
  }

  private @Nullable Progress progress(MappingReader probe, ColumnScope scope) {
    MappingReader reader = probe.mapping("progress");
    if (reader == null) {
      return null;
    }
    reader.require("done", "{done: done, total: total, unit: rows}");
    Expression done = number(reader, "done", scope);
    Expression total = number(reader, "total", scope);
    String unit = reader.text("unit");
    reader.finish();
    return done == null ? null : new Progress(done, total, unit);
  }

  private @Nullable Expression number(MappingReader reader, String key, ColumnScope scope) {
    return context.expressions().expression(reader, key, Type.NUMBER, scope, scope.variables());
  }

  private @Nullable Stall stall(MappingReader probe, VariableScope scope) {
    MappingReader reader = probe.mapping("stall");
    if (reader == null) {
      return null;
    }
    reader.require("after", "after: 30s");
    Duration after = reader.duration("after", DurationLimits.TIME);
    List<Step> stallSteps = List.of();
    reader.require("steps", null);
    SyntaxNode list = reader.take("steps");
    if (list != null) {
      stallSteps = steps.bindAll(reader, "steps", scope);
      if (StepBinder.isEmptyList(list)) {
        context
            .findings()
            .add(RunbookRule.MISSING_KEY.at(reader.keySpan("steps"), "\"steps\" holds no step"));
      }
    }
    reader.finish();
    return after == null ? null : new Stall(after, stallSteps);
  }
}
