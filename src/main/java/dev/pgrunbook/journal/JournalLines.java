package dev.pgrunbook.journal;

import dev.pgrunbook.journal.EventJson.NewerFormat;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one journal, in order: written, and read again with every check there is.
 *
 * <p>Whoever keeps them, a file or a server, the bytes are the same, and each line proves the ones
 * before it.
 */
public final class JournalLines {

  private final String run;
  private final Place place;
  private final EventJson events;
  private final HashChain chain = new HashChain();
  private long count;

  /** Where lines are kept, as people are told. */
  public interface Place {

    /** Returns the name of the whole, such as a file's. */
    String name();

    /** Returns where in it the line of a number is; lines are counted from one. */
    String line(long number);
  }

  /** Begins before the first line of a run's journal. */
  public JournalLines(String run, Place place, Attachments attachments) {
    this.run = run;
    this.place = place;
    this.events = EventJson.stored(attachments);
  }

  /** Returns the next record as a line with its line end. */
  public byte[] write(JournalRecord entry) {
    byte[] json = JsonText.of(events.write(entry)).getBytes(StandardCharsets.UTF_8);
    count++;
    return chain.seal(json);
  }

  /**
   * Returns the record of the next line, which comes without its line end.
   *
   * @throws JournalFailure when it is damaged, or of a later format
   */
  public JournalRecord read(byte[] line, int start, int end) {
    count++;
    if (!chain.accept(line, start, end)) {
      throw damaged(count, "its hash does not match", null);
    }
    try {
      JournalRecord entry =
          events.read(new String(line, start, end - start, StandardCharsets.UTF_8));
      check(entry);
      return entry;
    } catch (NewerFormat newer) {
      throw new JournalFailure(place.name() + " " + newer.getMessage(), newer);
    } catch (IllegalArgumentException malformed) {
      throw damaged(count, String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private void check(JournalRecord entry) {
    if (entry.seq() != count) {
      throw new IllegalArgumentException("its seq is " + entry.seq());
    }
    if (!entry.run().equals(run)) {
      throw new IllegalArgumentException("it is of run " + entry.run());
    }
    if (entry.event() instanceof RunStarted != (count == 1)) {
      throw new IllegalArgumentException("a run begins with RunStarted, and once");
    }
  }

  /** Returns whether a text is exactly the next line. */
  boolean isNext(byte[] line, int start, int end) {
    return chain.continuesWith(line, start, end);
  }

  /** Returns the failure of a journal whose next line is damaged. */
  JournalFailure damagedNext(String why) {
    return damaged(count + 1, why, null);
  }

  private JournalFailure damaged(long line, String why, @Nullable Exception cause) {
    return new JournalFailure(
        place.name()
            + " is damaged at "
            + place.line(line)
            + ": "
            + why
            + ". Nothing from there on can be trusted, and the run is not resumed",
        cause);
  }

  /** Returns the hash of the last line, which stands for them all. */
  public String hash() {
    return chain.last();
  }
}
