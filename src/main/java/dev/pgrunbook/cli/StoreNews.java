package dev.pgrunbook.cli;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What a store tells while a run waits for it, and whether anybody still wants to wait. */
final class StoreNews {

  private volatile Consumer<String> listener;
  private volatile BooleanSupplier stopped = () -> false;

  StoreNews(Messages messages) {
    this.listener = sentence -> messages.tell("pgrunbook: " + sentence);
  }

  /** Tells somebody else from now on. */
  void tellTo(Consumer<String> other) {
    listener = other;
  }

  /** Asks somebody whether to stop. */
  void stopWhen(BooleanSupplier condition) {
    stopped = condition;
  }

  void tell(String sentence) {
    listener.accept(sentence);
  }

  boolean isStopped() {
    return stopped.getAsBoolean();
  }
}
