package dev.pgrunbook.workspace;

import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one connection of {@code pgrunbook.yaml}. */
final class ConnectionReader {

  /** Keys of a connection, each followed by libpq's keyword for it. */
  private static final List<List<String>> KEYWORDS =
      List.of(
          List.of("host", "host"),
          List.of("port", "port"),
          List.of("database", "dbname"),
          List.of("user", "user"),
          List.of("sslmode", "sslmode"),
          List.of("sslrootcert", "sslrootcert"),
          List.of("sslcert", "sslcert"),
          List.of("sslkey", "sslkey"),
          List.of("connectTimeout", "connect_timeout"),
          List.of("options", "options"),
          List.of("targetSessionAttrs", "target_session_attrs"));

  private static final String PASSWORD_FORMS =
      "write password: {env: NAME}, {file: PATH} or {command: [program, argument]}";

  private final Machine machine;
  private final Path folder;
  private final List<Diagnostic> diagnostics;

  ConnectionReader(Machine machine, Path folder, List<Diagnostic> diagnostics) {
    this.machine = machine;
    this.folder = folder;
    this.diagnostics = diagnostics;
  }

  /** Returns a connection; null when it is no mapping. Whatever is wrong is reported. */
  @Nullable Connection read(String name, SyntaxNode node) {
    Keys keys = Keys.of(node, "the connection \"" + name + "\"", diagnostics);
    if (keys == null) {
      return null;
    }
    Parameters parameters = new Parameters();
    takeAddress(keys, parameters);
    for (List<String> pair : KEYWORDS) {
      takeKeyword(keys.scalar(pair.get(0)), pair.get(1), pair.get(0), parameters);
    }
    SecretSource password = password(keys.take("password"));
    boolean isProtected = keys.flag("protected");
    Expectation expect = expectation(keys.mapping("expect"));
    for (MappingNode.Entry entry : keys.entries("properties")) {
      takeProperty(entry, parameters);
    }
    keys.finish();
    return new Connection(name, parameters, password, isProtected, expect);
  }

  private void takeAddress(Keys keys, Parameters parameters) {
    ScalarNode url = keys.scalar("url");
    ScalarNode service = keys.scalar("service");
    if (url != null) {
      takeUrl(url, parameters);
    }
    if (service != null) {
      parameters.put("service", service.text());
    }
    boolean isEmpty = keys.node().get("host") == null && url == null && service == null;
    if (isEmpty) {
      report(
          "missing-key",
          start(keys.node()),
          "a connection needs url, service or host",
          "write url: postgresql://HOST:PORT/DATABASE");
    }
  }

  private void takeUrl(ScalarNode url, Parameters parameters) {
    Validated<Connection> read = ConnectionForm.read(url.text());
    read.diagnostics().forEach(mistake -> diagnostics.add(at(url.span(), mistake)));
    Connection written = read.orNull();
    if (written != null && written.password() != null) {
      plainPassword(url.span());
    }
    if (written != null) {
      parameters.fillFrom(written.parameters());
    }
  }

  private void takeKeyword(
      @Nullable ScalarNode scalar, String keyword, String key, Parameters parameters) {
    if (scalar == null) {
      return;
    }
    if (parameters.get(keyword) != null) {
      report(
          "conflicting-keys",
          scalar.span(),
          "the url says \"" + key + "\" as well",
          "say it in one place");
    }
    Diagnostic mistake = Keywords.mistake(keyword, scalar.text());
    if (mistake != null) {
      diagnostics.add(at(scalar.span(), mistake));
    } else {
      parameters.put(keyword, scalar.text());
    }
    boolean isAddress = keyword.equals("host") || keyword.equals("port");
    if (isAddress) {
      String host = keyword.equals("host") ? scalar.text() : null;
      String port = keyword.equals("port") ? scalar.text() : null;
      Validated<HostList> list = HostList.of(host, port);
      list.diagnostics().forEach(wrong -> diagnostics.add(at(scalar.span(), wrong)));
    }
  }

  private void takeProperty(MappingNode.Entry entry, Parameters parameters) {
    String property = entry.key().text();
    if (property.equals("password")) {
      plainPassword(entry.value().span());
      return;
    }
    ScalarNode value = Keys.scalar(entry.value(), "\"" + property + "\"", diagnostics);
    if (value != null) {
      Diagnostic mistake = DriverProperties.take(property, value.text(), parameters, true);
      if (mistake != null) {
        diagnostics.add(at(entry.key().span(), mistake));
      }
    }
  }

  private @Nullable SecretSource password(@Nullable SyntaxNode node) {
    if (node == null) {
      return null;
    }
    if (!(node instanceof MappingNode)) {
      plainPassword(node.span());
      return null;
    }
    Keys keys = Keys.of(node, "\"password\"", diagnostics);
    if (keys == null) {
      return null;
    }
    String variable = keys.text("env");
    String file = keys.text("file");
    List<String> command = keys.texts("command");
    keys.finish();
    if (keys.node().entries().size() != 1) {
      report("wrong-type", node.span(), "a password comes from exactly one place", PASSWORD_FORMS);
    }
    if (variable != null) {
      return Passwords.variable(machine, variable);
    } else if (file != null) {
      Path path = machine.path(folder, file);
      return path == null ? null : Passwords.file(path);
    }
    return command.isEmpty()
        ? null
        : new PasswordCommand(command, folder, machine, PasswordCommand.TIMEOUT);
  }

  private void plainPassword(SourceSpan span) {
    report("plain-password", span, "a password does not stand in this file", PASSWORD_FORMS);
  }

  private static Expectation expectation(@Nullable Keys keys) {
    if (keys == null) {
      return Expectation.nothing();
    }
    Expectation expectation = new Expectation(keys.text("database"), keys.text("systemIdentifier"));
    keys.finish();
    return expectation;
  }

  private static SourceSpan start(MappingNode node) {
    return node.entries().isEmpty() ? node.span() : node.entries().get(0).key().span();
  }

  /** Returns a diagnostic that knew no place, at a place. */
  static Diagnostic at(SourceSpan span, Diagnostic diagnostic) {
    return new Diagnostic(
        diagnostic.severity(),
        diagnostic.code(),
        diagnostic.message(),
        span,
        diagnostic.hint(),
        diagnostic.related());
  }

  private void report(String code, SourceSpan span, String message, String hint) {
    diagnostics.add(Diagnostic.error(code, span, message).withHint(hint));
  }
}
