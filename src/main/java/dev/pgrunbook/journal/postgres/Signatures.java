package dev.pgrunbook.journal.postgres;

import dev.pgrunbook.journal.JournalAudit;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the answers in a journal are those that the server signed.
 *
 * <p>A record is a client's text. Who answered is either the role that wrote the record, or that of
 * an answer that was posted and became that record.
 */
final class Signatures {

  private static final String SIGNED =
      """
      SELECT e.seq, e.role::text, a.role::text, a.answer, a.digest FROM pgrunbook.events AS e
      LEFT JOIN pgrunbook.approvals AS a ON a.run = e.run AND a.seq = e.seq
      WHERE e.run = ? AND e.event IN ('GateAnswered', 'ReviewAnswered')""";

  /** What the program itself approves needs nobody's signature: there was nothing to review. */
  private static final String PROGRAM = "pgrunbook";

  private final Map<Long, List<Value>> signed = new HashMap<>();
  private final String name;
  private @Nullable String forged;

  Signatures(StoreServer server, String run) {
    this.name = "run " + run + " in " + server.name();
    for (List<Value> row : server.read(SIGNED, StoreServer.text(run)).rows()) {
      signed.put(Long.valueOf(row.get(0).display()), row);
    }
  }

  void check(JournalRecord entry) {
    RunEvent event = entry.event();
    if (event instanceof GateAnswered gate) {
      check(entry.seq(), gate.by(), gate.answer(), gate.digest());
    } else if (event instanceof ReviewAnswered review && !review.by().equals(PROGRAM)) {
      check(entry.seq(), review.by(), review.answer(), review.digest());
    }
  }

  private void check(long seq, String by, Answer answer, String digest) {
    List<Value> row = signed.get(seq);
    if (forged != null || (row != null && isSigned(row, by, answer, digest))) {
      return;
    }
    String writer = row == null ? "nobody" : row.get(1).display();
    forged =
        name
            + " is not to be trusted at record "
            + seq
            + ": it tells an answer by "
            + by
            + " that the server knows nothing of, and role "
            + writer
            + " wrote it";
  }

  private static boolean isSigned(List<Value> row, String by, Answer answer, String digest) {
    boolean posted = !row.get(2).isNull();
    return posted
        ? row.get(2).display().equals(by)
            && row.get(3).display().equals(answer.word())
            && row.get(4).display().equals(digest)
        : row.get(1).display().equals(by);
  }

  /** Returns an audit that says what is forged, unless something else is worse. */
  JournalAudit judge(JournalAudit audit) {
    return forged == null || audit.damage() != null
        ? audit
        : new JournalAudit(audit.records(), audit.hash(), audit.torn(), forged, audit.deeds());
  }
}
