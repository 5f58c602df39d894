/**
 * Talks to PostgreSQL: sessions, statements, what became of a transaction.
 *
 * <p>The only importer of {@code java.sql}, HikariCP and pgjdbc. Allowed imports: {@code sql},
 * {@code model}, {@code value}, {@code source}.
 */
@NullMarked
package dev.pgrunbook.database;

import org.jspecify.annotations.NullMarked;
