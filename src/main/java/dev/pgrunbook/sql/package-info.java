/**
 * SQL as text: splitting, {@code :name} values, what a statement does and locks.
 *
 * <p>{@link dev.pgrunbook.sql.SqlTemplate} is the way in for SQL that a runbook writes, {@link
 * dev.pgrunbook.sql.SqlScript} for SQL that was generated. Nothing here talks to a server, and
 * nothing refuses a statement for its grammar: the server is the judge of that.
 *
 * <p>Allowed imports: {@code source}, {@code value}.
 */
@NullMarked
package dev.pgrunbook.sql;

import org.jspecify.annotations.NullMarked;
