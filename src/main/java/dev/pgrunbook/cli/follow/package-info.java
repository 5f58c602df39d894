/**
 * Who follows a run besides its display: those who are notified, and monitoring.
 *
 * <p>Allowed imports: those of {@code cli}, and nothing of {@code cli} itself.
 */
@NullMarked
package dev.pgrunbook.cli.follow;

import org.jspecify.annotations.NullMarked;
