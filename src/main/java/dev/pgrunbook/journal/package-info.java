/**
 * What happened in a run: durably, in order, and the state that follows from it.
 *
 * <p>Allowed imports: {@code plan}, {@code model}, {@code expression}, {@code sql}, {@code value},
 * {@code source}.
 */
@NullMarked
package dev.pgrunbook.journal;

import org.jspecify.annotations.NullMarked;
