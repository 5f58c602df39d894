package dev.pgrunbook.inspect.effects;

import dev.pgrunbook.inspect.effects.CatalogFacts.TypeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether a column's values must be converted when its type changes, as PostgreSQL's {@code
 * ATColumnChangeRequiresRewrite} and the support functions of its length coercions decide.
 */
final class TypeChange {

  private static final Set<String> MOMENTS =
      Set.of("timestamp without time zone", "timestamp with time zone");

  /** Types whose modifier is a largest length. */
  private static final Set<String> LENGTHS = Set.of("character varying", "bit varying");

  /** Types whose modifier is a number of digits after the second's point. */
  private static final Set<String> PRECISIONS =
      Set.of(
          "timestamp without time zone",
          "timestamp with time zone",
          "time without time zone",
          "time with time zone",
          "interval");

  private TypeChange() {}

  /**
   * A type taken apart.
   *
   * @param base its name without the modifier
   * @param modifier the modifier's numbers
   */
  private record Parts(String base, List<Integer> modifier) {

    static Parts of(String type) {
      int open = type.indexOf('(');
      int close = type.indexOf(')');
      if (open < 0 || close < open) {
        return new Parts(type, List.of());
      }
      List<Integer> numbers = new ArrayList<>();
      for (String number : type.substring(open + 1, close).split(",")) {
        String digits = number.strip();
        numbers.add(digits.matches("-?[0-9]{1,9}") ? Integer.parseInt(digits) : -1);
      }
      return new Parts(type.substring(0, open) + type.substring(close + 1), numbers);
    }
  }

  /**
   * Returns whether values are converted.
   *
   * @param from the old type as {@code format_type} writes it
   * @param written the new type as the statement writes it
   * @param to the new type
   * @param utc whether the session's time zone is UTC
   */
  static boolean converts(String from, String written, TypeFacts to, boolean utc) {
    if (to.constrained()) {
      return true;
    }
    Parts before = Parts.of(from);
    Parts named = Parts.of(to.name());
    Parts after =
        named.modifier().isEmpty() ? new Parts(named.base(), Parts.of(written).modifier()) : named;
    if (before.base().equals(after.base())) {
      return narrows(before, after);
    }
    if (MOMENTS.contains(before.base()) && MOMENTS.contains(after.base())) {
      return !utc || narrows(new Parts(after.base(), before.modifier()), after);
    }
    return !to.castsFrom().contains(before.base()) || !after.modifier().isEmpty();
  }

  /** Returns whether not every value of the one is one of the other, of the same type. */
  private static boolean narrows(Parts before, Parts after) {
    List<Integer> old = before.modifier();
    List<Integer> now = after.modifier();
    if (old.equals(now)) {
      return false;
    }
    String base = before.base();
    if (base.equals("numeric")) {
      return !now.isEmpty()
          && (old.isEmpty() || now.get(0) < old.get(0) || scale(now) != scale(old));
    }
    if (LENGTHS.contains(base)) {
      return !now.isEmpty() && (old.isEmpty() || now.get(0) < old.get(0));
    }
    if (PRECISIONS.contains(base)) {
      return !now.isEmpty() && now.get(0) < (old.isEmpty() ? 6 : old.get(0));
    }
    return true;
  }

  private static int scale(List<Integer> modifier) {
    return modifier.size() > 1 ? modifier.get(1) : 0;
  }
}
