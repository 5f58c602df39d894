package dev.pgrunbook.render;

import java.util.Locale;
import java.util.Map;

/** The signs that outputs are drawn with: those of Unicode, or what every character set has. */
public enum Glyphs {
  UNICODE("✓", "✗", "·", "▸", "…", "─", "│", "┼", "█", "░", "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"),
  ASCII("+", "x", "-", ">", "...", "-", "|", "+", "#", ".", "|/-\\");

  private final String done;
  private final String failed;
  private final String dot;
  private final String running;
  private final String ellipsis;
  private final String line;
  private final String bar;
  private final String cross;
  private final String full;
  private final String empty;
  private final String spinner;

  Glyphs(
      String done,
      String failed,
      String dot,
      String running,
      String ellipsis,
      String line,
      String bar,
      String cross,
      String full,
      String empty,
      String spinner) {
    this.done = done;
    this.failed = failed;
    this.dot = dot;
    this.running = running;
    this.ellipsis = ellipsis;
    this.line = line;
    this.bar = bar;
    this.cross = cross;
    this.full = full;
    this.empty = empty;
    this.spinner = spinner;
  }

  /** Returns what the locale's character set can show: {@code LC_ALL}, {@code LC_CTYPE}, LANG. */
  public static Glyphs of(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String locale = environment.getOrDefault(name, "");
      if (!locale.isEmpty()) {
        String lower = locale.toLowerCase(Locale.ROOT);
        return lower.contains("utf-8") || lower.contains("utf8") ? UNICODE : ASCII;
      }
    }
    return ASCII;
  }

  /** Returns the mark of something done. */
  public String done() {
    return done;
  }

  /** Returns the mark of something that failed. */
  public String failed() {
    return failed;
  }

  /** Returns the mark of something left out, and what stands between facts. */
  public String dot() {
    return dot;
  }

  /** Returns the mark of something that goes on. */
  public String running() {
    return running;
  }

  /** Returns what stands for text that was cut off. */
  public String ellipsis() {
    return ellipsis;
  }

  /** Returns a horizontal line of so many columns. */
  public String line(int columns) {
    return line.repeat(Math.max(0, columns));
  }

  String bar() {
    return bar;
  }

  String cross() {
    return cross;
  }

  /** Returns a bar of which a fraction, from 0 to 1, is filled. */
  public String progress(double fraction, int columns) {
    double within = Math.max(0, Math.min(1, fraction));
    // Only what is complete looks complete.
    int filled = (int) Math.floor(within * columns);
    return full.repeat(filled) + empty.repeat(columns - filled);
  }

  /** Returns a frame of the sign that something is alive. */
  public String spinner(long frame) {
    int index = (int) Math.floorMod(frame, (long) spinner.length());
    return spinner.substring(index, index + 1);
  }
}
