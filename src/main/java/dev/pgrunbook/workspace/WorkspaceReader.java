package dev.pgrunbook.workspace;

import dev.pgrunbook.approval.PublicKeyText;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code pgrunbook.yaml}, every mistake at once. */
final class WorkspaceReader {

  private final Machine machine;
  private final Path folder;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  WorkspaceReader(Machine machine, Path folder) {
    this.machine = machine;
    this.folder = folder;
  }

  Validated<WorkspaceContents> read(SourceFile written) {
    if (saysNothing(written.text())) {
      return Validated.of(WorkspaceContents.nothing());
    }
    Validated<SyntaxNode> root = new YamlFrontEnd().parse(written);
    SourceFile shown = PlainPasswords.masked(written, root.orNull());
    boolean isReadable = root.isValid();
    if (!isReadable) {
      // What the parser says may quote the file: it is asked again about the masked one.
      root = new YamlFrontEnd().parse(shown);
    }
    diagnostics.addAll(root.diagnostics());
    SyntaxNode node = root.orNull();
    WorkspaceContents contents = node == null ? null : contents(node);
    if (!isReadable && diagnostics.stream().noneMatch(Diagnostic::isError)) {
      diagnostics.add(unquoted(written));
    }
    diagnostics.sort(Comparator.comparingInt(WorkspaceReader::offset));
    return Validated.of(contents, diagnostics.stream().map(d -> onto(shown, d)).toList());
  }

  private static int offset(Diagnostic diagnostic) {
    return diagnostic.span() == null ? -1 : diagnostic.span().start();
  }

  /** Only the characters of a password make the file unreadable. */
  private static Diagnostic unquoted(SourceFile file) {
    String message = "the file is not valid YAML, because of what looks like a password in it";
    return Diagnostic.error("yaml-syntax", file.span(0, 0), message)
        .withHint("a password does not stand in this file");
  }

  private static Diagnostic onto(SourceFile shown, Diagnostic diagnostic) {
    SourceSpan span = diagnostic.span();
    return span == null
        ? diagnostic
        : ConnectionReader.at(shown.span(span.start(), span.end()), diagnostic);
  }

  private static boolean saysNothing(String text) {
    return text.lines().map(String::strip).allMatch(l -> l.isEmpty() || l.startsWith("#"));
  }

  private @Nullable WorkspaceContents contents(SyntaxNode root) {
    Keys keys = Keys.of(root, "a workspace", diagnostics);
    if (keys == null) {
      return null;
    }
    Map<String, Connection> connections = connections(keys.entries("connections"));
    Map<String, Map<String, String>> environments = new LinkedHashMap<>();
    for (MappingNode.Entry entry : keys.entries("environments")) {
      String name = entry.key().text();
      environments.put(name, environment(name, entry.value(), connections));
    }
    String store = store(keys, connections);
    Keys shell = keys.mapping("shell");
    List<String> allowed = shell == null ? List.of() : shell.texts("allow");
    if (shell != null) {
      shell.finish();
    }
    Map<String, String> approvers = approvers(keys.entries("approvers"));
    List<Notification> notifications =
        new NotificationReader(machine, folder, diagnostics).read(keys.take("notify"));
    keys.finish();
    return new WorkspaceContents(
        connections, environments, store, allowed, approvers, notifications);
  }

  private Map<String, Connection> connections(List<MappingNode.Entry> entries) {
    ConnectionReader reader = new ConnectionReader(machine, folder, diagnostics);
    Map<String, Connection> connections = new LinkedHashMap<>();
    for (MappingNode.Entry entry : entries) {
      String name = entry.key().text();
      if (!ConnectionForm.isName(name)) {
        String message =
            "a connection's name is made of letters, digits, hyphens, dots and underscores";
        diagnostics.add(Diagnostic.error("bad-name", entry.key().span(), message));
      }
      Connection connection = reader.read(name, entry.value());
      // Even an unsound one is there: its own mistake is told, not that others name it.
      connections.put(
          name, connection == null ? Connection.of(name, new Parameters()) : connection);
    }
    return connections;
  }

  private Map<String, String> approvers(List<MappingNode.Entry> entries) {
    Map<String, String> approvers = new LinkedHashMap<>();
    for (MappingNode.Entry entry : entries) {
      String name = entry.key().text();
      ScalarNode key = Keys.scalar(entry.value(), "\"" + name + "\"", diagnostics);
      if (key != null && !PublicKeyText.isValid(key.text())) {
        diagnostics.add(
            Diagnostic.error("bad-key", key.span(), "this is no Ed25519 public key")
                .withHint("`pgrunbook approve --new-key` makes one, and prints its line"));
      } else if (key != null) {
        approvers.put(name, key.text());
      }
    }
    return approvers;
  }

  private Map<String, String> environment(
      String name, SyntaxNode node, Map<String, Connection> connections) {
    Map<String, String> roles = new LinkedHashMap<>();
    Keys keys = Keys.of(node, "the environment \"" + name + "\"", diagnostics);
    for (MappingNode.Entry entry :
        keys == null ? List.<MappingNode.Entry>of() : keys.node().entries()) {
      String role = entry.key().text();
      ScalarNode connection = Keys.scalar(entry.value(), "\"" + role + "\"", diagnostics);
      if (connection != null) {
        checkReference(connection, connections);
        roles.put(role, connection.text());
      }
    }
    return roles;
  }

  /** A folder, or a connection, whose mistakes and passwords are told like any other's. */
  private @Nullable String store(Keys keys, Map<String, Connection> connections) {
    ScalarNode store = keys.scalar("store");
    if (store != null && ConnectionForm.isWrittenOut(store.text())) {
      checkReference(store, connections);
    }
    return store == null ? null : store.text();
  }

  private void checkReference(ScalarNode reference, Map<String, Connection> connections) {
    String text = reference.text();
    if (connections.containsKey(text)) {
      return;
    }
    if (!ConnectionForm.isName(text)) {
      Validated<Connection> read = ConnectionForm.read(text);
      for (Diagnostic mistake : read.diagnostics()) {
        diagnostics.add(ConnectionReader.at(reference.span(), mistake));
      }
      Connection connection = read.orNull();
      if (connection != null && connection.password() != null) {
        String message = "a password does not stand in this file";
        diagnostics.add(
            Diagnostic.error("plain-password", reference.span(), message)
                .withHint("give the connection a name under connections:, with password: there"));
      }
      return;
    }
    String message = "there is no connection \"" + text + "\"";
    String meant = Spelling.didYouMean(text, connections.keySet());
    diagnostics.add(
        Diagnostic.error("unknown-connection", reference.span(), message)
            .withHint(meant == null ? ConnectionForm.FORMS : meant));
  }
}
