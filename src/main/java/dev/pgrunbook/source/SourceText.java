package dev.pgrunbook.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text taken out of a file that remembers where each of its characters stood there.
 *
 * <p>A scalar in a file loses its quotes, escapes and indentation when it is read. An error at an
 * offset of the resulting text must still point into the file, so the text carries stretches: from
 * a stretch's first character on, text and file run side by side until the next stretch.
 */
public final class SourceText {

  /** The end of a stretch that runs side by side with the file. */
  private static final int ALONG = -1;

  private final SourceFile file;
  private final String text;
  private final int[] textOffsets;
  private final int[] fileOffsets;

  /** For a stretch that stands for another as a whole: where that one ends; else {@link #ALONG}. */
  private final int[] fileEnds;

  private SourceText(
      SourceFile file, String text, int[] textOffsets, int[] fileOffsets, int[] fileEnds) {
    this.file = file;
    this.text = text;
    this.textOffsets = textOffsets;
    this.fileOffsets = fileOffsets;
    this.fileEnds = fileEnds;
  }

  /** Returns a stretch of a file, character by character as it stands there. */
  public static SourceText verbatim(SourceFile file, int start, int end) {
    String text = file.text().substring(start, end);
    return new SourceText(file, text, new int[] {0}, new int[] {start}, new int[] {ALONG});
  }

  /**
   * Returns a text that stands in no file, under a name for diagnostics such as {@code <row 3>}.
   */
  public static SourceText of(String name, String text) {
    return new SourceFile(name, text).asText();
  }

  /** Starts a text whose characters come from scattered places of a file. */
  public static Builder builder(SourceFile file) {
    return new Builder(file);
  }

  /** Returns the file the text stands in. */
  public SourceFile file() {
    return file;
  }

  /** Returns the text itself. */
  public String text() {
    return text;
  }

  /** Returns the place in the file of an offset of the text. */
  public int fileOffset(int offset) {
    int stretch = stretch(offset);
    int along = fileEnds[stretch] == ALONG ? offset - textOffsets[stretch] : 0;
    return Math.min(fileOffsets[stretch] + along, file.text().length());
  }

  /** Returns the span in the file of a stretch of the text, the end exclusive. */
  public SourceSpan span(int start, int end) {
    int first = fileOffset(start);
    int last = end > start ? endOf(end - 1) : first;
    return new SourceSpan(file, first, Math.max(first, Math.min(last, file.text().length())));
  }

  private int endOf(int offset) {
    int stretch = stretch(offset);
    return fileEnds[stretch] == ALONG ? fileOffset(offset) + 1 : fileEnds[stretch];
  }

  private int stretch(int offset) {
    int found = Arrays.binarySearch(textOffsets, offset);
    return found >= 0 ? found : -found - 2;
  }

  /** Returns of how many stretches of the file the text is made. */
  public int stretches() {
    return textOffsets.length;
  }

  /** Returns the span of the whole text. */
  public SourceSpan span() {
    return span(0, text.length());
  }

  /** Returns a stretch of this text, still mapped. */
  public SourceText slice(int start, int end) {
    List<int[]> stretches = new ArrayList<>();
    stretches.add(new int[] {0, fileOffset(start), fileEnds[stretch(start)]});
    for (int i = 0; i < textOffsets.length; i++) {
      if (textOffsets[i] > start && textOffsets[i] < end) {
        stretches.add(new int[] {textOffsets[i] - start, fileOffsets[i], fileEnds[i]});
      }
    }
    return mapped(file, text.substring(start, end), stretches);
  }

  private static SourceText mapped(SourceFile file, String text, List<int[]> stretches) {
    int[] textOffsets = new int[stretches.size()];
    int[] fileOffsets = new int[stretches.size()];
    int[] fileEnds = new int[stretches.size()];
    for (int i = 0; i < textOffsets.length; i++) {
      textOffsets[i] = stretches.get(i)[0];
      fileOffsets[i] = stretches.get(i)[1];
      fileEnds[i] = stretches.get(i)[2];
    }
    return new SourceText(file, text, textOffsets, fileOffsets, fileEnds);
  }

  @Override
  public String toString() {
    return text;
  }

  /** Gathers a text stretch by stretch. */
  public static final class Builder {

    private final SourceFile file;
    private final StringBuilder text = new StringBuilder();
    private final List<int[]> stretches = new ArrayList<>();

    private Builder(SourceFile file) {
      this.file = file;
    }

    /** Appends text whose first character stands at an offset of the file. */
    public Builder append(String stretch, int fileOffset) {
      if (!stretch.isEmpty()) {
        stretches.add(new int[] {text.length(), fileOffset, ALONG});
        text.append(stretch);
      }
      return this;
    }

    /** Appends text that stands for a stretch of the file as a whole, such as for a name in it. */
    public Builder appendInstead(String replacement, int start, int end) {
      if (!replacement.isEmpty()) {
        stretches.add(new int[] {text.length(), start, end});
        text.append(replacement);
      }
      return this;
    }

    /** Appends text that is taken out of the same file already. */
    public Builder append(SourceText other) {
      if (other.text.isEmpty()) {
        return this;
      }
      for (int i = 0; i < other.textOffsets.length; i++) {
        stretches.add(
            new int[] {
              text.length() + other.textOffsets[i], other.fileOffsets[i], other.fileEnds[i]
            });
      }
      text.append(other.text);
      return this;
    }

    /** Returns the text; an empty one stands at the given offset. */
    public SourceText build(int emptyOffset) {
      if (stretches.isEmpty()) {
        stretches.add(new int[] {0, emptyOffset, ALONG});
      }
      return mapped(file, text.toString(), stretches);
    }
  }
}
