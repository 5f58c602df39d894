package dev.pgrunbook.journal;

import dev.pgrunbook.model.RunbookDigest;
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

  /**
   * Keeps a text under a name, instead of the one before; an empty one for none. Nothing depends on
   * it: it is not made durable, and what hinders it is no failure.
   */
  void keepDraft(String name, String text);

  /** Returns what is kept under a name; the empty text for nothing. */
  String draft(String name);

  /** Returns what the text of a name is kept as; no digest is one. */
  static String draftKey(String name) {
    return "draft-" + RunbookDigest.sha256(name);
  }

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
