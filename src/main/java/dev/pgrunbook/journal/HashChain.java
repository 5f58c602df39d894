package dev.pgrunbook.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The chain that binds each line of a journal to the ones before it.
 *
 * <p>A line is a JSON object whose last key is {@code hash}: the SHA-256 of the previous line's
 * hash and this line without its own.
 */
final class HashChain {

  private static final String KEY = ",\"hash\":\"";
  private static final int SUFFIX = KEY.length() + 64 + 2;
  private static final String FIRST = "0".repeat(64);

  private final MessageDigest digest;
  private String last = FIRST;

  HashChain() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException absent) {
      throw new AssertionError("every Java platform has SHA-256", absent);
    }
  }

  /** Returns a line with its hash, without the line end. */
  String seal(String json) {
    String body = json.substring(0, json.length() - 1);
    last = next(body);
    return body + KEY + last + "\"}";
  }

  /** Returns whether a line follows the ones before it, and takes it in. */
  boolean accept(String line) {
    int start = line.length() - SUFFIX;
    if (start < 1 || !line.startsWith(KEY, start) || !line.endsWith("\"}")) {
      return false;
    }
    String hash = line.substring(start + KEY.length(), line.length() - 2);
    String expected = next(line.substring(0, start));
    if (!hash.equals(expected)) {
      return false;
    }
    last = expected;
    return true;
  }

  /** Returns the hash of the last line. */
  String last() {
    return last;
  }

  private String next(String body) {
    digest.update(last.getBytes(StandardCharsets.US_ASCII));
    digest.update(body.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }
}
