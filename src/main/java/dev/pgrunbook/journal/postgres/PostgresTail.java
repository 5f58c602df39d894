package dev.pgrunbook.journal.postgres;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.journal.JournalLines;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.JournalTail;
import dev.pgrunbook.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Reads a run's records, those that come later, too. */
final class PostgresTail implements JournalLines.Place, JournalTail {

  private static final int PORTION = 5_000;

  private static final String RECORDS =
      """
      SELECT record FROM pgrunbook.events WHERE run = ? AND seq > ? ORDER BY seq LIMIT
      """
          + PORTION;

  private final StoreServer server;
  private final String run;
  private final JournalLines lines;
  private long count;

  PostgresTail(StoreServer server, String run) {
    this(server, run, new PostgresAttachments(server, run, null));
  }

  PostgresTail(StoreServer server, String run, PostgresAttachments attachments) {
    this.server = server;
    this.run = run;
    this.lines = new JournalLines(run, this, attachments);
  }

  @Override
  public void read(Consumer<JournalRecord> reader) {
    int portion = PORTION;
    while (portion == PORTION) {
      Rows rows = server.read(RECORDS, StoreServer.text(run), StoreServer.number(count));
      portion = rows.size();
      for (List<Value> row : rows.rows()) {
        byte[] line = row.get(0).display().getBytes(StandardCharsets.UTF_8);
        JournalRecord entry = lines.read(line, 0, line.length);
        count++;
        reader.accept(entry);
      }
    }
  }

  /** Returns how many records have been read. */
  long count() {
    return count;
  }

  /** Returns the lines that have been read, to go on with. */
  JournalLines lines() {
    return lines;
  }

  @Override
  public String name() {
    return "run " + run + " in " + server.name();
  }

  @Override
  public String line(long number) {
    return "record " + number;
  }

  @Override
  public boolean isOwned() {
    return Owners.isOwned(server, run);
  }

  @Override
  public String hash() {
    return lines.hash();
  }

  /** What a transaction writes is there as a whole, or not at all. */
  @Override
  public long torn() {
    return 0;
  }

  @Override
  public void close() {}
}
