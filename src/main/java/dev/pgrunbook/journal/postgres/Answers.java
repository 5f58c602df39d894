package dev.pgrunbook.journal.postgres;

import dev.pgrunbook.database.Session;
import dev.pgrunbook.journal.PostedAnswer;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.List;

/** What people have answered and the run has not taken note of. */
final class Answers {

  private static final String PENDING =
      """
      SELECT step, items::int8[], digest, role::text, answer, comment FROM pgrunbook.approvals
      WHERE run = ? AND seq IS NULL ORDER BY id""";

  /** Who answers is not said here: the server knows. */
  private static final String POST =
      """
      INSERT INTO pgrunbook.approvals (run, step, items, digest, answer, comment)
      VALUES (?, ?, ?::int[], ?, ?, ?)""";

  private final StoreServer server;
  private final String run;

  Answers(StoreServer server, String run) {
    this.server = server;
    this.run = run;
  }

  List<PostedAnswer> pending() {
    List<PostedAnswer> answers = new ArrayList<>();
    for (List<Value> row : server.read(PENDING, StoreServer.text(run)).rows()) {
      answers.add(
          new PostedAnswer(
              new StepAddress(row.get(0).display(), items((ListValue) row.get(1))),
              row.get(2).display(),
              row.get(3).display(),
              row.get(4).display().equals(Answer.APPROVED.word())
                  ? Answer.APPROVED
                  : Answer.REJECTED,
              row.get(5).isNull() ? null : row.get(5).display()));
    }
    return answers;
  }

  private static List<Integer> items(ListValue items) {
    return items.items().stream().map(item -> Integer.valueOf(item.display())).toList();
  }

  void post(Session session, PostedAnswer answer) {
    session.executeAlone(
        StoreServer.sql(
            POST,
            StoreServer.text(run),
            StoreServer.text(answer.address().step()),
            StoreServer.numbers(answer.address().items()),
            StoreServer.text(answer.digest()),
            StoreServer.text(answer.answer().word()),
            StoreServer.text(answer.comment())),
        0);
  }
}
