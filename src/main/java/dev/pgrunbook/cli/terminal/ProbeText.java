package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a probe has seen, in words. */
final class ProbeText {

  /** Nothing may move for so long before it is told, and no time left is promised then. */
  static final Duration STILL = Duration.ofSeconds(10);

  private static final int LONGEST_VALUE = 32;

  private final ProbeSample sample;
  private final ProbeRate rate;
  private final Glyphs glyphs;

  ProbeText(ProbeSample sample, ProbeRate rate, Glyphs glyphs) {
    this.sample = sample;
    this.rate = rate;
    this.glyphs = glyphs;
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
    Double done = sample.done();
    Double total = sample.total();
    if (done == null || total == null || total < 0) {
      return null;
    }
    return total == 0 ? Double.valueOf(1) : Double.valueOf(done / total);
  }

  /** Returns how much of how much is done, or nothing. */
  String amount() {
    Double done = sample.done();
    if (done == null) {
      return "";
    }
    Double total = sample.total();
    String unit = sample.unit() == null ? "" : " " + DisplayText.line(sample.unit());
    if (total == null) {
      return number(done) + unit;
    }
    String about = done > total ? " of about " : " of ";
    return number(done) + about + number(total) + unit;
  }

  private static String number(double number) {
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
    Double done = sample.done();
    boolean reached = done != null && done.equals(sample.total());
    if (perSecond > 0 && !reached) {
      pace.add(Quantities.rate(perSecond));
      Duration left = rate.left(sample.total());
      if (left != null) {
        pace.add(Quantities.roughDuration(left) + " left");
      }
    }
    return pace;
  }

  /** Returns for how long nothing has moved, once that is worth a word. */
  String stillness() {
    return sample.stalled().compareTo(STILL) < 0
        ? ""
        : "no progress for " + Quantities.roughDuration(sample.stalled());
  }

  /** Returns what the sources say besides how much is done. */
  String state() {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Value> column : sample.values().entrySet()) {
      Value value = column.getValue();
      if (!value.isNull() && !isAmount(value)) {
        String text = DisplayText.line(value.display());
        String shown = DisplayText.cut(text, LONGEST_VALUE, glyphs.ellipsis());
        parts.add(DisplayText.line(column.getKey()) + " " + shown);
      }
    }
    return String.join(", ", parts);
  }

  private boolean isAmount(Value value) {
    Double number = value.number();
    return number != null && (number.equals(sample.done()) || number.equals(sample.total()));
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
