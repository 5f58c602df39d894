/**
 * Carries out a run, journal first.
 *
 * <p>Allowed imports: {@code journal}, {@code plan}, {@code database}, {@code inspect}, {@code
 * model}, {@code expression}, {@code sql}, {@code value}, {@code source}.
 */
@NullMarked
package dev.pgrunbook.engine;

import org.jspecify.annotations.NullMarked;
