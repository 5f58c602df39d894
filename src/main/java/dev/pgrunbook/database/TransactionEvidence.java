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
 * @param serverStart when the server started; a server that crashed since may give the id to
 *     another transaction, if nothing of this one had reached the disk
 */
public record TransactionEvidence(
    String xid,
    @Nullable String systemIdentifier,
    long timeline,
    WalPosition insertPosition,
    int backendPid,
    Instant backendStart,
    Instant serverStart) {}
