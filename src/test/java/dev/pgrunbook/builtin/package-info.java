/**
 * The runbooks that the program brings, run on real replicating pairs, beside what the documented
 * SQL does there.
 *
 * <p>Where that SQL goes wrong is numbered: {@code fact01} to {@code fact16}.
 */
@NullMarked
package dev.pgrunbook.builtin;

import org.jspecify.annotations.NullMarked;
