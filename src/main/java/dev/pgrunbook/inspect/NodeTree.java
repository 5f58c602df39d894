package dev.pgrunbook.inspect;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objects that a stored expression, a view's query or a function's parsed body names: the
 * server keeps them as trees whose text gives every object by its oid.
 *
 * @param functions the functions that it calls, by the fields that say so
 * @param relations the relations that it reads, by the field that says so
 * @param others every number that may be the oid of an object that somebody made
 */
record NodeTree(Set<Long> functions, Set<Long> relations, Set<Long> others) {

  /** Objects with smaller oids are PostgreSQL's own. */
  static final long FIRST_MADE = 16_384;

  private static final Pattern FUNCTION =
      Pattern.compile(":(?:funcid|opfuncid|aggfnoid|winfnoid|tsmhandler|elemfuncid) (\\d{1,10})");
  private static final Pattern RELATION = Pattern.compile(":relid (\\d{1,10})");
  private static final Pattern NUMBER = Pattern.compile("(?<=[ (\\[])\\d{5,10}(?=[ )\\]}])");

  /** Reads the text of a tree. */
  static NodeTree of(String text) {
    Set<Long> others = new LinkedHashSet<>();
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      long oid = Long.parseLong(number.group());
      if (oid >= FIRST_MADE && oid <= 0xFFFF_FFFFL) {
        others.add(oid);
      }
    }
    return new NodeTree(all(FUNCTION, text), all(RELATION, text), others);
  }

  private static Set<Long> all(Pattern pattern, String text) {
    Set<Long> oids = new LinkedHashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      long oid = Long.parseLong(matcher.group(1));
      if (oid != 0) {
        oids.add(oid);
      }
    }
    return oids;
  }
}
