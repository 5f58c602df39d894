package dev.pgrunbook.cli;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.StepAddress;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the options of the command line, and leaves the rest to somebody else.
 *
 * <p>{@code --yes} answers confirmations, reviews and plain gates; {@code --approve STEP} every
 * question of that step, of all its items. Neither answers what has to be typed, what several
 * people must approve, what only a person can read, or a protected target; nor does {@code --yes}
 * override a rejection.
 */
final class BatchControl implements RunControl {

  private final boolean yes;
  private final Set<String> approved;
  private final Set<StepAddress> rejected;
  private final String operator;
  private final Consumer<Request.Review> transcript;
  private final RunControl otherwise;

  /**
   * @param rejected what somebody has said no to
   * @param transcript shows the statements that an option approves
   * @param otherwise decides what the options do not
   */
  BatchControl(
      RunFlags flags,
      Set<StepAddress> rejected,
      String operator,
      Consumer<Request.Review> transcript,
      RunControl otherwise) {
    this.yes = flags.yes();
    this.approved = Set.copyOf(flags.approved());
    this.rejected = Set.copyOf(rejected);
    this.operator = operator;
    this.transcript = transcript;
    this.otherwise = otherwise;
  }

  @Override
  public Decision decide(Request request) {
    if (request instanceof Request.Review review) {
      String option = option(request);
      if (option == null) {
        return otherwise.decide(request);
      }
      transcript.accept(review);
      return approve(option);
    } else if (request instanceof Request.Gate gate) {
      String option = isPlain(gate) ? option(request) : null;
      return option == null ? otherwise.decide(request) : approve(option);
    }
    return otherwise.decide(request);
  }

  private static boolean isPlain(Request.Gate gate) {
    return gate.type() == null && gate.approvals() == 1 && gate.kind() != GateKind.PROTECTED;
  }

  private @Nullable String option(Request request) {
    StepAddress address = request.address();
    if (approved.contains(address.step()) || approved.contains(address.toString())) {
      return "--approve " + address.step();
    }
    return yes && !rejected.contains(address) ? "--yes" : null;
  }

  private Decision approve(String option) {
    return new Decision.Approve(operator, option, null);
  }

  /**
   * Decides where nobody can be asked: the run goes on until somebody is needed.
   *
   * @param transcript shows the statements that wait for a review
   */
  static RunControl unattended(Consumer<Request.Review> transcript) {
    return request -> {
      if (request instanceof Request.BeforeStep) {
        return new Decision.Proceed();
      } else if (request instanceof Request.AfterFailure) {
        return new Decision.Fail();
      } else if (request instanceof Request.Review review) {
        transcript.accept(review);
      }
      return new Decision.Pause();
    };
  }
}
