/**
 * Tree to validated runbook, every mistake at once.
 *
 * <p>{@link dev.pgrunbook.loader.RunbookLoader} is the way in. Nothing here reads anything but the
 * file and the SQL files that it names, so that a file loads the same on any machine.
 *
 * <p>Allowed imports: {@code frontend}, {@code syntax}, {@code language}, {@code model}, {@code
 * sql}, {@code expression}, {@code value}, {@code source}.
 */
@NullMarked
package dev.pgrunbook.loader;

import org.jspecify.annotations.NullMarked;
