/**
 * File to tree: each spelling of a runbook is read into the one syntax tree, as data.
 *
 * <p>Allowed imports: {@code syntax}, {@code source}, and SnakeYAML, which nobody else imports.
 */
@NullMarked
package dev.pgrunbook.frontend;

import org.jspecify.annotations.NullMarked;
