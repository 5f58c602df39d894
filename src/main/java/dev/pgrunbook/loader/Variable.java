package dev.pgrunbook.loader;

import dev.pgrunbook.expression.Type;
import dev.pgrunbook.expression.Type.ListType;
import dev.pgrunbook.expression.Type.RowType;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.source.SourceSpan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a name means.
 *
 * @param name the name
 * @param type what expressions know about its value
 * @param declaredType its type when the file says one; null for rows and columns of results
 * @param span where it is declared
 */
record Variable(String name, Type type, @Nullable ParameterType declaredType, SourceSpan span) {

  Variable {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    Objects.requireNonNull(span);
  }

  /** Returns a variable of a declared type. */
  static Variable of(String name, ParameterType declaredType, SourceSpan span) {
    Type one = typeOf(declaredType.base());
    return new Variable(name, declaredType.list() ? Type.list(one) : one, declaredType, span);
  }

  /** Returns a variable that holds what a result has. */
  static Variable of(String name, Type type, SourceSpan span) {
    return new Variable(name, type, null, span);
  }

  private static Type typeOf(Base base) {
    return switch (base) {
      case TEXT, DATE, TIMESTAMP, INTERVAL, IDENTIFIER, TABLE, SECRET -> Type.STRING;
      case INTEGER -> Type.INT;
      case NUMBER -> Type.DOUBLE;
      case BOOLEAN -> Type.BOOL;
      case JSON -> Type.DYNAMIC;
    };
  }

  boolean isList() {
    return type instanceof ListType;
  }

  boolean isRow() {
    return type instanceof RowType;
  }

  boolean isRowList() {
    return type instanceof ListType list && list.element() instanceof RowType;
  }

  /** Returns whether fields can be taken of it. */
  boolean hasFields() {
    return isRow() || type == Type.DYNAMIC;
  }

  /** Returns whether its value can be an identifier in SQL. */
  boolean namesSomething() {
    if (declaredType == null) {
      return type == Type.STRING || type == Type.DYNAMIC;
    }
    return switch (declaredType.base()) {
      case TEXT, IDENTIFIER, TABLE -> !declaredType.list();
      case INTEGER, NUMBER, BOOLEAN, DATE, TIMESTAMP, INTERVAL, JSON, SECRET -> false;
    };
  }

  /** Returns what it holds, as a sentence names it. */
  String described() {
    if (isRowList()) {
      return "a list of rows";
    }
    return declaredType == null ? type.words() : "of type " + declaredType.word();
  }
}
