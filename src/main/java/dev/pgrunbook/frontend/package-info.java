/**
 * File to tree: each spelling of a runbook is read into the one syntax tree, as data.
 *
 * <p>Allowed imports: {@code syntax}, {@code source}, and SnakeYAML, which nobody else imports;
 * what knows Groovy is in {@code frontend.groovy}.
 */
@NullMarked
package dev.pgrunbook.frontend;

import org.jspecify.annotations.NullMarked;
