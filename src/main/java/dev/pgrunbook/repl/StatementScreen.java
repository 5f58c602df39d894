package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Foreseen;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.StepEffects;
import dev.pgrunbook.render.AnalysisText;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.EffectText;
import dev.pgrunbook.render.EffectText.Part;
import dev.pgrunbook.render.SqlText;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.sql.Advice;
import dev.pgrunbook.sql.AdviceCode.Level;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.sql.StatementContext;
import dev.pgrunbook.sql.StatementContext.Block;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.sql.TransactionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Statements that are about to run, highlighted, each with what it would do to whom. */
final class StatementScreen {

  private static final int SQL_INDENT = 5;
  private static final int EFFECT_INDENT = SQL_INDENT + 2;

  /** More than the effects, which follow. */
  private static final int CONTINUED = 4;

  private final Look look;
  private final Standing standing;
  private final AnalysisText analyses;

  StatementScreen(Look look, Standing standing) {
    this.look = look;
    this.standing = standing;
    this.analyses = new AnalysisText(look.theme());
  }

  /** Returns a step's statements with what each would do now, and what to think of before. */
  List<String> ofStep(Step step, @Nullable String role, List<ExpandedStatement> statements) {
    List<String> texts = texts(statements);
    return lines(texts, foresee(role, StepEffects.of(step, texts), texts));
  }

  /** Returns statements of the operator's own, which are one transaction, in the same way. */
  List<String> ofOperator(String role, List<ExpandedStatement> statements) {
    List<String> texts = texts(statements);
    StatementContext context = StatementContext.in(block(statements));
    return lines(texts, foresee(role, StatementEffects.ofAll(texts, context), texts));
  }

  private static Block block(List<ExpandedStatement> statements) {
    if (statements.size() > 1) {
      return Block.SHARED;
    }
    boolean barred = statements.get(0).analysis().transactionRule() == TransactionRule.BARRED;
    return barred ? Block.NONE : Block.OWN;
  }

  private static List<String> texts(List<ExpandedStatement> statements) {
    return statements.stream().map(ExpandedStatement::display).toList();
  }

  /** Returns what statements would do now: what their texts tell, and what the role's database. */
  Foreseen foresee(@Nullable String role, List<StatementEffects> told, List<String> texts) {
    return role == null ? new Foreseen(told, null) : standing.acts().foresee(role, told, texts);
  }

  private List<String> lines(List<String> texts, Foreseen foreseen) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      StatementEffects effects = foreseen.effects().get(i);
      lines.add("");
      lines.addAll(sql(standing.acts().masked(SqlText.abridged(texts.get(i)))));
      lines.addAll(analyses.lines(EffectText.gist(effects), EFFECT_INDENT, look.width()));
      for (Advice advice : effects.advice()) {
        if (advice.code().level() == Level.WARNING) {
          lines.addAll(analyses.lines(List.of(warning(advice)), EFFECT_INDENT, look.width()));
        }
      }
    }
    lines.addAll(unknown(foreseen));
    return lines;
  }

  /** What has to be thought of is told from what merely is, also without colours. */
  private static Part warning(Advice advice) {
    Part part = EffectText.advice(advice);
    return new Part("! " + part.text(), part.role());
  }

  /** Returns a line about what the database has not told; none when it has told all. */
  List<String> unknown(Foreseen foreseen) {
    if (foreseen.unknown() == null) {
      return List.of();
    }
    String text = "sizes are not known: " + standing.acts().masked(foreseen.unknown());
    return List.of("", "     " + look.theme().paint(Role.HINT, DisplayText.line(text)));
  }

  /** Returns a statement with what its text tells, an empty line before it. */
  List<String> statement(String sql, StatementAnalysis analysis) {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(sql(standing.acts().masked(sql)));
    lines.addAll(analyses.lines(analysis, EFFECT_INDENT, look.width()));
    return lines;
  }

  /** Returns SQL, indented and highlighted. */
  List<String> sql(String sql) {
    List<String> lines = new ArrayList<>();
    for (String line : new SqlText(look.theme()).lines(broken(sql))) {
      lines.add((" ".repeat(SQL_INDENT) + line).stripTrailing());
    }
    return lines;
  }

  /** Breaks what is too long for the window between words, as the window would within one. */
  private String broken(String sql) {
    int room = look.width() - SQL_INDENT;
    StringJoiner lines = new StringJoiner("\n");
    for (String line : sql.split("\n", -1)) {
      if (DisplayText.width(line) <= room) {
        lines.add(line);
      } else {
        List<String> pieces = DisplayText.wrap(line, room - CONTINUED);
        lines.add(pieces.get(0));
        pieces.stream().skip(1).forEach(piece -> lines.add(" ".repeat(CONTINUED) + piece));
      }
    }
    return lines.toString();
  }
}
