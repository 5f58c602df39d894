package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.syntax.ScalarNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.stmt.Statement;

/** A value while a file is evaluated, with the place that it comes from. */
sealed interface Datum {

  SourceSpan span();

  /** Returns what people call it: "a text", "a list". */
  String kind();

  /** Groovy's {@code null}, and what a call without a result gives. */
  record Nothing(SourceSpan span) implements Datum {
    @Override
    public String kind() {
      return "null";
    }
  }

  /** True or false. */
  record Truth(SourceSpan span, boolean value) implements Datum {
    @Override
    public String kind() {
      return "true or false";
    }
  }

  /** An integer, which never overflows. */
  record Whole(SourceSpan span, BigInteger value) implements Datum {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** A number with decimals. */
  record Decimal(SourceSpan span, BigDecimal value) implements Datum {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** A text; each of its characters knows its place. */
  record Text(SourceSpan span, SourceText content) implements Datum {
    @Override
    public String kind() {
      return "a text";
    }

    String text() {
      return content.text();
    }
  }

  /** A list; as in Groovy it can be changed, and is known by all names that it has. */
  record Listing(SourceSpan span, List<Datum> items) implements Datum {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A map from texts; as in Groovy it can be changed. */
  record Mapping(SourceSpan span, LinkedHashMap<String, Field> fields) implements Datum {
    @Override
    public String kind() {
      return "a map";
    }

    /** A key, as it is written, with its value. */
    record Field(ScalarNode key, Datum value) {}

    void put(ScalarNode key, Datum value) {
      fields.put(key.text(), new Field(key, value));
    }
  }

  /**
   * A closure, or a method of the file.
   *
   * @param parameters its parameters; none for a closure that names none
   * @param implicit whether its only parameter is called {@code it}
   * @param scope the names around it
   */
  record Function(
      SourceSpan span, List<Parameter> parameters, boolean implicit, Statement body, Scope scope)
      implements Datum {
    @Override
    public String kind() {
      return "a closure";
    }
  }

  /** The name of a parameter or variable of the runbook, which has no value yet. */
  record Reference(SourceSpan span, SourceText path) implements Datum {
    @Override
    public String kind() {
      return "a name of the runbook";
    }
  }

  /** Returns the values of a map. */
  static List<Datum> values(Mapping mapping) {
    return mapping.fields().values().stream().map(Mapping.Field::value).toList();
  }

  /** Returns an empty map. */
  static Mapping emptyMap(SourceSpan span) {
    return new Mapping(span, new LinkedHashMap<>(Map.of()));
  }
}
