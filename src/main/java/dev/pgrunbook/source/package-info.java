/**
 * Text, positions and diagnostics: what a user wrote, where it stands, and what is wrong with it.
 *
 * <p>Allowed imports: the JDK only.
 */
@NullMarked
package dev.pgrunbook.source;

import org.jspecify.annotations.NullMarked;
