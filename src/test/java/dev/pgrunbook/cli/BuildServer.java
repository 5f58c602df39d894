package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.Absence;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs scripts of build jobs as a build server does, in a git repository, with the real program.
 */
final class BuildServer {

  /** What the action hands to a script, as far as ours use it; calls are printed, one a line. */
  private static final String GITHUB =
      """
      const seen = [%s];
      const call = what => async a => console.log([what, a.comment_id, a.body.split('\\n')[0]]
          .filter(x => x !== undefined).join(' '));
      const context = {repo: {owner: 'o', repo: 'r'}, issue: {number: 7}};
      const github = {
        paginate: async (list, issue) => list(issue),
        rest: {issues: {
          listComments: issue => issue.issue_number === 7 ? seen : [],
          createComment: call('create'),
          updateComment: call('update'),
        }},
      };
      (async () => {
      %s
      })().catch(e => { console.error(e); process.exit(1); });
      """;

  private final Path folder;
  private final Path tools;

  BuildServer(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.tools = Files.createDirectories(folder.resolve(".git-tools"));
    Path program = tools.resolve("pgrunbook");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(
        program,
        "#!/bin/sh\nexec '"
            + java
            + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dpgrunbook.terminal=no -cp '"
            + classPath()
            + "' "
            + Main.class.getName()
            + " \"$@\"\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    git("init", "-q", "-b", "main");
    Files.writeString(folder.resolve(".git/info/exclude"), ".git-tools/\n");
  }

  private static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  BuildServer file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  String text(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException missing) {
      throw new AssertionError(said(), missing);
    }
  }

  BuildServer git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c"));
    command.addAll(List.of("user.email=t@example.org", "-c", "commit.gpgsign=false"));
    command.addAll(List.of(words));
    assertThat(run(command, Map.of())).as(said()).isZero();
    return this;
  }

  BuildServer commit(String message) throws IOException, InterruptedException {
    return git("add", "-A").git("commit", "-q", "-m", message);
  }

  /** Runs a script with {@code bash -e}, as both do, and returns its exit code. */
  int bash(String script, Map<String, String> variables) throws IOException, InterruptedException {
    Absence.unlessInstalled("bash", "curl", "jq");
    Path file = Files.writeString(tools.resolve("script.sh"), script);
    return run(List.of("bash", "-e", file.toString()), variables);
  }

  /** Runs the script of a comment where these comments are there; returns what it does. */
  List<String> comment(String script, String... comments) throws IOException, InterruptedException {
    Absence.unlessInstalled("node");
    String all = GITHUB.formatted(String.join(", ", comments), script);
    Path file = Files.writeString(tools.resolve("comment.cjs"), all);
    assertThat(run(List.of("node", file.toString()), Map.of())).as(said()).isZero();
    return said().lines().toList();
  }

  private int run(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(variables);
    builder.environment().merge("PATH", tools.toString(), (path, own) -> own + ":" + path);
    builder.redirectErrorStream(true).redirectOutput(tools.resolve("said.txt").toFile());
    return builder.start().waitFor();
  }

  /** Returns what the last program printed. */
  String said() {
    try {
      return Files.readString(tools.resolve("said.txt"));
    } catch (IOException nothing) {
      return "";
    }
  }
}
