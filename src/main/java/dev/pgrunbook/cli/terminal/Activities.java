package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.render.Quantities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs now. Each step or item that does something itself has a place of its own until it ends,
 * and the next one takes the first place that is free: what runs side by side stays where it is
 * when something beside it ends.
 */
final class Activities {

  private final StepNames names;
  private final Map<StepAddress, Activity> running = new HashMap<>();
  private final List<@Nullable Activity> places = new ArrayList<>();
  private final Map<StepAddress, Part> parts = new HashMap<>();

  Activities(StepNames names) {
    this.names = names;
  }

  /** How many parts a loop or a group has, in all processes of the run. */
  private static final class Part {
    private final Set<StepAddress> settled = new HashSet<>();
    private int running;
    private boolean sideBySide;
  }

  /** Takes in what earlier processes have done. */
  void recall(RunState state) {
    state
        .steps()
        .forEach(
            (address, step) -> {
              StepAddress whole = names.whole(address);
              if (whole != null && step.isSettled()) {
                part(whole).settled.add(address);
              }
            });
  }

  private Part part(StepAddress whole) {
    return parts.computeIfAbsent(whole, key -> new Part());
  }

  @Nullable Activity get(StepAddress address) {
    return running.get(address);
  }

  /** Returns what is known of a step or item that runs; it has begun by then at the latest. */
  Activity begin(StepAddress address, Instant at) {
    Activity known = running.get(address);
    if (known != null) {
      return known;
    }
    Activity begun = new Activity(address, at);
    running.put(address, begun);
    StepAddress whole = names.whole(address);
    if (whole != null) {
      // A resumed loop goes on without a word, too.
      begin(whole, at);
      Part part = part(whole);
      part.settled.remove(address);
      part.running++;
      part.sideBySide |= part.running > 1;
    }
    if (!names.holdsOthers(address)) {
      place(begun);
    }
    return begun;
  }

  /** Of several that begin at once whoever comes first is a matter of chance. */
  private void place(Activity begun) {
    int free = places.indexOf(null);
    if (free >= 0) {
      places.set(free, begun);
      return;
    }
    int at = places.size();
    while (at > 0 && isLater(places.get(at - 1), begun)) {
      at--;
    }
    places.add(at, begun);
  }

  private static boolean isLater(@Nullable Activity one, Activity other) {
    return one != null
        && one.address.step().equals(other.address.step())
        && StepAddress.ITEMS.compare(one.address, other.address) > 0;
  }

  /** Takes in that a loop or group begins from its first part again, as those of a stall do. */
  void beginAnew(StepAddress whole) {
    part(whole).settled.clear();
  }

  /** Takes in that a step or item runs no more; whether it is done, or left out, for good. */
  void end(StepAddress address, boolean settled) {
    Activity ended = running.remove(address);
    int place = ended == null ? -1 : places.indexOf(ended);
    if (place >= 0) {
      places.set(place, null);
    }
    StepAddress whole = names.whole(address);
    if (whole != null) {
      part(whole).running -= ended == null ? 0 : 1;
      if (settled) {
        part(whole).settled.add(address);
      }
    }
  }

  void clear() {
    running.clear();
    places.clear();
  }

  /** Returns what does something now, each in its place. */
  List<Activity> active() {
    return places.stream().filter(Objects::nonNull).map(Activity.class::cast).toList();
  }

  /**
   * A loop or a group that runs.
   *
   * @param part what its parts are called
   * @param settled how many of them are done
   * @param total how many there are; null where that is not known
   * @param sideBySide whether several of them ran at once
   */
  record Whole(
      Activity activity, String part, int settled, @Nullable Integer total, boolean sideBySide) {

    /** Returns how far it is, in words. */
    String text() {
      return total == null
          ? Quantities.count(settled, part) + " done"
          : Quantities.count(settled) + " of " + Quantities.count(total, part);
    }
  }

  /** Returns the loop or group whose parts run side by side; null when none does. */
  @Nullable Whole sideBySide() {
    return wholes().stream().filter(Whole::sideBySide).findFirst().orElse(null);
  }

  /** Returns the innermost loop of several items; null when none runs. */
  @Nullable Whole loop() {
    return wholes().stream()
        .filter(whole -> names.isLoop(whole.activity().address))
        .filter(whole -> whole.total() == null || whole.total() > 1)
        .max(Comparator.comparing(whole -> whole.activity().startedAt))
        .orElse(null);
  }

  private List<Whole> wholes() {
    List<Whole> wholes = new ArrayList<>();
    for (Activity activity : running.values()) {
      if (names.holdsOthers(activity.address)) {
        Part part = part(activity.address);
        Integer total = activity.items == null ? names.parts(activity.address) : activity.items;
        String noun = names.isLoop(activity.address) ? "item" : "step";
        wholes.add(new Whole(activity, noun, part.settled.size(), total, part.sideBySide));
      }
    }
    return wholes;
  }
}
