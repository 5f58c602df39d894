package dev.pgrunbook.journal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Ids of runs: short enough to type, sorted by time, fit for a file's name. */
public final class RunId {

  private static final int LONGEST = 80;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunId() {}

  /**
   * Returns the id of a run of a runbook that begins now.
   *
   * @param random any number; its last digits tell runs of the same second apart
   */
  public static String of(String runbook, Instant now, long random) {
    String name = runbook.substring(runbook.lastIndexOf('/') + 1);
    StringBuilder id = new StringBuilder(SECONDS.format(now)).append('-');
    for (int i = 0; i < Math.min(40, name.length()); i++) {
      id.append(isFit(name.charAt(i)) ? name.charAt(i) : '-');
    }
    return id.append(String.format(Locale.ROOT, "-%04x", random & 0xFFFF)).toString();
  }

  /** Returns whether a text can be a run's id. */
  public static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > LONGEST || text.startsWith(".")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isFit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFit(char c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  }
}
