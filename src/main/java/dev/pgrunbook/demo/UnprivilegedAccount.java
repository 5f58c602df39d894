package dev.pgrunbook.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom PostgreSQL's programs run as. PostgreSQL refuses to run as root, so root becomes somebody
 * else; everybody else stays who they are.
 */
final class UnprivilegedAccount {
  /** The account without rights comes first: a demo server is no business of anybody's real one. */
  private static final List<String> CANDIDATES = List.of("nobody", "postgres");

  private final List<String> prefix;
  private final @Nullable String owner;

  private UnprivilegedAccount(List<String> prefix, @Nullable String owner) {
    this.prefix = prefix;
    this.owner = owner;
  }

  /** Finds a way that works here, trying each once with a command that does nothing. */
  static UnprivilegedAccount find(Path directory) {
    if (!isOwnedByRoot(directory)) {
      return new UnprivilegedAccount(List.of(), null);
    }
    for (String user : CANDIDATES) {
      for (List<String> prefix : waysToBecome(user, directory)) {
        if (works(prefix, directory)) {
          return new UnprivilegedAccount(prefix, user);
        }
      }
    }
    // In a user namespace root is seen as somebody else and still owns its files.
    List<String> namespace = List.of("unshare", "-U", "--");
    if (works(namespace, directory)) {
      return new UnprivilegedAccount(namespace, null);
    }
    throw new ClusterException(
        "PostgreSQL does not run as root, and neither setpriv, runuser, su nor unshare can switch"
            + " to another account here; start pgrunbook as an ordinary user");
  }

  List<String> command(List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }

  /** Hands a file or an empty directory over to this account. */
  void own(Path path) throws IOException {
    if (owner != null) {
      Files.setOwner(
          path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner));
    }
  }

  private static boolean isOwnedByRoot(Path directory) {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException notUnix) {
      return false;
    }
  }

  private static List<List<String>> waysToBecome(String user, Path directory) {
    ServerProgram.Outcome group;
    try {
      group = ServerProgram.attempt(directory, List.of("id", "-g", user));
    } catch (ClusterException absent) {
      return List.of();
    }
    if (!group.succeeded()) {
      return List.of();
    }
    return List.of(
        List.of(
            "setpriv",
            "--reuid=" + user,
            "--regid=" + group.output().strip(),
            "--clear-groups",
            "--"),
        List.of("runuser", "-u", user, "--"),
        List.of("su", "-s", "/bin/sh", user, "-c", "exec \"$0\" \"$@\"", "--"));
  }

  private static boolean works(List<String> prefix, Path directory) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      return ServerProgram.attempt(directory, command).succeeded();
    } catch (ClusterException absent) {
      return false;
    }
  }
}
