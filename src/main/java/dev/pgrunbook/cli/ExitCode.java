package dev.pgrunbook.cli;

/** What the process tells its caller; each number has one meaning for every command. */
public enum ExitCode {
  /** Done; also when there was nothing left to do. */
  DONE(0),
  /** A step or check failed, or there are findings of severity error. A run is resumable. */
  FAILED(1),
  /** Usage, an invalid runbook or parameter, an unknown or reused run id: nothing was touched. */
  INVALID(2),
  /** A gate waits or was rejected, or the operator stopped. The run is resumable. */
  PAUSED(3),
  /** The run differs from the plan it was told to follow. */
  DIFFERS(4),
  /** Another run or process holds the lock on this run, or on this runbook and its targets. */
  LOCKED(5),
  /** A statement's outcome is unknown; a person must decide. */
  IN_DOUBT(6),
  /** A database or the store cannot be reached or is damaged, or a needed program is missing. */
  ENVIRONMENT(7),
  /** A defect in this program; the stack trace is in the log file. */
  DEFECT(70),
  /** Interrupted by Ctrl-C (128 + SIGINT): a run a second time, what has no run the first time. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number handed to the operating system. */
  public int number() {
    return number;
  }
}
