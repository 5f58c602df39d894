package dev.pgrunbook.repl;

import java.util.List;

/** Where the operator is: shows lines, and reads what he types. */
public interface Shell {

  /**
   * Reads a command, or SQL up to its semicolon.
   *
   * @param prompt what stands before it
   * @param secret whether nobody may see what is typed
   */
  ReplRequest read(String prompt, boolean secret);

  /** Shows lines. */
  void show(List<String> lines);
}
