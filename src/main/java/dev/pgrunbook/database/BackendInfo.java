package dev.pgrunbook.database;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A live session on the server.
 *
 * @param pid its server process
 * @param start when it started; null when it may not be seen
 * @param application its application name
 * @param database the database it is connected to
 * @param state such as {@code active} or {@code idle in transaction}; null when it may not be seen
 * @param query its running or last query
 * @param age how long its query runs, or ran; null when not known
 */
public record BackendInfo(
    int pid,
    @Nullable Instant start,
    String application,
    @Nullable String database,
    @Nullable String state,
    @Nullable String query,
    @Nullable Duration age) {}
