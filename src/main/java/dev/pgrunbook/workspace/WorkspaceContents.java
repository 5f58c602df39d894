package dev.pgrunbook.workspace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace's file says.
 *
 * @param connections by name, in the order of the file
 * @param environments by name; each the connection of every role
 * @param store the store's folder or connection as written, or null
 * @param allowedCommands the programs that shell steps may start
 * @param approvers the public key of everybody whose approvals of plans count, by name
 * @param notifications who is told of runs
 */
record WorkspaceContents(
    Map<String, Connection> connections,
    Map<String, Map<String, String>> environments,
    @Nullable String store,
    List<String> allowedCommands,
    Map<String, String> approvers,
    List<Notification> notifications) {

  WorkspaceContents {
    connections = new LinkedHashMap<>(connections);
    environments = new LinkedHashMap<>(environments);
    allowedCommands = List.copyOf(allowedCommands);
    approvers = new LinkedHashMap<>(approvers);
    notifications = List.copyOf(notifications);
  }

  static WorkspaceContents nothing() {
    return new WorkspaceContents(Map.of(), Map.of(), null, List.of(), Map.of(), List.of());
  }
}
