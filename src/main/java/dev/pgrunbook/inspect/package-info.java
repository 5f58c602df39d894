/**
 * Gathers the facts of a plan from databases, through sessions that cannot write, and judges what
 * is safe to run there.
 *
 * <p>Allowed imports: {@code database}, {@code plan}, {@code model}, {@code expression}, {@code
 * sql}, {@code value}, {@code source}.
 */
@NullMarked
package dev.pgrunbook.inspect;

import org.jspecify.annotations.NullMarked;
