/**
 * {@code pgrunbook.yaml}, libpq's files and variables, and the settings of connections they give.
 *
 * <p>Allowed imports: {@code frontend}, {@code syntax}, {@code database}, {@code model}, {@code
 * approval}, {@code value}, {@code source}.
 */
@NullMarked
package dev.pgrunbook.workspace;

import org.jspecify.annotations.NullMarked;
