/**
 * The expression language, a typed subset of CEL: parse, check, evaluate; and texts with {@code
 * ${…}} in them.
 *
 * <p>Allowed imports: the JDK, RE2/J, {@code source} and {@code value}.
 */
@NullMarked
package dev.pgrunbook.expression;

import org.jspecify.annotations.NullMarked;
