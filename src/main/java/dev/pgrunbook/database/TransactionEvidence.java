package dev.pgrunbook.database;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to keep of a transaction before COMMIT, so that its outcome can be asked for afterwards.
 *
 * @param xid the 64-bit transaction id
 * @param systemIdentifier the cluster; null when the role may not read it
 * @param timeline the timeline the transaction's WAL is written to
 * @param insertPosition the WAL insert position, such as {@code 0/16B3748}
 * @param backendPid the server process
 * @param backendStart when it started, which tells it from a later one of the same pid
 * @param serverStart when the server started
 * @param statisticsSince since when the server counts, which changes with every crash: a server
 *     that crashed since may give the id to another transaction, if nothing of this one had reached
 *     the disk; null when it does not say
 */
public record TransactionEvidence(
    String xid,
    @Nullable String systemIdentifier,
    long timeline,
    WalPosition insertPosition,
    int backendPid,
    Instant backendStart,
    Instant serverStart,
    @Nullable Instant statisticsSince) {}
