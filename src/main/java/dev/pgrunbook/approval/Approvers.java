package dev.pgrunbook.approval;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose approvals count.
 *
 * @param keys the public key of each approver, by name; empty where the workspace lists none, and
 *     so vouches for nobody
 */
public record Approvers(Map<String, String> keys) {

  public Approvers {
    keys = new LinkedHashMap<>(keys);
  }

  /** What an approval is worth. */
  public sealed interface Verdict {

    /**
     * It counts.
     *
     * @param vouched whether a key of the workspace's list has signed it; otherwise it is the word
     *     of whoever could write the file
     */
    record Counts(boolean vouched) implements Verdict {}

    /** It does not count, for this reason. */
    record DoesNotCount(String reason) implements Verdict {}

    /** What it says is not what was signed: somebody has changed it, or made it up. */
    record Forged() implements Verdict {}
  }

  /** Returns what an approval of a plan is worth at some time. */
  public Verdict judge(Approval approval, String plan, Instant now) {
    String key = approval.key();
    String signature = approval.signature();
    boolean forged =
        key == null || signature == null
            ? key != null || signature != null
            : !Signatures.isValid(key, approval.said(), signature);
    if (forged) {
      return new Verdict.Forged();
    }
    if (!approval.plan().equals(plan)) {
      return new Verdict.DoesNotCount("is of another plan");
    }
    if (!now.isBefore(approval.expires())) {
      return new Verdict.DoesNotCount("expired at " + approval.expires());
    }
    if (keys.isEmpty()) {
      return new Verdict.Counts(false);
    }
    if (key == null) {
      return new Verdict.DoesNotCount("is not signed, and pgrunbook.yaml lists who approves");
    }
    String expected = keys.get(approval.by());
    if (expected == null) {
      return new Verdict.DoesNotCount("is of nobody whom pgrunbook.yaml lists among its approvers");
    }
    return expected.strip().equals(key)
        ? new Verdict.Counts(true)
        : new Verdict.DoesNotCount(
            "is signed with another key than pgrunbook.yaml lists for that name");
  }
}
