/**
 * The terminal: prompts, reviews, the live display, and the keys that interrupt.
 *
 * <p>Allowed imports: as {@code cli}.
 */
@NullMarked
package dev.pgrunbook.cli.terminal;

import org.jspecify.annotations.NullMarked;
