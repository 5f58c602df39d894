package dev.pgrunbook.repl;

import java.util.List;

/** Where the operator is: shows lines, and reads what he types. */
public interface Shell {

  /**
   * Reads a command, or SQL up to its semicolon.
   *
   * @param prompt what stands before it
   * @param secret whether nobody may see what is typed
   * @param meanwhile what happens while it waits; heeded as far as the shell can
   */
  ReplRequest read(String prompt, boolean secret, Meanwhile meanwhile);

  /** Returns whether what stands above a prompt can change while it waits. */
  boolean isLive();

  /** Shows lines. */
  void show(List<String> lines);
}
