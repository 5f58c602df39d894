package dev.pgrunbook.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A data directory that was initialized once and is copied for every cluster, in a fifth of the
 * time.
 *
 * <p>Copies share the template's system identifier: two clusters that have to be told apart come
 * from two templates.
 */
public final class ClusterTemplate extends ClusterSeed implements AutoCloseable {
  private final ClusterDirectory directory;
  private final UnprivilegedAccount account;
  private final String password;

  private ClusterTemplate(
      PostgresInstallation installation,
      ClusterDirectory directory,
      UnprivilegedAccount account,
      String password) {
    super(installation);
    this.directory = directory;
    this.account = account;
    this.password = password;
  }

  public static ClusterTemplate create(PostgresInstallation installation) {
    WorkDirectory work = WorkDirectory.ofThisUser();
    UnprivilegedAccount account = UnprivilegedAccount.find(work.root());
    ClusterDirectory.removeAbandoned(work, account);
    ClusterDirectory directory =
        ClusterDirectory.create(work, account, installation.binDirectory());
    try {
      String password = ClusterSeed.fresh(installation).plant(directory, account);
      return new ClusterTemplate(installation, directory, account, password);
    } catch (ClusterException failure) {
      directory.dispose(account);
      throw failure;
    } catch (IOException failure) {
      directory.dispose(account);
      throw new ClusterException("cannot initialize " + directory.path(), failure);
    }
  }

  @Override
  String plant(ClusterDirectory target, UnprivilegedAccount owner) throws IOException {
    Files.walkFileTree(directory.data(), new Copy(directory.data(), target.data(), owner));
    return password;
  }

  /** Removes the template; clusters made from it go on. */
  @Override
  public void close() {
    directory.dispose(account);
  }

  private static final class Copy extends SimpleFileVisitor<Path> {
    private final Path source;
    private final Path target;
    private final UnprivilegedAccount owner;

    private Copy(Path source, Path target, UnprivilegedAccount owner) {
      this.source = source;
      this.target = target;
      this.owner = owner;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
        throws IOException {
      return visitFile(path, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      Path copy = target.resolve(source.relativize(path));
      // The server insists on the permissions that initdb gave.
      Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
      owner.own(copy);
      return FileVisitResult.CONTINUE;
    }
  }
}
