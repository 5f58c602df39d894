package dev.pgrunbook.engine;

/**
 * The steps are walked again from the first: what is settled stays so, and names are looked up
 * anew. Never leaves the package.
 */
final class Rewind extends RuntimeException {

  private static final long serialVersionUID = 1;

  Rewind() {
    super(null, null, false, false);
  }
}
