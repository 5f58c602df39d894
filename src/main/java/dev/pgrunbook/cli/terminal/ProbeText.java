package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.cli.terminal.Measure.Fact;
import dev.pgrunbook.cli.terminal.ProbeRate.Left;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far something is, in words. */
final class ProbeText {

  /** Nothing may move for so long before it is told, and no time left is promised then. */
  static final Duration STILL = Duration.ofSeconds(10);

  private static final Duration LEAST_RANGE = Duration.ofSeconds(2);

  /** Nothing that goes on has no time left. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final int LONGEST_VALUE = 32;

  private final Measure measure;
  private final ProbeRate rate;
  private final Glyphs glyphs;
  private final Duration unseen;

  /**
   * Takes what is known.
   *
   * @param unseen for how long a look is overdue
   */
  ProbeText(Measure measure, ProbeRate rate, Glyphs glyphs, Duration unseen) {
    this.measure = measure;
    this.rate = rate;
    this.glyphs = glyphs;
    this.unseen = unseen;
  }

  /** Returns a bar of so many columns with its percentage, or nothing where there is no total. */
  String bar(int columns) {
    Double fraction = fraction();
    if (fraction == null) {
      return "";
    }
    String percent = fraction > 1 ? "    " : DisplayText.padLeft(percent(fraction), 4);
    return glyphs.progress(fraction, columns) + " " + percent;
  }

  /** Returns the percentage, or nothing where there is no total or it was too low. */
  String percentage() {
    Double fraction = fraction();
    return fraction == null || fraction > 1 ? "" : percent(fraction);
  }

  private static String percent(double fraction) {
    return (int) Math.floor(fraction * 100) + "%";
  }

  private @Nullable Double fraction() {
    Double done = measure.done();
    Double total = measure.total();
    if (done == null || total == null || total < 0) {
      return null;
    }
    return total == 0 ? Double.valueOf(1) : Double.valueOf(done / total);
  }

  /** Returns how much of how much is done, or nothing. */
  String amount() {
    Double done = measure.done();
    if (done == null) {
      return "";
    }
    Double total = measure.total();
    String unit = measure.unit() == null || isBytes() ? "" : " " + DisplayText.line(measure.unit());
    if (total == null) {
      return number(done) + unit;
    }
    String about = done > total ? " of about " : " of ";
    return number(done) + about + number(total) + unit;
  }

  private boolean isBytes() {
    return "bytes".equals(measure.unit());
  }

  private String number(double number) {
    if (isBytes()) {
      return Quantities.bytes((long) number);
    }
    return number == Math.rint(number) && Math.abs(number) < 100_000
        ? Quantities.count((long) number)
        : Quantities.brief(number);
  }

  /** Returns how fast it goes and how long it will take, as far as that can be told. */
  List<String> pace() {
    List<String> pace = new ArrayList<>();
    if (!stillness().isEmpty()) {
      return pace;
    }
    double perSecond = rate.perSecond();
    Double done = measure.done();
    boolean reached = done != null && done.equals(measure.total());
    if (perSecond > 0 && !reached) {
      pace.add(isBytes() ? Quantities.bytes((long) perSecond) + "/s" : Quantities.rate(perSecond));
      Left left = rate.left(measure.total());
      if (left != null) {
        pace.add(left(left));
      }
    }
    return pace;
  }

  /** A range that says hardly more than its middle is told as that. */
  private static String left(Left left) {
    Duration width = left.most().minus(left.least());
    Duration worthwhile = left.most().dividedBy(6);
    if (width.compareTo(LEAST_RANGE) <= 0 || width.compareTo(worthwhile) <= 0) {
      Duration middle = left.least().plus(width.dividedBy(2));
      boolean soon = middle.compareTo(SOON) < 0;
      return Quantities.roundDuration(soon ? SOON : middle) + " left";
    }
    String least = Quantities.roundDuration(left.least());
    String most = Quantities.roundDuration(left.most());
    boolean seconds = least.endsWith(" s") && most.endsWith(" s");
    String from = seconds ? least.substring(0, least.length() - 2) : least;
    return from + " to " + most + " left";
  }

  /** Returns for how long nothing has moved, or been seen at all, once that is worth a word. */
  String stillness() {
    if (unseen.compareTo(STILL) >= 0) {
      return "last seen " + Quantities.roughDuration(unseen) + " ago";
    }
    return measure.stalled().compareTo(STILL) < 0
        ? ""
        : "no progress for " + Quantities.roughDuration(measure.stalled());
  }

  /** Returns what is known besides how much is done. */
  String state() {
    List<String> parts = new ArrayList<>();
    for (Fact fact : measure.facts()) {
      String text = DisplayText.line(fact.text());
      boolean phase = fact.name().isEmpty();
      String shown = phase ? text : DisplayText.cut(text, LONGEST_VALUE, glyphs.ellipsis());
      parts.add(phase ? shown : DisplayText.line(fact.name()) + " " + shown);
    }
    return String.join(", ", parts);
  }

  /** Returns everything worth telling, a phrase each. */
  List<String> facts() {
    List<String> facts = new ArrayList<>(List.of(percentage(), amount()));
    facts.addAll(pace());
    facts.add(stillness());
    facts.add(state());
    facts.removeIf(String::isEmpty);
    return facts;
  }
}
