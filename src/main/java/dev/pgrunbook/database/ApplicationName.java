package dev.pgrunbook.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The {@code application_name} of a run's sessions: {@code pgrunbook/RUN/STEP}.
 *
 * <p>PostgreSQL cuts the name at 63 bytes and replaces what is not printable ASCII. A part that is
 * too long or not plain keeps its beginning and ends in {@code ~} and eight digits of its SHA-256,
 * so that different steps keep different names. All sessions of a run share {@link #ofRun}.
 *
 * @param text the name
 */
public record ApplicationName(String text) {

  /** NAMEDATALEN - 1. */
  private static final int LIMIT = 63;

  private static final String PROGRAM = "pgrunbook/";
  private static final int RUN_LIMIT = 30;

  public ApplicationName {
    if (text.length() > LIMIT || !text.chars().allMatch(ApplicationName::isPlain)) {
      throw new IllegalArgumentException("not an application name: " + text);
    }
  }

  /** Returns the name of a session outside any run, such as {@code pgrunbook/plan}. */
  public static ApplicationName of(String purpose) {
    return new ApplicationName(PROGRAM + fit(purpose, LIMIT - PROGRAM.length()));
  }

  /** Returns the name of a step's sessions. */
  public static ApplicationName of(String run, String step) {
    String prefix = ofRun(run);
    return new ApplicationName(prefix + fit(step, LIMIT - prefix.length()));
  }

  /** Returns how the names of all of a run's sessions begin. */
  public static String ofRun(String run) {
    return PROGRAM + fit(run, RUN_LIMIT) + "/";
  }

  private static String fit(String part, int limit) {
    boolean plain = part.chars().allMatch(ApplicationName::isPlain);
    if (plain && part.length() <= limit) {
      return part;
    }
    StringBuilder kept = new StringBuilder();
    part.chars().limit(limit - 9).forEach(c -> kept.append(isPlain(c) ? (char) c : '_'));
    return kept + "~" + digest(part);
  }

  private static boolean isPlain(int character) {
    return character > ' ' && character < 127;
  }

  private static String digest(String part) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(part.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }
}
