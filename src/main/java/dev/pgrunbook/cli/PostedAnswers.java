package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.Elsewhere;
import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.journal.PostedAnswer;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What other people have answered in a shared store while the run asks. */
final class PostedAnswers implements Elsewhere {

  private final RunStore store;
  private final String run;
  private final Journal journal;

  PostedAnswers(RunStore store, String run, Journal journal) {
    this.store = store;
    this.run = run;
    this.journal = journal;
  }

  @Override
  public @Nullable Decision answer(Request request) {
    if (!(request instanceof Request.Gate || request instanceof Request.Review)) {
      return null;
    }
    for (PostedAnswer posted : posted()) {
      if (posted.address().equals(request.address()) && posted.event(journal.state()) != null) {
        return posted.answer() == Answer.APPROVED
            ? new Decision.Approve(posted.by(), posted.comment(), null)
            : new Decision.Reject(posted.by(), posted.comment());
      }
    }
    return null;
  }

  /** While the store is away, there is nothing new; the run itself finds out what that means. */
  private List<PostedAnswer> posted() {
    try {
      return store.posted(run);
    } catch (JournalFailure away) {
      return List.of();
    }
  }
}
