/**
 * What will run: pure functions of a runbook, its arguments and the facts gathered about databases.
 *
 * <p>Allowed imports: {@code model}, {@code expression}, {@code sql}, {@code value}, {@code
 * source}.
 */
@NullMarked
package dev.pgrunbook.plan;

import org.jspecify.annotations.NullMarked;
