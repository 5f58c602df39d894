package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.render.Theme;
import java.util.Map;

/** Whether somebody looks at the output, and how they like it. */
final class Terminals {

  private Terminals() {}

  /**
   * Returns whether both standard input and output are terminals.
   *
   * <p>The launcher knows, at no cost; without it, Java 17 does, and newer ones guess.
   */
  @SuppressWarnings("SystemConsoleNull")
  static boolean isInteractive() {
    String launcher = System.getProperty("pgrunbook.terminal");
    return launcher == null ? System.console() != null : launcher.equals("yes");
  }

  /** Returns the screen that runs are shown on. */
  static Screen screen(Surroundings surroundings) {
    return isInteractive()
        ? Screen.terminal(surroundings.out(), theme(surroundings), surroundings.environment())
        : Screen.plain(surroundings.out(), theme(surroundings), surroundings.environment());
  }

  /** Returns colours where they were asked for, or for a terminal that does not refuse them. */
  static Theme theme(Surroundings surroundings) {
    Map<String, String> environment = surroundings.environment();
    boolean refused =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return switch (surroundings.color()) {
      case AUTO -> isInteractive() && !refused ? Theme.ANSI : Theme.PLAIN;
      case ALWAYS -> Theme.ANSI;
      case NEVER -> Theme.PLAIN;
    };
  }
}
