package dev.pgrunbook.engine;

/**
 * Whoever decides: a person at a terminal, the options of a batch run, a step-through session, a
 * test.
 */
public interface RunControl {

  /**
   * Answers a request. It is called on the thread that runs the step or item, which waits; the
   * journal has been flushed. Where items run side by side several may ask at the same time:
   * whoever asks a person asks one thing after the other, and keeps nothing waiting that needs no
   * person. After a failure it is called when nothing else runs.
   */
  Decision decide(Request request);
}
