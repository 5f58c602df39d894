package dev.pgrunbook.workspace;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The databases a runbook may be pointed at: those of {@code pgrunbook.yaml} by name, and any other
 * the way libpq's programs would reach it.
 */
public final class Workspace {

  /** The name of its file. */
  public static final String FILE = "pgrunbook.yaml";

  private static final String MISNAMED = "pgrunbook.yml";

  private static final int STICKY_AND_WRITABLE = 01002;

  private final Machine machine;
  private final @Nullable Path file;
  private final WorkspaceContents contents;

  private Workspace(Machine machine, @Nullable Path file, WorkspaceContents contents) {
    this.machine = machine;
    this.file = file;
    this.contents = contents;
  }

  /**
   * Finds {@code pgrunbook.yaml} upwards from a directory; without one the workspace is empty.
   *
   * @param environment the process's environment variables
   */
  public static Validated<Workspace> find(Path directory, Map<String, String> environment) {
    String userName = System.getProperty("user.name", "");
    return find(new Machine(directory.toAbsolutePath().normalize(), environment, userName));
  }

  static Validated<Workspace> find(Machine machine) {
    List<Diagnostic> warnings = new ArrayList<>();
    Path file = locate(machine.directory(), warnings);
    Path folder = file == null ? null : file.getParent();
    if (file == null || folder == null) {
      return Validated.of(new Workspace(machine, null, WorkspaceContents.nothing()), warnings);
    }
    String displayName = machine.directory().relativize(file).toString();
    Validated<SourceFile> source = SourceReader.read(file, displayName);
    Validated<WorkspaceContents> contents =
        source instanceof Validated.Valid<SourceFile> valid
            ? new WorkspaceReader(machine, folder).read(valid.value())
            : new Validated.Invalid<>(source.diagnostics());
    warnings.addAll(contents.diagnostics());
    WorkspaceContents read = contents.orNull();
    return Validated.of(read == null ? null : new Workspace(machine, file, read), warnings);
  }

  private static @Nullable Path locate(Path directory, List<Diagnostic> warnings) {
    for (Path folder = directory; folder != null; folder = folder.getParent()) {
      Path file = folder.resolve(FILE);
      Path misnamed = folder.resolve(MISNAMED);
      boolean isThere = Files.isRegularFile(file);
      if (isThere && (folder.equals(directory) || !isShared(folder))) {
        return file;
      } else if (isThere) {
        warnings.add(
            warning(file + " is not read: anybody may write to " + folder)
                .withHint("work in that folder itself if the file is yours"));
      } else if (Files.isRegularFile(misnamed)) {
        warnings.add(warning(misnamed + " is not read").withHint("rename it to " + FILE));
      }
    }
    return null;
  }

  private static Diagnostic warning(String message) {
    return Diagnostic.warning("workspace-ignored", null, message);
  }

  /** Returns whether anybody may put files there, as into /tmp: a file found there is nobody's. */
  private static boolean isShared(Path folder) {
    try {
      Object mode = Files.getAttribute(folder, "unix:mode");
      return mode instanceof Integer bits && (bits & STICKY_AND_WRITABLE) == STICKY_AND_WRITABLE;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknowable) {
      return false;
    }
  }

  /** Returns the workspace's {@code pgrunbook.yaml}, or null. */
  public @Nullable Path file() {
    return file;
  }

  /**
   * Returns where runs are kept: where somebody says, else where the file says, else in a folder.
   *
   * @param given a connection, by its name or written out, or a folder; null when nobody says
   * @param otherwise the folder that runs are kept in when the file does not say either
   */
  public Validated<StoreAddress> store(@Nullable String given, Path otherwise) {
    String said = given == null ? contents.store() : given;
    if (said == null) {
      return Validated.of(new StoreAddress.Directory(otherwise));
    }
    if (contents.connections().containsKey(said) || ConnectionForm.isWrittenOut(said)) {
      return settings(said).map(StoreAddress.Server::new);
    }
    Path path = machine.path(given == null ? folder() : machine.directory(), said);
    return path == null
        ? Validated.error(
            Diagnostic.error("bad-store", null, "the store is no folder and no connection")
                .withHint("a folder, or " + ConnectionForm.FORMS))
        : Validated.of(new StoreAddress.Directory(path));
  }

  private Path folder() {
    Path folder = file == null ? null : file.getParent();
    return folder == null ? machine.directory() : folder;
  }

  /** Returns the names of the connections, in the order of the file. */
  public List<String> connections() {
    return List.copyOf(contents.connections().keySet());
  }

  /** Returns the names of the environments, in the order of the file. */
  public List<String> environments() {
    return List.copyOf(contents.environments().keySet());
  }

  /** Returns the programs that shell steps may start. */
  public List<String> allowedCommands() {
    return contents.allowedCommands();
  }

  /** Returns the public key of everybody whose approvals of plans count, by name. */
  public Map<String, String> approvers() {
    return Collections.unmodifiableMap(contents.approvers());
  }

  /** Returns who is told of runs. */
  public List<Notification> notifications() {
    return contents.notifications();
  }

  /** Returns the folder that commands of the file start in. */
  public Path directory() {
    return folder();
  }

  /** Returns the connection of each role in an environment. */
  public Validated<Map<String, String>> environment(String name) {
    Map<String, String> roles = contents.environments().get(name);
    if (roles != null) {
      return Validated.of(Collections.unmodifiableMap(roles));
    }
    return unknown("environment", name, contents.environments().keySet());
  }

  /** Returns how to reach a connection: one of the file's names, or one that is written out. */
  public Validated<DatabaseSettings> settings(String connection) {
    Connection named = contents.connections().get(connection);
    if (named != null) {
      return new SettingsResolver(machine, named, folder()).resolve();
    }
    if (ConnectionForm.isName(connection)) {
      return unknown("connection", connection, contents.connections().keySet());
    }
    Validated<Connection> read = ConnectionForm.read(connection);
    if (read instanceof Validated.Valid<Connection> valid) {
      return new SettingsResolver(machine, valid.value(), machine.directory()).resolve();
    }
    return new Validated.Invalid<>(read.diagnostics());
  }

  private <T> Validated<T> unknown(String kind, String name, Collection<String> names) {
    String where = file == null ? ": there is no " + FILE + " here or above" : " in " + FILE;
    String meant = Spelling.didYouMean(name, names);
    String known = names.isEmpty() ? "" : "known: " + String.join(", ", names) + "; ";
    String forms = kind.equals("connection") ? ConnectionForm.FORMS : "add it to " + FILE;
    return Validated.error(
        Diagnostic.error("unknown-" + kind, null, "no " + kind + " \"" + name + "\"" + where)
            .withHint(meant == null ? known + forms : meant));
  }
}
