package dev.pgrunbook.cli;

import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.journal.RunIdTaken;
import dev.pgrunbook.journal.RunLocked;
import dev.pgrunbook.journal.UnknownRun;
import java.util.function.Supplier;

/** What a store refuses, as sentences and exit codes. */
final class StoreFailures {

  private StoreFailures() {}

  /**
   * Returns what the work returns, or the exit code of what the store refused, which was told.
   *
   * @param whenLocked what to do when another process holds what is needed
   */
  static ExitCode told(RunSetup setup, String whenLocked, Supplier<ExitCode> work) {
    Messages messages = setup.messages();
    try {
      return work.get();
    } catch (RunIdTaken | UnknownRun mistaken) {
      messages.refuse(sentence(mistaken), "`" + setup.command("runs") + "` lists the runs");
      return ExitCode.INVALID;
    } catch (RunLocked locked) {
      messages.refuse(sentence(locked), whenLocked);
      return ExitCode.LOCKED;
    } catch (JournalFailure failure) {
      messages.refuse(sentence(failure), null);
      return ExitCode.ENVIRONMENT;
    }
  }

  static String sentence(RuntimeException refused) {
    return String.valueOf(refused.getMessage());
  }
}
