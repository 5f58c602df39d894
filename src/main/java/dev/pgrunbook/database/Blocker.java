package dev.pgrunbook.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A session that keeps another one waiting for a lock.
 *
 * @param pid its server process; 0 for a prepared transaction, which has none
 * @param user its role; null when there is none or it may not be seen
 * @param application its application name
 * @param query its running or last query; {@code <insufficient privilege>} when it may not be seen
 * @param state such as {@code active} or {@code idle in transaction}
 * @param age how long its transaction is open; null when not known
 */
public record Blocker(
    int pid,
    @Nullable String user,
    @Nullable String application,
    @Nullable String query,
    @Nullable String state,
    @Nullable Duration age) {}
