package dev.pgrunbook.expression;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generates expressions that mostly make sense, and sometimes do not. */
final class Samples {

  private enum Kind {
    BOOL,
    INT,
    DOUBLE,
    STRING,
    LIST,
    NULL
  }

  private Samples() {}

  static Arbitrary<Sample> any(int depth) {
    return Arbitraries.of(Kind.values()).flatMap(kind -> of(kind, depth));
  }

  private static Arbitrary<Sample> of(Kind kind, int depth) {
    Arbitrary<Sample> leaf = Arbitraries.of(leaves(kind)).map(Sample::leaf);
    if (depth == 0) {
      return leaf;
    }
    List<Arbitrary<Sample>> compounds = new ArrayList<>();
    for (String pattern : patterns(kind)) {
      compounds.add(compound(pattern, depth - 1));
    }
    return Arbitraries.frequencyOf(
        Tuple.of(2, leaf),
        Tuple.of(
            9, Arbitraries.integers().between(0, compounds.size() - 1).flatMap(compounds::get)),
        Tuple.of(1, Arbitraries.lazy(() -> any(depth - 1))));
  }

  private static String[] leaves(Kind kind) {
    return switch (kind) {
      case BOOL -> new String[] {"true", "false", "b"};
      case INT ->
          new String[] {
            "0",
            "1",
            "-1",
            "2",
            "7",
            "0x1F",
            "9223372036854775807",
            "-9223372036854775808",
            "i",
            "j",
            "r.a",
            "r['a']"
          };
      case DOUBLE -> new String[] {"0.0", "1.0", "-2.5", "3e2", ".5", "d", "n", "1e300"};
      case STRING ->
          new String[] {
            "''",
            "'a'",
            "\"it's\"",
            "'\\n\\x41'",
            "r'\\d+'",
            "'7'",
            "'-2.5'",
            "s",
            "t",
            "r.name",
            "r['Odd name']",
            "'^a.*b?$'"
          };
      case LIST -> new String[] {"[]", "[1, 2]", "['a', 'b']", "[1.0, null]", "l", "r.tags"};
      case NULL -> new String[] {"null", "z", "r", "r.missing", "r.nothing"};
    };
  }

  /** A letter stands for a part: b, i, d, s, l of that kind, x of any. */
  private static String[] patterns(Kind kind) {
    return switch (kind) {
      case BOOL ->
          new String[] {
            "i < i",
            "d <= d",
            "i > d",
            "s >= s",
            "x == x",
            "i == d",
            "x != x",
            "l == l",
            "i in l",
            "x in l",
            "s in r",
            "b && b",
            "b || b",
            "! b",
            "!! b",
            "b ? b : b",
            "s .startsWith( s )",
            "s .endsWith( s )",
            "s .contains( s )",
            "s .matches( s )",
            "matches( s , s )",
            "x < x"
          };
      case INT ->
          new String[] {
            "i + i",
            "i - i",
            "i * i",
            "i / i",
            "i % i",
            "- i",
            "-- i",
            "b ? i : i",
            "size( s )",
            "l .size()",
            "size( l )",
            "int( s )",
            "int( d )",
            "l [ i ]"
          };
      case DOUBLE ->
          new String[] {"d + d", "d - d", "d * d", "d / d", "- d", "double( i )", "double( s )"};
      case STRING ->
          new String[] {"s + s", "string( i )", "string( d )", "string( b )", "b ? s : s"};
      case LIST -> new String[] {"l + l", "[ x , x ]", "[ i , i ,]", "b ? l : l"};
      case NULL -> new String[] {"x [ x ]", "x .a", "x + x", "b ? x : x"};
    };
  }

  private static Arbitrary<Sample> compound(String pattern, int depth) {
    List<Arbitrary<Sample>> parts = new ArrayList<>();
    StringBuilder format = new StringBuilder();
    for (String word : pattern.split(" ")) {
      boolean part = word.length() == 1 && "bidslx".contains(word);
      if (part) {
        parts.add(Arbitraries.lazy(() -> word.equals("x") ? any(depth) : of(kind(word), depth)));
      }
      format.append(part ? "%s" : word.replace("%", "%%"));
      boolean tight = word.startsWith(".") || word.startsWith("[") || word.endsWith("(");
      format.append(tight ? "" : " ");
    }
    return Combinators.combine(parts)
        .as(chosen -> Sample.of(format.toString(), chosen.toArray(new Sample[0])));
  }

  private static Kind kind(String letter) {
    return switch (letter) {
      case "b" -> Kind.BOOL;
      case "i" -> Kind.INT;
      case "d" -> Kind.DOUBLE;
      case "s" -> Kind.STRING;
      case "l" -> Kind.LIST;
      default -> throw new AssertionError(letter);
    };
  }
}
