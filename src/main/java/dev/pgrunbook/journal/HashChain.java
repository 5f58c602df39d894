package dev.pgrunbook.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The chain that binds each line of a journal to the ones before it.
 *
 * <p>A line is a JSON object whose last key is {@code hash}: the SHA-256 of the previous line's
 * hash, in hexadecimal, and the bytes of this line before {@code ,"hash"}.
 */
final class HashChain {

  private static final byte[] KEY = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 64;

  /** How many bytes a line's hash takes, with what stands around it. */
  static final int SUFFIX = KEY.length + DIGITS + END.length;

  private final MessageDigest digest;
  private byte[] last;

  /** Begins a chain. */
  HashChain() {
    this("0".repeat(DIGITS).getBytes(StandardCharsets.US_ASCII));
  }

  private HashChain(byte[] last) {
    this.last = last;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException absent) {
      throw new AssertionError("every Java platform has SHA-256", absent);
    }
  }

  /** Returns the chain that goes on after a line, whose own hash is taken for right. */
  static HashChain after(byte[] line) {
    int end = Math.max(0, line.length - END.length);
    return new HashChain(Arrays.copyOfRange(line, Math.max(0, end - DIGITS), end));
  }

  /** Returns the bytes of a JSON object as a line with its hash and its line end. */
  byte[] seal(byte[] json) {
    int body = json.length - 1;
    last = next(json, 0, body);
    byte[] line = Arrays.copyOf(json, body + SUFFIX + 1);
    System.arraycopy(KEY, 0, line, body, KEY.length);
    System.arraycopy(last, 0, line, body + KEY.length, DIGITS);
    System.arraycopy(END, 0, line, body + KEY.length + DIGITS, END.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /** Returns whether a line, without its end, follows the ones before it. */
  boolean continuesWith(byte[] line, int start, int end) {
    int suffix = end - SUFFIX;
    if (suffix <= start || !matches(line, suffix, KEY) || !matches(line, end - END.length, END)) {
      return false;
    }
    return matches(line, suffix + KEY.length, next(line, start, suffix));
  }

  /** Returns whether a line, without its end, follows the ones before it, and takes it in. */
  boolean accept(byte[] line, int start, int end) {
    boolean accepted = continuesWith(line, start, end);
    if (accepted) {
      int hash = end - END.length - DIGITS;
      last = Arrays.copyOfRange(line, hash, hash + DIGITS);
    }
    return accepted;
  }

  /** Returns the hash of the last line, in hexadecimal. */
  String last() {
    return new String(last, StandardCharsets.US_ASCII);
  }

  private static boolean matches(byte[] line, int at, byte[] expected) {
    return Arrays.equals(line, at, at + expected.length, expected, 0, expected.length);
  }

  private byte[] next(byte[] bytes, int start, int end) {
    digest.update(last);
    digest.update(bytes, start, end - start);
    return HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII);
  }
}
