package dev.pgrunbook.cli;

import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.journal.RunIdTaken;
import dev.pgrunbook.journal.RunLocked;
import dev.pgrunbook.journal.UnknownRun;
import java.util.function.Supplier;

/** What a store refuses, as sentences and exit codes. */
final class StoreFailures {

  private StoreFailures() {}

  /** Returns what the work returns, or the exit code of what the store refused, which was told. */
  static ExitCode told(Messages messages, Supplier<ExitCode> work) {
    return told(messages, "wait for it, or stop it with Ctrl-C there", work);
  }

  /**
   * Returns the same.
   *
   * @param whenLocked what to do when another process holds what is needed
   */
  static ExitCode told(Messages messages, String whenLocked, Supplier<ExitCode> work) {
    try {
      return work.get();
    } catch (RunIdTaken taken) {
      messages.refuse(sentence(taken), "`pgrunbook runs` lists the runs");
      return ExitCode.INVALID;
    } catch (UnknownRun unknown) {
      messages.refuse(sentence(unknown), "`pgrunbook runs` lists the runs");
      return ExitCode.INVALID;
    } catch (RunLocked locked) {
      messages.refuse(sentence(locked), whenLocked);
      return ExitCode.LOCKED;
    } catch (JournalFailure failure) {
      messages.refuse(sentence(failure), null);
      return ExitCode.ENVIRONMENT;
    }
  }

  private static String sentence(RuntimeException refused) {
    return String.valueOf(refused.getMessage());
  }
}
