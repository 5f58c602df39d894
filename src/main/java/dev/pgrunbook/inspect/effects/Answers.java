package dev.pgrunbook.inspect.effects;

import dev.pgrunbook.inspect.effects.CatalogFacts.TypeFacts;
import dev.pgrunbook.inspect.effects.RelationFacts.Check;
import dev.pgrunbook.inspect.effects.RelationFacts.Column;
import dev.pgrunbook.inspect.effects.RelationFacts.ForeignKey;
import dev.pgrunbook.sql.OpenQuestion;
import dev.pgrunbook.sql.OpenQuestion.HasDefaultPartition;
import dev.pgrunbook.sql.OpenQuestion.IsConstrainedDomain;
import dev.pgrunbook.sql.OpenQuestion.IsNotValid;
import dev.pgrunbook.sql.OpenQuestion.IsVolatile;
import dev.pgrunbook.sql.OpenQuestion.LacksBoundsCheck;
import dev.pgrunbook.sql.OpenQuestion.MayHoldNull;
import dev.pgrunbook.sql.OpenQuestion.NeedsConversion;

/** Answers what a statement's text leaves open. */
final class Answers {

  /** An answer. */
  enum Answer {
    YES,
    NO,
    OPEN;

    static Answer of(boolean truth) {
      return truth ? YES : NO;
    }
  }

  private final CatalogFacts facts;

  Answers(CatalogFacts facts) {
    this.facts = facts;
  }

  /**
   * Returns whether it is so, or still open: the relation, say, is made by an earlier statement.
   */
  Answer to(OpenQuestion question) {
    if (question instanceof IsVolatile function) {
      Boolean known = facts.functions().get(function.name());
      return known == null ? Answer.OPEN : Answer.of(known);
    } else if (question instanceof IsConstrainedDomain domain) {
      TypeFacts type = facts.types().get(domain.type());
      return type == null ? Answer.OPEN : Answer.of(type.constrained());
    } else if (question instanceof NeedsConversion conversion) {
      return conversion(conversion);
    }
    return ofRelation(question);
  }

  private Answer conversion(NeedsConversion conversion) {
    RelationFacts relation = facts.relation(conversion.relation());
    TypeFacts type = facts.types().get(conversion.type());
    Column column = relation == null ? null : relation.columns().get(conversion.column());
    return type == null || column == null
        ? Answer.OPEN
        : Answer.of(TypeChange.converts(column.type(), conversion.type(), type, facts.utc()));
  }

  private Answer ofRelation(OpenQuestion question) {
    if (question instanceof MayHoldNull nulls) {
      RelationFacts relation = facts.relation(nulls.relation());
      return relation == null || !relation.columns().containsKey(nulls.column())
          ? Answer.OPEN
          : Answer.of(mayHoldNull(relation, nulls.column()));
    } else if (question instanceof HasDefaultPartition parent) {
      RelationFacts relation = facts.relation(parent.relation());
      return relation == null ? Answer.OPEN : Answer.of(relation.defaultPartition() != null);
    } else if (question instanceof LacksBoundsCheck partition) {
      RelationFacts relation = facts.relation(partition.relation());
      boolean none = relation != null && relation.checks().stream().noneMatch(Check::validated);
      return none ? Answer.YES : Answer.OPEN;
    } else if (question instanceof IsNotValid constraint) {
      return isNotValid(constraint);
    }
    return Answer.OPEN;
  }

  private Answer isNotValid(IsNotValid constraint) {
    RelationFacts relation = facts.relation(constraint.relation());
    if (relation == null) {
      return Answer.OPEN;
    }
    for (Check check : relation.checks()) {
      if (check.name().equals(constraint.constraint())) {
        return Answer.of(!check.validated());
      }
    }
    for (ForeignKey key : relation.foreignKeys()) {
      if (key.name().equals(constraint.constraint())) {
        return Answer.of(!key.validated());
      }
    }
    return Answer.OPEN;
  }

  /** Since PostgreSQL 12 a validated CHECK that implies it spares SET NOT NULL the scan. */
  private static boolean mayHoldNull(RelationFacts relation, String column) {
    Column known = relation.columns().get(column);
    if (known != null && known.notNull()) {
      return false;
    }
    for (Check check : relation.checks()) {
      if (check.validated() && check.columns().contains(column) && saysNotNull(check, column)) {
        return false;
      }
    }
    return true;
  }

  /** The server writes each part of an AND in parentheses of its own. */
  private static boolean saysNotNull(Check check, String column) {
    String expression = check.expression();
    String quoted = "\"" + column.replace("\"", "\"\"") + "\"";
    boolean alternative = expression.contains(" OR ") || expression.contains("CASE ");
    return !alternative
        && (expression.contains("(" + column + " IS NOT NULL)")
            || expression.contains("(" + quoted + " IS NOT NULL)"));
  }
}
