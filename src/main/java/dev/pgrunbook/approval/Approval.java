package dev.pgrunbook.approval;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's yes to a plan, or to one step of it.
 *
 * @param plan the digest of the plan
 * @param runbook the runbook's name, for people
 * @param step the step's id; null for every step that asks
 * @param by who
 * @param at when, by the approver's own clock
 * @param expires when it ends
 * @param comment why, or null
 * @param key the public key it is signed with; null when it is not signed
 * @param signature the signature in Base64; null when it is not signed
 */
public record Approval(
    String plan,
    String runbook,
    @Nullable String step,
    String by,
    Instant at,
    Instant expires,
    @Nullable String comment,
    @Nullable String key,
    @Nullable String signature) {

  private static final String FORM = "pgrunbook approval 1";

  public Approval {
    Objects.requireNonNull(plan);
    Objects.requireNonNull(runbook);
    Objects.requireNonNull(by);
    at = at.truncatedTo(ChronoUnit.SECONDS);
    expires = expires.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Returns an approval that nobody has signed. */
  public static Approval unsigned(
      String plan,
      String runbook,
      @Nullable String step,
      String by,
      Instant at,
      Instant expires,
      @Nullable String comment) {
    return new Approval(plan, runbook, step, by, at, expires, comment, null, null);
  }

  /** Returns the same approval with a key and its signature. */
  Approval signed(String publicKey, String bytes) {
    return new Approval(plan, runbook, step, by, at, expires, comment, publicKey, bytes);
  }

  /** Returns whether it is signed, whoever did and however well. */
  public boolean isSigned() {
    return signature != null;
  }

  /** Returns whether it speaks of a step. */
  public boolean covers(String id) {
    return step == null || step.equals(id);
  }

  /**
   * Returns the bytes that are signed: everything that is said, lengths before texts, so that no
   * two approvals have the same.
   */
  byte[] said() {
    StringBuilder text = new StringBuilder(FORM).append('\n');
    for (@Nullable String part :
        new @Nullable String[] {
          plan, runbook, step, by, at.toString(), expires.toString(), comment
        }) {
      text.append(part == null ? "-" : part.length() + ":" + part).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
