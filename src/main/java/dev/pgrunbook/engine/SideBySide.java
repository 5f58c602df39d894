package dev.pgrunbook.engine;

import dev.pgrunbook.journal.StepAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the items of a step, or the steps of a group, side by side, each on a thread.
 *
 * <p>A part that ends badly keeps others from beginning. Those that run already are left to end: a
 * half-done copy helps nobody. Whoever is asked what is to become of a failed part is asked when
 * nothing else runs, about the first of them first; from then on the run is in that person's hand,
 * and one part runs at a time.
 */
final class SideBySide {

  private final Cancellation cancellation;
  private final boolean oneAtATime;

  /** The part that each thread works on; one that waits for its turn is not among them. */
  private final Map<Thread, Integer> working = new HashMap<>();

  /** The threads for which some server has no place just now. */
  private final Set<Thread> placeless = new HashSet<>();

  /** The failed parts that nothing has been decided about. */
  private final TreeSet<Integer> undecided = new TreeSet<>();

  private @Nullable Region region;
  private boolean inHand;

  /**
   * Makes what runs the parts of one run.
   *
   * @param oneAtATime whether nothing runs side by side, as somebody goes through it step by step
   */
  SideBySide(Cancellation cancellation, boolean oneAtATime) {
    this.cancellation = cancellation;
    this.oneAtATime = oneAtATime;
  }

  /**
   * What may run beside others.
   *
   * @param address the item or step
   * @param work does it
   */
  record Part(StepAddress address, Runnable work) {

    /** Does it, or throws what stops it from beginning. */
    private void run(Cancellation cancellation) {
      cancellation.check();
      work.run();
    }
  }

  /** Parts that run now, and how those have ended that did not end well. */
  private static final class Region {
    private final List<Part> parts;
    private final TreeMap<Integer, Throwable> endings = new TreeMap<>();
    private int next;
    private int threads;
    private boolean stopped;

    Region(List<Part> parts, int threads) {
      this.parts = List.copyOf(parts);
      this.threads = threads;
    }

    boolean hasMore() {
      return !stopped && next < parts.size();
    }
  }

  /**
   * Runs parts, at most so many at once; returns when all are done.
   *
   * @throws RunPause when one of them has to stand still
   * @throws StepFailure when one of them has failed, and none has to stand still
   */
  void run(int most, List<Part> parts) {
    int threads = Math.min(most, parts.size());
    Region opened = threads > 1 ? open(parts, threads) : null;
    if (opened == null) {
      parts.forEach(part -> part.run(cancellation));
      return;
    }
    for (int i = 1; i <= threads; i++) {
      Thread thread = new Thread(() -> work(opened), "side by side " + i);
      thread.setDaemon(true);
      thread.start();
    }
    Endings.rethrow(close(opened), parts);
  }

  /** Returns null when the parts are to run one after the other. */
  private synchronized @Nullable Region open(List<Part> parts, int threads) {
    if (oneAtATime || inHand) {
      return null;
    }
    if (region != null) {
      throw new IllegalStateException("side by side within side by side");
    }
    Region opened = new Region(parts, threads);
    region = opened;
    return opened;
  }

  private synchronized Map<Integer, Throwable> close(Region ending) {
    await(() -> ending.threads == 0);
    region = null;
    return ending.endings;
  }

  private void work(Region at) {
    for (Integer part = begin(at); part != null; part = begin(at)) {
      Throwable ending = null;
      try {
        at.parts.get(part).run(cancellation);
      } catch (Throwable thrown) {
        ending = thrown;
      }
      end(at, part, ending);
    }
  }

  /** Returns the next part once it may begin; null when no more begins. */
  private synchronized @Nullable Integer begin(Region at) {
    await(() -> !at.hasMore() || (undecided.isEmpty() && (working.isEmpty() || !inHand)));
    if (!at.hasMore()) {
      at.threads--;
      notifyAll();
      return null;
    }
    int part = at.next++;
    working.put(Thread.currentThread(), part);
    return part;
  }

  private synchronized void end(Region at, int part, @Nullable Throwable ending) {
    working.remove(Thread.currentThread());
    placeless.remove(Thread.currentThread());
    if (ending != null) {
      at.endings.put(part, ending);
      at.stopped = true;
    }
    notifyAll();
  }

  /**
   * Asks what is to become of what has failed: when nothing runs beside it, and before any other
   * part that failed after it in the step's order.
   */
  <T> T askWhenQuiet(Supplier<T> question) {
    Integer part = awaitQuiet();
    if (part == null) {
      return question.get();
    }
    boolean goesOn = false;
    try {
      T answer = question.get();
      goesOn = true;
      return answer;
    } finally {
      decided(part, goesOn);
    }
  }

  /** Returns the part that the calling thread works on; null when it is the run's own thread. */
  private synchronized @Nullable Integer awaitQuiet() {
    Integer part = working.remove(Thread.currentThread());
    Region at = region;
    if (part == null || at == null) {
      return null;
    }
    undecided.add(part);
    notifyAll();
    await(() -> working.isEmpty() && undecided.first().equals(part));
    RuntimeException leaving = Endings.leaving(at.endings);
    if (leaving != null) {
      undecided.remove(part);
      throw leaving;
    }
    working.put(Thread.currentThread(), part);
    return part;
  }

  private synchronized void decided(int part, boolean goesOn) {
    undecided.remove(part);
    Region at = region;
    if (goesOn) {
      inHand = true;
    } else if (at != null) {
      at.stopped = true;
    }
    notifyAll();
  }

  /**
   * Takes in that a server has no place for a session of the calling thread; returns whether
   * another part works that has one, and will leave it.
   */
  synchronized boolean awaitsPlace() {
    placeless.add(Thread.currentThread());
    return !placeless.containsAll(working.keySet());
  }

  /** Takes in that the calling thread has got a session. */
  synchronized void hasPlace() {
    placeless.remove(Thread.currentThread());
  }

  private synchronized void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException stopped) {
        cancellation.request();
      }
    }
  }
}
