package dev.pgrunbook.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is drawn in place: what runs now, then what is ahead; as many lines as there is room for,
 * for lines above the first row could not be drawn again.
 */
final class LiveView {

  private static final int MOST_NEXT = 3;

  private final Screen screen;
  private final LiveLines lines;
  private final Activities activities;
  private final Headway headway;

  LiveView(Screen screen, LiveLines lines, Activities activities, Headway headway) {
    this.screen = screen;
    this.lines = lines;
    this.activities = activities;
    this.headway = headway;
  }

  /**
   * Returns the lines.
   *
   * @param begun when this process began with the run
   */
  List<String> lines(Instant begun, Instant now) {
    List<Activity> active = activities.active();
    if (active.isEmpty()) {
      return List.of();
    }
    int room = screen.rows() - 1;
    List<String> all = new ArrayList<>();
    Activities.Whole wide = activities.sideBySide();
    if (wide != null && room > 2) {
      all.add(lines.whole(wide, now));
    }
    // The last line tells how the run as a whole stands.
    all.addAll(active(active, now, Math.max(1, room - all.size() - 1)));
    if (all.size() < room) {
      int most = Math.min(MOST_NEXT, room - all.size() - 1);
      Activities.Whole loop = wide == null ? activities.loop() : null;
      Duration elapsed = Duration.between(begun, now);
      all.addAll(lines.outlook(headway.outlook(elapsed, most, loop)));
    }
    return all;
  }

  /** Everything about each where there is room, else a line each, else a line for the rest. */
  private List<String> active(List<Activity> active, Instant now, int room) {
    int labels = lines.labelWidth(active);
    List<List<String>> full =
        active.stream().map(activity -> lines.of(activity, labels, now)).toList();
    if (full.stream().mapToInt(List::size).sum() <= room) {
      return full.stream().flatMap(List::stream).collect(Collectors.toList());
    }
    int shown = active.size() <= room ? active.size() : Math.max(0, room - 1);
    List<String> all = new ArrayList<>();
    for (Activity activity : active.subList(0, shown)) {
      all.add(lines.brief(activity, labels, now));
    }
    if (shown < active.size()) {
      all.add(lines.more(active.subList(shown, active.size())));
    }
    return all;
  }
}
