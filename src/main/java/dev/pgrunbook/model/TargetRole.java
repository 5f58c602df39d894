package dev.pgrunbook.model;

import org.jspecify.annotations.Nullable;

/**
 * A role that a database plays; which database does is decided outside the runbook.
 *
 * @param role the name that steps use
 * @param description for people, or null
 * @param defaultConnection the connection's name used when none is given, or null
 * @param readOnly whether no step may write there
 */
public record TargetRole(
    String role,
    @Nullable String description,
    @Nullable String defaultConnection,
    boolean readOnly) {}
