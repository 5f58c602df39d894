/**
 * The shared store: journals, answers and ownership of runs in a schema of a PostgreSQL database.
 *
 * <p>Allowed imports: {@code journal} and what it may import, {@code database}.
 */
@NullMarked
package dev.pgrunbook.journal.postgres;

import org.jspecify.annotations.NullMarked;
