package dev.pgrunbook.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Ctrl-C once and twice; a request to terminate counts as Ctrl-C. */
public final class Interrupts implements AutoCloseable {

  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final List<@Nullable Object> previous = new ArrayList<>();

  private Interrupts() {}

  /**
   * Handles the signals until closed: the first is told to {@code once}, later ones to the other.
   */
  public static Interrupts handle(Runnable once, Runnable again) {
    Interrupts interrupts = new Interrupts();
    AtomicInteger count = new AtomicInteger();
    Runnable handler = () -> (count.getAndIncrement() == 0 ? once : again).run();
    SIGNALS.forEach(name -> interrupts.previous.add(Signals.register(name, handler)));
    return interrupts;
  }

  @Override
  public void close() {
    for (int i = 0; i < SIGNALS.size(); i++) {
      Object handler = previous.get(i);
      if (handler != null) {
        Signals.unregister(SIGNALS.get(i), handler);
      }
    }
  }
}
