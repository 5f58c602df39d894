package dev.pgrunbook.cli;

import dev.pgrunbook.frontend.GroovyFrontEnd;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds runbooks: a file, a local one by its name ({@code runbooks/NAME.yaml} beside {@code
 * pgrunbook.yaml}, or in the working directory where there is none), or a built-in by its name.
 */
final class RunbookCatalog {

  /** The code of the diagnostic that there is no such runbook. */
  static final String UNKNOWN = "unknown-runbook";

  private static final String FOLDER = "runbooks/";
  private static final String INDEX = FOLDER + "index.txt";

  private final Path directory;
  private final Path home;

  private RunbookCatalog(Path directory, Path home) {
    this.directory = directory;
    this.home = home;
  }

  /**
   * Returns the catalog of a workspace.
   *
   * @param directory the working directory, which paths start from
   */
  static RunbookCatalog of(Path directory, Workspace workspace) {
    Path file = workspace.file();
    Path home = file == null ? null : file.getParent();
    return new RunbookCatalog(directory, home == null ? directory : home);
  }

  /** Returns the catalog of a directory in which no workspace is looked for. */
  static RunbookCatalog of(Path directory) {
    return new RunbookCatalog(directory, directory);
  }

  /**
   * A runbook that was found.
   *
   * @param file its absolute path; null for a built-in
   */
  record Found(LoadedRunbook loaded, @Nullable String file) {}

  /** Finds and loads what a user named: a path, or {@code NAME} or {@code NAME@VERSION}. */
  Validated<Found> find(String word) {
    if (isPath(word)) {
      return read(directory.resolve(word), word);
    }
    int at = word.lastIndexOf('@');
    String name = at < 0 ? word : word.substring(0, at);
    Validated<Found> byName = findByName(name);
    if (at >= 0 && byName instanceof Validated.Valid<Found> valid) {
      String version = valid.value().loaded().runbook().version();
      if (!version.equals(word.substring(at + 1))) {
        return Validated.error(
            Diagnostic.error(UNKNOWN, null, name + " is here in version " + version + " only")
                .withHint("write " + name + ", or " + name + "@" + version));
      }
    }
    return byName;
  }

  /**
   * Loads a file.
   *
   * @param displayName its name in diagnostics
   */
  Validated<Found> read(Path path, String displayName) {
    return found(
        loader(displayName).load(path, displayName), path.toAbsolutePath().normalize().toString());
  }

  private Validated<Found> findByName(String name) {
    for (String ending : RunbookFiles.ENDINGS) {
      Path local = home.resolve(FOLDER + name + ending);
      if (isPlainName(name) && Files.isRegularFile(local)) {
        return read(local, directory.relativize(local).toString());
      }
    }
    if (builtInNames().contains(name)) {
      return builtIn(name);
    }
    return unknown(name);
  }

  /** Loads the built-in runbook of a name. */
  Validated<Found> builtIn(String name) {
    return builtInNames().contains(name) ? found(loadBuiltIn(name), null) : unknown(name);
  }

  private Validated<Found> unknown(String name) {
    List<String> known = new ArrayList<>(builtInNames());
    known.addAll(localNames());
    String hint = Spelling.didYouMean(name, known);
    return Validated.error(
        Diagnostic.error(UNKNOWN, null, "there is no file and no runbook called \"" + name + "\"")
            .withHint(hint == null ? "`pgrunbook list` names the runbooks" : hint));
  }

  /** Returns every built-in runbook's name, in order. */
  List<String> builtInNames() {
    return resource(INDEX).lines().filter(line -> !line.isBlank()).toList();
  }

  /** Returns the names of the local runbooks, in order. */
  List<String> localNames() {
    Path folder = home.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, 4)) {
      return files
          .filter(RunbookFiles::isCandidate)
          .filter(RunbookFiles::isOne)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .map(name -> name.substring(0, name.lastIndexOf('.')))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Validated<LoadedRunbook> loadBuiltIn(String name) {
    String resource = FOLDER + name + ".yaml";
    String folder = resource.substring(0, resource.lastIndexOf('/') + 1);
    Validated<SourceFile> file =
        SourceReader.decode(resource, resource(resource).getBytes(StandardCharsets.UTF_8));
    SourceFile source = file.orNull();
    if (source == null) {
      return new Validated.Invalid<>(file.diagnostics());
    }
    ClassLoader classes = RunbookCatalog.class.getClassLoader();
    return loader(resource).load(source, SourceResolver.resources(classes, folder));
  }

  /** Loads a runbook from the texts that were kept with a run. */
  Validated<Found> load(List<SourceFile> sources, @Nullable String file) {
    SourceFile first = sources.get(0);
    String folder = first.name().substring(0, first.name().lastIndexOf('/') + 1);
    SourceResolver kept =
        path -> {
          for (SourceFile source : sources) {
            if (source.name().equals(folder + path)) {
              return Validated.of(source);
            }
          }
          return SourceResolver.none().read(path);
        };
    return found(loader(first.name()).load(first, kept), file);
  }

  private static Validated<Found> found(Validated<LoadedRunbook> loaded, @Nullable String file) {
    return loaded.map(runbook -> new Found(runbook, file));
  }

  /** The front end of a spelling that nobody uses is never loaded. */
  private static RunbookLoader loader(String name) {
    return new RunbookLoader(
        name.endsWith(RunbookFiles.GROOVY) ? new GroovyFrontEnd() : new YamlFrontEnd());
  }

  private static boolean isPath(String word) {
    return RunbookFiles.endsLikeOne(word) || word.startsWith(".") || word.startsWith("/");
  }

  private static boolean isPlainName(String name) {
    return !name.isEmpty() && !name.contains("..") && !name.startsWith("/");
  }

  private static String resource(String resource) {
    try (InputStream stream = RunbookCatalog.class.getClassLoader().getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its resource " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
