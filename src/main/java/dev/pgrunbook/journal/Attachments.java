package dev.pgrunbook.journal;

import org.jspecify.annotations.Nullable;

/** Where values that are too long for a record are kept, by their digests. */
public interface Attachments {

  /** What is longer than this many characters does not belong in a record. */
  int LONGEST_INLINE = 64 * 1024;

  /** Stores a text durably; returns its SHA-256 in hexadecimal. */
  String attach(String content);

  /**
   * Returns what was stored.
   *
   * @throws JournalFailure when it is missing or does not match its digest
   */
  String load(String digest);

  /** Returns the digest under which a long text was stored, or null for one that is short. */
  default @Nullable String store(String json) {
    return json.length() <= LONGEST_INLINE ? null : attach(json);
  }

  /** Returns whether a text can be a digest; whatever else a damaged record says is none. */
  static boolean isDigest(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }
}
