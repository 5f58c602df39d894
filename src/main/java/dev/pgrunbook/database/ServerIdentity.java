package dev.pgrunbook.database;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which server, cluster and database a connection reached.
 *
 * @param version as people write it, such as {@code 15.18 (Debian 15.18-1)}
 * @param versionNumber such as 150018
 * @param systemIdentifier the cluster; null when the role may not read it
 * @param timeline the timeline it writes, or replays as a standby; null when the role may not read
 *     it
 * @param position the WAL insert position, on a standby the replayed one; null when not known
 * @param database {@code current_database()}
 * @param user {@code current_user}
 * @param inRecovery whether it is a standby
 * @param start when the server started
 * @param statisticsSince since when the server counts, which changes with every crash and with no
 *     clean restart; null when it does not say
 */
public record ServerIdentity(
    String version,
    int versionNumber,
    @Nullable String systemIdentifier,
    @Nullable Long timeline,
    @Nullable WalPosition position,
    String database,
    String user,
    boolean inRecovery,
    Instant start,
    @Nullable Instant statisticsSince) {}
