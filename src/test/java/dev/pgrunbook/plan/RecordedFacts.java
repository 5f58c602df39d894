package dev.pgrunbook.plan;

import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Facts as they might have been gathered, by the text of the query. */
final class RecordedFacts implements Facts {

  private final Map<String, Reading> readings = new HashMap<>();
  private final Map<String, Finding> refusals = new HashMap<>();
  private boolean standby;

  /** A query gives rows of one column. */
  RecordedFacts with(String query, String column, Value... values) {
    List<List<Value>> rows = List.of(values).stream().map(List::of).toList();
    readings.put(query, new Reading.Read(new ResultRows(List.of(column), rows, false), Set.of()));
    return this;
  }

  /** A query reads relations that its text does not name. */
  RecordedFacts reading(String query, String... relations) {
    Reading.Read read = (Reading.Read) readings.get(query);
    readings.put(query, new Reading.Read(read.rows(), Set.of(relations)));
    return this;
  }

  RecordedFacts without(String query, String reason) {
    readings.put(query, new Reading.NotRun(reason));
    return this;
  }

  RecordedFacts refusing(String statement, Finding finding) {
    readings.put(statement, new Reading.Refused(finding));
    refusals.put(statement, finding);
    return this;
  }

  RecordedFacts onStandby() {
    standby = true;
    return this;
  }

  @Override
  public boolean connected() {
    return true;
  }

  @Override
  public List<PlannedTarget> targets() {
    return List.of(
        new PlannedTarget("db", null, "db", "host:5432/db as me", "15.18", standby, false, false));
  }

  @Override
  public Reading read(String role, ExpandedStatement statement, RunScope scope, int maxRows) {
    Reading reading = readings.get(statement.display());
    if (reading == null) {
      throw new AssertionError("asked without need: " + statement.display());
    }
    return reading;
  }

  @Override
  public Examination examine(String role, ExpandedStatement statement) {
    Finding refused = refusals.get(statement.display());
    return new Examination(StatementFacts.NONE, refused == null ? List.of() : List.of(refused));
  }

  @Override
  public StatementEffects refine(
      String role, ExpandedStatement statement, StatementEffects effects) {
    return effects;
  }
}
