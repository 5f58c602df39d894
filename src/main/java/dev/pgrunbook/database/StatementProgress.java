package dev.pgrunbook.database;

import org.jspecify.annotations.Nullable;

/**
 * How far a server process is with its statement, as one of the {@code pg_stat_progress_} views
 * tells it.
 *
 * @param command such as {@code CREATE INDEX}
 * @param relation what it works on, or null
 * @param phase what it does just now; empty where there are no phases
 * @param done how far it is in this phase; null when nothing counts
 * @param total how far it has to go in this phase; null when not known
 * @param unit what these count, such as {@code bytes} or {@code blocks}
 */
public record StatementProgress(
    String command,
    @Nullable String relation,
    String phase,
    @Nullable Long done,
    @Nullable Long total,
    String unit) {}
