package dev.pgrunbook.frontend;

/** How much of everything a file may hold; every limit is told in the error about it. */
final class Limits {

  /** Levels of mappings and lists inside each other. */
  static final int DEPTH = 64;

  /** UTF-16 code units of one text: generous for SQL. */
  static final int SCALAR_LENGTH = 128 * 1024;

  /** Keys and values of a whole file. */
  static final int NODES = 50_000;

  /** Uses of anchors in a file. */
  static final int ALIASES = 50;

  /** Nodes that all aliases of a file stand for together. */
  static final int ALIASED_NODES = 10_000;

  /** UTF-16 code units of text that all aliases of a file stand for together. */
  static final int ALIASED_LENGTH = 1024 * 1024;

  /** Mistakes told about one file. */
  static final int DIAGNOSTICS = 100;

  private Limits() {}
}
