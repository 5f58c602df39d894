package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.FailureText;
import dev.pgrunbook.render.Theme;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells what the server refused, and what failed, once each. */
final class FailureStory {

  private static final Duration RETRIES = Duration.ofSeconds(30);

  /** What a statement fails with when the operator has stopped it. */
  private static final String QUERY_CANCELED = "57014";

  private final Theme theme;
  private final StepNames names;
  private final StepLines lines;
  private final DetailLines details;
  private final Narrator narrator;
  private final Set<String> told = new HashSet<>();

  FailureStory(
      Theme theme, StepNames names, StepLines lines, DetailLines details, Narrator narrator) {
    this.theme = theme;
    this.names = names;
    this.lines = lines;
    this.details = details;
    this.narrator = narrator;
  }

  /** Takes in that what failed is tried again: the same words are news then. */
  void isTriedAgain() {
    told.clear();
  }

  /** Returns what is to be told of a statement that the server has refused; nothing for the end. */
  List<String> refused(Activity activity, StatementFailed failed, Instant now) {
    activity.blockers = List.of();
    ServerError error = failed.error();
    if (!failed.willRetry()) {
      activity.failure = failed;
      return List.of();
    }
    if (error.sqlstate().equals(QUERY_CANCELED)) {
      return List.of();
    }
    activity.retries++;
    boolean known = error.sqlstate().equals(activity.retryTold);
    if (known && !Bulletins.isOver(activity.retryToldAt, now, RETRIES)) {
      return List.of();
    }
    activity.retryTold = error.sqlstate();
    activity.retryToldAt = now;
    String text = "will be tried again: " + error.message();
    List<String> all = new ArrayList<>(lines.warning(activity.address, text));
    if (!error.blockers().equals(activity.blockersTold)) {
      all.addAll(lines.blockers(error.blockers()));
    }
    return all;
  }

  /** Tells of a failure; a loop and a group fail with what failed in them, which has been told. */
  void failed(Activity activity, String message, Instant at) {
    boolean holdsOthers = names.holdsOthers(activity.address);
    boolean toldWithin = holdsOthers && !told.isEmpty();
    if (!told.add(message) && holdsOthers) {
      return;
    }
    List<String> all = new ArrayList<>(lines.failed(activity, at));
    all.addAll(activity.details);
    all.add("");
    StatementFailed failure = activity.failure;
    all.addAll(
        details.indented(
            failure == null ? words(message, toldWithin) : new FailureText(theme).lines(failure)));
    all.add("");
    narrator.insist(all);
  }

  /** Of what failed in a loop or a group only how many they were is news. */
  private static List<String> words(String message, boolean toldWithin) {
    List<String> words = DisplayText.lines(message.strip()).lines().toList();
    return toldWithin ? words.subList(0, Math.min(1, words.size())) : words;
  }
}
