/**
 * Groovy files as data: Groovy's parser, and an interpreter of its tree that can only compute.
 *
 * <p>Allowed imports: {@code syntax}, {@code source}, and Groovy's parser and tree, which nobody
 * else imports. No class of this package is loaded unless a {@code .groovy} file is given.
 */
@NullMarked
package dev.pgrunbook.frontend.groovy;

import org.jspecify.annotations.NullMarked;
