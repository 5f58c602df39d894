/**
 * The vocabulary of runbook files: which keys stand where, what their values look like, and what
 * they mean.
 *
 * <p>The loader asks for no key that is not here and finds every key that is; the JSON Schema and
 * the description for editors are made of the same.
 *
 * <p>Allowed imports: {@code model}.
 */
@NullMarked
package dev.pgrunbook.language;

import org.jspecify.annotations.NullMarked;
