package dev.pgrunbook.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's condition names and their SQLSTATE codes, as PL/pgSQL knows them. */
public final class SqlState {

  /** Five conditions have two codes, such as {@code null_value_not_allowed} (22004, 39004). */
  private final Map<String, List<String>> codesByCondition;

  private final Map<String, String> conditionsByCode;

  private SqlState(
      Map<String, List<String>> codesByCondition, Map<String, String> conditionsByCode) {
    this.codesByCondition = codesByCondition;
    this.conditionsByCode = conditionsByCode;
  }

  /** Returns the table; the first call reads it. */
  public static SqlState table() {
    return Holder.TABLE;
  }

  /** Returns the condition's name of a code, or null when PostgreSQL names none. */
  public @Nullable String condition(String code) {
    return conditionsByCode.get(code);
  }

  /** Returns the codes of a condition; empty when there is no such name. */
  public List<String> codes(String condition) {
    return codesByCondition.getOrDefault(condition, List.of());
  }

  /** Returns every condition's name, in alphabetical order. */
  public Set<String> conditions() {
    return codesByCondition.keySet();
  }

  /**
   * Returns whether an error of a code is a condition.
   *
   * <p>As in PL/pgSQL a condition whose code ends in 000, such as {@code data_exception}, takes in
   * every code of its class.
   */
  public boolean matches(String condition, String code) {
    for (String named : codes(condition)) {
      if (named.equals(code) || (named.endsWith("000") && code.startsWith(named.substring(0, 2)))) {
        return true;
      }
    }
    return false;
  }

  private static SqlState read() {
    Map<String, List<String>> codes = new TreeMap<>();
    Map<String, String> conditions = new HashMap<>();
    for (String line : SqlStateNames.LINES.split("\n")) {
      String code = line.substring(0, 5);
      String condition = line.substring(6);
      conditions.put(code, condition);
      codes.computeIfAbsent(condition, name -> new ArrayList<>()).add(code);
    }
    codes.replaceAll((condition, list) -> List.copyOf(list));
    return new SqlState(Collections.unmodifiableMap(codes), Map.copyOf(conditions));
  }

  /** Delays reading until the table is asked for. */
  private static final class Holder {
    private static final SqlState TABLE = read();
  }
}
