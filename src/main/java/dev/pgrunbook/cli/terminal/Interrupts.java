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
    Runnable handler = firstThen(once, again);
    return register(handler, handler);
  }

  /**
   * Handles the signals until closed: every Ctrl-C is told to {@code interrupt}, the first request
   * to terminate to {@code terminate}, later ones to the last.
   */
  public static Interrupts handle(Runnable interrupt, Runnable terminate, Runnable again) {
    return register(interrupt, firstThen(terminate, again));
  }

  private static Runnable firstThen(Runnable once, Runnable again) {
    AtomicInteger count = new AtomicInteger();
    return () -> (count.getAndIncrement() == 0 ? once : again).run();
  }

  private static Interrupts register(Runnable interrupt, Runnable terminate) {
    Interrupts interrupts = new Interrupts();
    interrupts.previous.add(Signals.register("INT", interrupt));
    interrupts.previous.add(Signals.register("TERM", terminate));
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
