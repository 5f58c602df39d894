package dev.pgrunbook.journal.postgres;

import dev.pgrunbook.journal.Attachments;
import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.journal.RunLocked;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.value.Value;
import org.jspecify.annotations.Nullable;

/** The texts beside a run's journal, in a table. */
final class PostgresAttachments implements Attachments {

  /** What was left damaged is written anew. */
  private static final String STORE =
      """
      INSERT INTO pgrunbook.attachments AS a (run, digest, content) VALUES (?, ?, ?)
      ON CONFLICT (run, digest) DO UPDATE SET content = excluded.content
      WHERE a.content IS DISTINCT FROM excluded.content""";

  private final StoreServer server;
  private final String run;
  private final @Nullable Ownership ownership;

  /**
   * @param ownership writes; null where nothing is written
   */
  PostgresAttachments(StoreServer server, String run, @Nullable Ownership ownership) {
    this.server = server;
    this.run = run;
    this.ownership = ownership;
  }

  @Override
  public String attach(String content) {
    if (ownership == null) {
      throw new IllegalStateException("nothing is attached while a journal is read");
    }
    String digest = RunbookDigest.sha256(content);
    return ownership.durably(
        session -> {
          session.executeAlone(
              StoreServer.sql(
                  STORE,
                  StoreServer.text(run),
                  StoreServer.text(digest),
                  StoreServer.text(content)),
              0);
          return digest;
        },
        session -> null);
  }

  @Override
  public void keepDraft(String name, String text) {
    if (ownership == null) {
      throw new IllegalStateException("nothing is kept while a journal is read");
    }
    String key = Attachments.draftKey(name);
    try {
      ownership.once(
          session ->
              session.executeAlone(
                  StoreServer.sql(
                      STORE, StoreServer.text(run), StoreServer.text(key), StoreServer.text(text)),
                  0),
          session -> null);
    } catch (JournalFailure | RunLocked left) {
      // The journal is what a run needs; it says itself when it cannot be written.
      return;
    }
  }

  @Override
  public String draft(String name) {
    Value found = find(Attachments.draftKey(name));
    return found == null ? "" : found.display();
  }

  private @Nullable Value find(String key) {
    return server
        .read(
            "SELECT content FROM pgrunbook.attachments WHERE run = ? AND digest = ?",
            StoreServer.text(run),
            StoreServer.text(key))
        .first();
  }

  @Override
  public String load(String digest) {
    if (!Attachments.isDigest(digest)) {
      throw new JournalFailure("\"" + digest + "\" is not the SHA-256 of an attachment");
    }
    Value found = find(digest);
    String name = "attachment " + digest + " of run " + run + " in " + server.name();
    if (found == null) {
      throw new JournalFailure(name + " is missing, and the journal needs it");
    }
    String content = found.display();
    if (!RunbookDigest.sha256(content).equals(digest)) {
      throw new JournalFailure(name + " is damaged: its content does not match its digest");
    }
    return content;
  }
}
