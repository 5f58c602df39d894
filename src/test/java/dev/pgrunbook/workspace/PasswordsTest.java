package dev.pgrunbook.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.database.SecretUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where {@code password:} of a connection looks. */
class PasswordsTest {

  @TempDir private Path folder;

  private Machine machine(Map<String, String> environment) {
    return new Machine(folder, environment, "operator");
  }

  private SecretSource source(String password, Map<String, String> environment) throws IOException {
    Files.writeString(
        folder.resolve("pgrunbook.yaml"),
        "connections:\n  db: {url: \"postgresql://ann@db\", password: %s}\n".formatted(password));
    Workspace workspace = Objects.requireNonNull(Workspace.find(machine(environment)).orNull());
    DatabaseSettings settings = Objects.requireNonNull(workspace.settings("db").orNull());
    assertThat(settings.toString()).doesNotContain("t0psecret");
    return Objects.requireNonNull(settings.password());
  }

  private static SecretUnavailable failure(SecretSource source) {
    return catchThrowableOfType(SecretUnavailable.class, source::read);
  }

  @Test
  void aVariableIsReadAndBeatsLibpqs() throws Exception {
    Map<String, String> environment = Map.of("MINE", "t0psecret", "PGPASSWORD", "other");

    assertThat(source("{env: MINE}", environment).read().secret()).isEqualTo("t0psecret");
    assertThat(failure(source("{env: NONE}", environment)).getMessage())
        .isEqualTo("the environment variable NONE is not set");
  }

  @ParameterizedTest
  @CsvSource({"'t0psecret\n'", "'t0psecret\r\n'", "t0psecret"})
  void aFileIsReadBesideTheWorkspaceWhenItIsNeeded(String content) throws Exception {
    SecretSource source = source("{file: secret}", Map.of());
    assertThat(failure(source).getMessage()).endsWith("secret does not exist");

    Files.writeString(folder.resolve("secret"), content);

    assertThat(source.read().secret()).isEqualTo("t0psecret");
  }

  @ParameterizedTest
  @CsvSource({"'',gives an empty password", "'t0psecret\nt0psecret\n',gives more than one line"})
  void aFileHoldsThePasswordAlone(String content, String sentence) throws Exception {
    Files.writeString(folder.resolve("secret"), content);

    SecretUnavailable failure = failure(source("{file: secret}", Map.of()));

    assertThat(failure.getMessage()).endsWith(sentence);
  }

  @Test
  void aCommandGivesItsOutput() throws Exception {
    Map<String, String> environment = Map.of("MINE", "t0psecret");

    SecretSource source = source("{command: [sh, -c, 'echo \"$MINE\"; pwd >&2']}", environment);

    assertThat(source.read().secret()).isEqualTo("t0psecret");
    assertThat(source.toString()).isEqualTo("PasswordCommand[sh]");
  }

  @Test
  void aCommandsArgumentsAreLeftAlone() throws Exception {
    SecretSource source = source("{command: [echo, 'password=a://b:c@d']}", Map.of());

    assertThat(source.read().secret()).isEqualTo("password=a://b:c@d");
  }

  @Test
  void aCommandThatFillsBothPipesEnds() throws Exception {
    String loud = "head -c 300000 /dev/zero | tr '\\0' x >&2; echo t0psecret";

    assertThat(command(Duration.ofSeconds(30), "sh", "-c", loud).read().secret())
        .isEqualTo("t0psecret");
  }

  @Test
  void aCommandThatFailsShowsItsErrorsAndNeverItsOutput() {
    SecretUnavailable failure =
        failure(
            command(
                Duration.ofSeconds(30),
                "sh",
                "-c",
                "echo t0psecret; echo 'no\tlogin' >&2; exit 3"));

    assertThat(failure.getMessage())
        .isEqualTo("the password command sh failed with exit status 3: no login");
  }

  @Test
  void aCommandThatHangsIsEnded() throws Exception {
    PasswordCommand command = command(Duration.ofMillis(200), "sh", "-c", "cat; echo; sleep 60");

    SecretUnavailable failure = failure(command);

    assertThat(failure.getMessage()).contains("did not end within");
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      child.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aCommandThatDoesNotExistIsNamed() {
    assertThat(failure(command(Duration.ofSeconds(1), "no-such-program")).getMessage())
        .isEqualTo("the password command no-such-program could not be started");
  }

  private PasswordCommand command(Duration timeout, String... command) {
    return new PasswordCommand(List.of(command), folder, machine(System.getenv()), timeout);
  }
}
