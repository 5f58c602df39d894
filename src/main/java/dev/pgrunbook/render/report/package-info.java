/**
 * The history of a run as one document, for people who were not there: HTML, Markdown, JSON.
 *
 * <p>Allowed imports: as {@code render}, and {@code render}.
 */
@NullMarked
package dev.pgrunbook.render.report;

import org.jspecify.annotations.NullMarked;
