package dev.pgrunbook.repl;

/** What the operator did at a prompt. */
public sealed interface ReplRequest {

  /** Typed a command, or SQL of one or more lines. */
  record Line(String text) implements ReplRequest {}

  /** Pressed Ctrl-C: gives up what he was about to say. */
  record Interrupt() implements ReplRequest {}

  /**
   * Was broken off, as nobody waits for what he types any more.
   *
   * @param begun what he had typed; empty where nobody may see it
   */
  record BrokenOff(String begun) implements ReplRequest {}

  /**
   * Ended the input.
   *
   * @param last whether nothing can ever follow, as after the end of a file; Ctrl-D is typed by
   *     mistake more often than meant
   */
  record End(boolean last) implements ReplRequest {}
}
