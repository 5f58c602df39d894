package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runbooks that a branch touches: changed files, and those whose {@code {file: …}} SQL is
 * changed.
 */
final class ChangedRunbooks {

  private final RunSetup setup;
  private final Path directory;

  ChangedRunbooks(RunSetup setup) {
    this.setup = setup;
    this.directory = real(setup.surroundings().directory());
  }

  /**
   * Returns the paths of the runbooks that differ from where a revision and this branch parted,
   * what is not committed included; null when git cannot tell, which was told.
   *
   * @param among the runbooks that count, as given; empty for every one in the repository
   */
  @Nullable List<String> since(String revision, List<String> among) {
    try {
      Git git = new Git(directory);
      Path top = real(Path.of(top(git)));
      Set<Path> changed = changed(git, top, revision);
      List<String> runbooks = new ArrayList<>();
      for (String candidate : among.isEmpty() ? all(top) : among) {
        if (isTouched(candidate, changed)) {
          runbooks.add(candidate);
        }
      }
      if (runbooks.isEmpty()) {
        setup.messages().tell("No runbook has changed since " + revision + ".");
      }
      return runbooks;
    } catch (Git.Failure failure) {
      setup
          .messages()
          .refuse(
              "cannot tell what has changed since " + revision + ": " + failure.getMessage(),
              "a shallow clone lacks the history; GitHub's checkout takes `fetch-depth: 0`");
      return null;
    }
  }

  private static String top(Git git) throws Git.Failure {
    try {
      return git.ask("rev-parse", "--show-toplevel");
    } catch (Git.Failure failure) {
      boolean refused = String.valueOf(failure.getMessage()).contains("says no");
      throw refused ? new Git.Failure("this folder is in no git repository") : failure;
    }
  }

  private static Set<Path> changed(Git git, Path top, String revision) throws Git.Failure {
    String commit = commit(git, revision);
    String base;
    try {
      base = git.ask("merge-base", commit, "HEAD");
    } catch (Git.Failure failure) {
      throw new Git.Failure("it and this branch have no commit in common");
    }
    Git atTop = new Git(top);
    Set<Path> changed = new HashSet<>();
    List<String> names =
        new ArrayList<>(
            atTop.list("diff", "--no-ext-diff", "--no-renames", "--name-only", "-z", base, "--"));
    names.addAll(atTop.list("ls-files", "--others", "--exclude-standard", "-z"));
    names.forEach(name -> changed.add(top.resolve(name)));
    return changed;
  }

  private static String commit(Git git, String revision) throws Git.Failure {
    if (revision.startsWith("-") || revision.isBlank()) {
      throw new Git.Failure("that is no revision");
    }
    try {
      return git.ask("rev-parse", "--verify", "--quiet", revision + "^{commit}");
    } catch (Git.Failure failure) {
      throw new Git.Failure("git knows no such revision");
    }
  }

  private List<String> all(Path top) throws Git.Failure {
    List<String> all = new ArrayList<>();
    List<String> names =
        new Git(top).list("ls-files", "--cached", "--others", "--exclude-standard", "-z");
    for (String name : new TreeSet<>(names)) {
      Path file = top.resolve(name);
      if (RunbookFiles.isCandidate(file) && RunbookFiles.isOne(file)) {
        all.add(directory.relativize(file).toString());
      }
    }
    return all;
  }

  private boolean isTouched(String candidate, Set<Path> changed) {
    Path file = directory.resolve(candidate).normalize();
    if (changed.contains(file)) {
      return true;
    }
    Validated<Found> found = setup.catalog().find(candidate);
    Found runbook = found.orNull();
    if (runbook == null) {
      // What does not load may have lost a file that it names.
      return namesOneOf(file, changed);
    }
    Stream<String> sources = runbook.loaded().sources().stream().map(SourceFile::name);
    return runbook.file() != null
        && sources.anyMatch(name -> changed.contains(directory.resolve(name).normalize()));
  }

  private static boolean namesOneOf(Path file, Set<Path> changed) {
    Path folder = file.getParent();
    try {
      String text = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
      return folder != null
          && changed.stream()
              .filter(path -> path.startsWith(folder))
              .anyMatch(path -> text.contains(folder.relativize(path).toString()));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException gone) {
      return path.toAbsolutePath().normalize();
    }
  }
}
