package dev.pgrunbook.engine;

/**
 * Whoever decides: a person at a terminal, the options of a batch run, a step-through session, a
 * test.
 */
public interface RunControl {

  /**
   * Answers a request. It is called on the run's own thread, which waits; the journal has been
   * flushed.
   */
  Decision decide(Request request);
}
