package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Prints the statements of a review that nobody is asked about here: an option answers it, or the
 * run pauses. What was approved, or waits, can be read all the same.
 */
public final class ReviewTranscript implements Consumer<Request.Review> {

  private final Screen screen;
  private final Set<String> protectedConnections;

  /**
   * @param protectedConnections the names of connections to point out
   */
  public ReviewTranscript(Screen screen, Set<String> protectedConnections) {
    this.screen = screen;
    this.protectedConnections = Set.copyOf(protectedConnections);
  }

  @Override
  public void accept(Request.Review review) {
    boolean isProtected = protectedConnections.contains(review.target());
    List<String> lines = new ArrayList<>();
    lines.addAll(new ReviewScreen(screen, review, isProtected).lines(review.statements()));
    lines.add("");
    screen.print(lines);
  }
}
