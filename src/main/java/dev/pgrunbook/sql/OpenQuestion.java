package dev.pgrunbook.sql;

import java.util.Objects;

/** What decides about work and only a server knows; the work is done when it is so. */
public sealed interface OpenQuestion {

  /** Returns the condition in words, beginning with if or unless. */
  String words();

  /**
   * Whether a function, named as written and without its arguments, is volatile.
   *
   * @param name the function
   */
  record IsVolatile(String name) implements OpenQuestion {
    public IsVolatile {
      Objects.requireNonNull(name);
    }

    @Override
    public String words() {
      return "if " + name + "() is volatile";
    }
  }

  /**
   * Whether a type is a domain with constraints; they are checked for rows that exist.
   *
   * @param type the type as written
   */
  record IsConstrainedDomain(String type) implements OpenQuestion {
    public IsConstrainedDomain {
      Objects.requireNonNull(type);
    }

    @Override
    public String words() {
      return "if " + type + " is a domain with constraints";
    }
  }

  /**
   * Whether values of a column's type have to be converted for another.
   *
   * @param relation the table as written
   * @param column the column, without quotes
   * @param type the new type as written
   */
  record NeedsConversion(String relation, String column, String type) implements OpenQuestion {
    public NeedsConversion {
      Objects.requireNonNull(relation);
      Objects.requireNonNull(column);
      Objects.requireNonNull(type);
    }

    @Override
    public String words() {
      return "unless " + type + " stores what " + column + " holds unchanged";
    }
  }

  /**
   * Whether a column has neither NOT NULL nor a validated CHECK that implies it.
   *
   * @param relation the table as written
   * @param column the column, without quotes; empty for the columns of an index
   */
  record MayHoldNull(String relation, String column) implements OpenQuestion {
    public MayHoldNull {
      Objects.requireNonNull(relation);
      Objects.requireNonNull(column);
    }

    @Override
    public String words() {
      return column.isEmpty()
          ? "unless its key columns are NOT NULL"
          : "unless a validated CHECK (" + column + " IS NOT NULL) is there";
    }
  }

  /**
   * Whether a table lacks a validated CHECK that implies the bounds of the partition it becomes.
   *
   * @param relation the table as written
   */
  record LacksBoundsCheck(String relation) implements OpenQuestion {
    public LacksBoundsCheck {
      Objects.requireNonNull(relation);
    }

    @Override
    public String words() {
      return "unless a validated CHECK implies the bounds";
    }
  }

  /**
   * Whether a partitioned table has a default partition; its rows are checked against new bounds.
   *
   * @param relation the partitioned table as written
   */
  record HasDefaultPartition(String relation) implements OpenQuestion {
    public HasDefaultPartition {
      Objects.requireNonNull(relation);
    }

    @Override
    public String words() {
      return "if it has rows in a default partition";
    }
  }

  /**
   * Whether a constraint is already valid or lies on a foreign key.
   *
   * @param relation the table as written
   * @param constraint the constraint, without quotes
   */
  record IsNotValid(String relation, String constraint) implements OpenQuestion {
    public IsNotValid {
      Objects.requireNonNull(relation);
      Objects.requireNonNull(constraint);
    }

    @Override
    public String words() {
      return "unless " + constraint + " is valid already";
    }
  }
}
