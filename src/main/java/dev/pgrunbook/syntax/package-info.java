/**
 * The one tree that both spellings of a runbook are read into.
 *
 * <p>Allowed imports: {@code source}.
 */
@NullMarked
package dev.pgrunbook.syntax;

import org.jspecify.annotations.NullMarked;
