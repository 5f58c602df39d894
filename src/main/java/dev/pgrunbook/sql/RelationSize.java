package dev.pgrunbook.sql;

import org.jspecify.annotations.Nullable;

/**
 * How large a relation is.
 *
 * @param bytes what it takes on disk, indexes and TOAST included, partitions too
 * @param rows how many rows the server's statistics estimate; null before the first ANALYZE
 */
public record RelationSize(long bytes, @Nullable Long rows) {}
