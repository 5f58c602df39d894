/** The promise that every effect takes place exactly once, tried on the real program. */
@NullMarked
package dev.pgrunbook.proof;

import org.jspecify.annotations.NullMarked;
