/**
 * Where tests get PostgreSQL from: {@link dev.pgrunbook.testing.PostgresExtension} hands a test the
 * databases, servers and replicating pairs that its parameters ask for.
 */
@NullMarked
package dev.pgrunbook.testing;

import org.jspecify.annotations.NullMarked;
