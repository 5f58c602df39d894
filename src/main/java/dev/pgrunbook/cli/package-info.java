/**
 * Commands and composition root.
 *
 * <p>Only this package and the step-through session's shell print; only {@link
 * dev.pgrunbook.cli.Main} exits. May import every other package; no other package imports it.
 */
@NullMarked
package dev.pgrunbook.cli;

import org.jspecify.annotations.NullMarked;
