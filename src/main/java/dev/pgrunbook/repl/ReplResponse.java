package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the session answers.
 *
 * @param lines what is to be shown, harmless
 * @param prompt what stands before the operator's next words
 * @param secret whether nobody may see these
 * @param decision what the engine is to do now; null while the operator goes on
 */
public record ReplResponse(
    List<String> lines, String prompt, boolean secret, @Nullable Decision decision) {
  public ReplResponse {
    lines = List.copyOf(lines);
  }
}
