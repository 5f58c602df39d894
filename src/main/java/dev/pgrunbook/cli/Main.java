package dev.pgrunbook.cli;

/** Where the process starts and the only place where it ends. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(ExitCode.INVALID.number());
  }
}
