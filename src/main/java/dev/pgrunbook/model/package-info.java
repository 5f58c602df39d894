/**
 * The immutable vocabulary of runbooks: what a file says, once it is known to be sound.
 *
 * <p>Nothing here knows positions in files, databases or journals; two files that say the same
 * thing, in either spelling, are equal values.
 *
 * <p>Allowed imports: {@code expression}, {@code sql}, {@code value}, {@code source}.
 */
@NullMarked
package dev.pgrunbook.model;

import org.jspecify.annotations.NullMarked;
