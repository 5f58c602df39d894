package dev.pgrunbook.plan;

import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.sql.StatementEffects;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What databases say while a plan is made. The planner is a function of the answers: the same
 * answers give the same plan.
 */
public interface Facts {

  /** Returns whether there are databases to ask. */
  boolean connected();

  /** Returns whether a grammar judges what no database is asked about. */
  default boolean grammarJudges() {
    return true;
  }

  /** Returns the databases that play the runbook's roles. */
  List<PlannedTarget> targets();

  /**
   * Returns the rows of a query, or why it is not run.
   *
   * @param role who is asked
   * @param statement the query
   * @param scope the values that function bodies read as settings
   * @param maxRows how many rows to take at most; a row more tells that there are more
   */
  Reading read(String role, ExpandedStatement statement, RunScope scope, int maxRows);

  /**
   * Returns what a database says about a statement that is not run now.
   *
   * @param role who is asked
   * @param statement the statement
   */
  Examination examine(String role, ExpandedStatement statement);

  /**
   * Tells that these statements are to be refined, so that a database is asked once for all.
   *
   * @param role who will be asked
   * @param effects what their texts tell
   */
  default void expect(String role, List<StatementEffects> effects) {}

  /**
   * Returns what a statement does, with what a database knows of what it names.
   *
   * @param role who is asked
   * @param statement the statement
   * @param effects what its text tells
   */
  StatementEffects refine(String role, ExpandedStatement statement, StatementEffects effects);

  /** What became of a query. */
  sealed interface Reading {

    /**
     * It was run.
     *
     * @param rows its rows
     * @param relations the relations it read, views taken apart, as {@code schema.name}
     */
    record Read(ResultRows rows, Set<String> relations) implements Reading {
      public Read {
        Objects.requireNonNull(rows);
        relations = Set.copyOf(relations);
      }
    }

    /** It was not run, because planning must not; a phrase that follows "because". */
    record NotRun(String reason) implements Reading {
      public NotRun {
        Objects.requireNonNull(reason);
      }
    }

    /** The server refused it. */
    record Refused(Finding finding) implements Reading {
      public Refused {
        Objects.requireNonNull(finding);
      }
    }
  }

  /**
   * What a database says about a statement.
   *
   * @param facts about what it touches
   * @param findings what is wrong with it
   */
  record Examination(StatementFacts facts, List<Finding> findings) {
    public Examination {
      Objects.requireNonNull(facts);
      findings = List.copyOf(findings);
    }

    /** Nothing is known. */
    public static final Examination NOTHING = new Examination(StatementFacts.NONE, List.of());
  }

  /** Returns the facts of a plan that is made without any database. */
  static Facts offline(Runbook runbook) {
    return new OfflineFacts(runbook, true);
  }

  /** Returns the facts of a plan that is carried out at once: its servers are the judges. */
  static Facts atOnce(Runbook runbook) {
    return new OfflineFacts(runbook, false);
  }
}
