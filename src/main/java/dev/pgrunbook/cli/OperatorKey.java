package dev.pgrunbook.cli;

import dev.pgrunbook.approval.SigningKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operator's own key, {@code $XDG_CONFIG_HOME/pgrunbook/approval.key}. */
final class OperatorKey {

  private static final Set<PosixFilePermission> MINE_ALONE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Surroundings surroundings;
  private final Messages messages;

  OperatorKey(Surroundings surroundings, Messages messages) {
    this.surroundings = surroundings;
    this.messages = messages;
  }

  private Path file() {
    return surroundings.configDirectory().resolve("approval.key");
  }

  /** What became of looking for the key: there is one, there is none, or it must not be used. */
  record Found(@Nullable SigningKey key, boolean usable) {}

  /** Returns the key; what is wrong with it is told. */
  Found find() {
    Path file = file();
    try {
      if (Files.notExists(file)) {
        return new Found(null, true);
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!MINE_ALONE.containsAll(permissions)) {
        messages.refuse(
            file + " can be used by others than its owner",
            "chmod 600 it; whoever has read it can approve in your name");
        return new Found(null, false);
      }
      SigningKey key = SigningKey.read(Files.readString(file));
      if (key == null) {
        messages.refuse(file + " holds no Ed25519 key", "move it away, and `approve --new-key`");
      }
      return new Found(key, key != null);
    } catch (IOException unreadable) {
      messages.refuse("cannot read " + file + ": " + unreadable.getMessage(), null);
      return new Found(null, false);
    }
  }

  /** Makes a new key, where there is none. */
  ExitCode create() {
    Path file = file();
    SigningKey key = SigningKey.create();
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
      }
      Files.createFile(file, PosixFilePermissions.asFileAttribute(MINE_ALONE));
      Files.writeString(file, key.toText(), StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException there) {
      messages.refuse(
          "there is a key already: " + file, "move it away to replace it; what it signed stays");
      return ExitCode.INVALID;
    } catch (IOException unwritable) {
      messages.refuse("cannot write " + file + ": " + unwritable.getMessage(), null);
      return ExitCode.ENVIRONMENT;
    }
    messages.tell("Made " + file + ". Your approvals count once pgrunbook.yaml has:");
    surroundings.out().println("approvers:");
    String user = Operator.current().user();
    surroundings.out().println("  " + user + ": \"" + key.publicKey() + "\"");
    return ExitCode.DONE;
  }
}
