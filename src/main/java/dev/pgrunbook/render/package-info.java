/**
 * Values to text, Markdown, HTML, JSON and SARIF, for people and for machines.
 *
 * <p>Allowed imports: {@code plan}, {@code journal}, {@code syntax}, {@code language}, {@code
 * source}, and Gson.
 */
@NullMarked
package dev.pgrunbook.render;

import org.jspecify.annotations.NullMarked;
