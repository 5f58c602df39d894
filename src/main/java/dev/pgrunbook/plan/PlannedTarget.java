package dev.pgrunbook.plan;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The database that plays a role.
 *
 * @param role the role
 * @param description what the runbook says of it, or null
 * @param connection the connection's name, or its URI without a password; null when the plan was
 *     made without databases
 * @param display where that is, such as {@code host:5432/db as user}; null as above
 * @param serverVersion the server's version as people write it, or null
 * @param standby whether it is a standby, which takes no writes
 * @param isProtected whether its name must be typed before the first write
 * @param readOnly whether the runbook forbids itself to write there
 */
public record PlannedTarget(
    String role,
    @Nullable String description,
    @Nullable String connection,
    @Nullable String display,
    @Nullable String serverVersion,
    boolean standby,
    boolean isProtected,
    boolean readOnly) {

  public PlannedTarget {
    Objects.requireNonNull(role);
  }
}
