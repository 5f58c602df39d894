/**
 * A runbook as the guide that people read, made from the file itself: text and Markdown.
 *
 * <p>Allowed imports: as {@code render}, and {@code render}.
 */
@NullMarked
package dev.pgrunbook.render.guide;

import org.jspecify.annotations.NullMarked;
