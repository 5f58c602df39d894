package dev.pgrunbook.loader;

import dev.pgrunbook.model.RetryPolicy;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.sql.SqlState;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds {@code retry}; without a {@code delay} it is a second, without a {@code backoff} 1. */
final class RetryBinder {

  private static final Duration DELAY = Duration.ofSeconds(1);

  private RetryBinder() {}

  static @Nullable RetryPolicy bind(MappingReader step) {
    MappingReader reader = step.mapping("retry");
    if (reader == null) {
      return null;
    }
    reader.require("attempts", "attempts: 5");
    int attempts = reader.integer("attempts", 1);
    Duration delay = reader.duration("delay", DurationLimits.PAUSE);
    double backoff = reader.number("backoff", 1);
    List<String> conditions = conditions(reader);
    reader.finish();
    return new RetryPolicy(attempts, delay == null ? DELAY : delay, backoff, conditions);
  }

  private static List<String> conditions(MappingReader reader) {
    List<String> conditions = new ArrayList<>();
    for (SyntaxNode item : reader.items("on")) {
      ScalarNode scalar = reader.asScalar(item, "a condition");
      if (scalar != null) {
        conditions.add(scalar.text());
        if (SqlState.table().codes(scalar.text()).isEmpty()) {
          reader.findings().add(unknown(scalar));
        }
      }
    }
    return conditions;
  }

  private static Diagnostic unknown(ScalarNode scalar) {
    SqlState table = SqlState.table();
    String named = table.condition(scalar.text());
    String meant = Spelling.didYouMean(scalar.text(), table.conditions());
    String hint =
        named != null
            ? scalar.text() + " is called " + named
            : meant != null ? meant : "names are in appendix A of PostgreSQL's manual";
    return RunbookRule.SQLSTATE_NAME
        .at(scalar.span(), "PostgreSQL has no condition \"" + scalar.text() + "\"")
        .withHint(hint);
  }
}
