package dev.pgrunbook.frontend.groovy;

/** How much of everything a Groovy file may hold and do; every limit is told in its error. */
final class GroovyLimits {

  /** Words and signs of a whole file. */
  static final int TOKENS = 20_000;

  /** Brackets and strings with values in them, inside each other. */
  static final int NESTING = 64;

  /** Words and signs of one statement, what its braces hold not counted. */
  static final int STATEMENT_TOKENS = 1_000;

  /** Operators of one statement, what its braces hold not counted. */
  static final int OPERATORS = 200;

  /**
   * Assignments of one statement. Nobody chains them, and after a syntax error the parser takes
   * exponential time over such chains.
   */
  static final int ASSIGNMENTS = 2;

  /** Characters of one number. */
  static final int NUMBER_LENGTH = 400;

  /** Letters and digits in a row after a digit or dollar sign, wherever they stand. */
  static final int WORD_LENGTH = 10_000;

  /**
   * Nanoseconds of processor time for reading a file. Five hundred steps take less, unless the
   * parser falls into its slow mode, which named arguments without parentheses bring about.
   */
  static final long READING_TIME = 1_500_000_000L;

  /** Nanoseconds after which reading ends on however busy a machine. */
  static final long LONGEST_WAIT = 60_000_000_000L;

  /** Bytes of stack for the parser and the interpreter, both of which are recursive. */
  static final long STACK = 64L * 1024 * 1024;

  /** Steps of evaluation; every node is one, and every copied element and 16 characters. */
  static final long STEPS = 1_000_000;

  /** Turns of all loops together. */
  static final int ITERATIONS = 100_000;

  /** Closures and methods that call each other. */
  static final int CALLS = 64;

  /** Characters of one text while evaluating. */
  static final int TEXT_LENGTH = 1_000_000;

  /** Characters of one text of the runbook; as in YAML. */
  static final int SCALAR_LENGTH = 128 * 1024;

  /** Characters of all texts of the runbook. */
  static final int RUNBOOK_LENGTH = 4 * 1024 * 1024;

  /** Keys and values of the runbook; as in YAML. */
  static final int NODES = 50_000;

  /** Elements of one list or map. */
  static final int ELEMENTS = 10_000;

  /** Lists and maps inside each other. */
  static final int DEPTH = 64;

  /** Digits of one number. */
  static final int DIGITS = 400;

  /** Steps of a runbook. */
  static final int RUNBOOK_STEPS = 500;

  /** Mistakes told about one file. */
  static final int DIAGNOSTICS = 100;

  private GroovyLimits() {}
}
