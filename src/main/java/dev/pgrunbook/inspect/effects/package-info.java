/**
 * What a server knows of the relations, functions and types that a statement names, and what that
 * says about the statement's effects.
 *
 * <p>{@link dev.pgrunbook.inspect.effects.CatalogReader} asks, once for many statements; {@link
 * dev.pgrunbook.inspect.effects.ConnectedEffects} is pure. Allowed imports: {@code database},
 * {@code sql}, {@code value}.
 */
@NullMarked
package dev.pgrunbook.inspect.effects;

import org.jspecify.annotations.NullMarked;
