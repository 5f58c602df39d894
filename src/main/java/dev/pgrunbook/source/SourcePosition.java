package dev.pgrunbook.source;

/**
 * A place in a file as people count it.
 *
 * @param line the line, from one
 * @param column the column in code points, from one
 */
public record SourcePosition(int line, int column) {}
