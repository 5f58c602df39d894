package dev.pgrunbook.workspace;

import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.model.DurationText;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import dev.pgrunbook.value.Value.SecretValue;
import dev.pgrunbook.workspace.Notification.Occasion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code notify:} of a workspace's file: one mapping, or a list of them. */
final class NotificationReader {

  private static final String FORMS =
      "write command: [program, argument], or webhook: {env: NAME}, {file: PATH} or a URL";

  private static final Duration LONGEST = Duration.ofDays(7);

  private final Machine machine;
  private final Path folder;
  private final List<Diagnostic> diagnostics;

  NotificationReader(Machine machine, Path folder, List<Diagnostic> diagnostics) {
    this.machine = machine;
    this.folder = folder;
    this.diagnostics = diagnostics;
  }

  /** Returns the sound ones; the mistakes of the others are reported. */
  List<Notification> read(@Nullable SyntaxNode node) {
    List<Notification> all = new ArrayList<>();
    if (node instanceof SequenceNode list) {
      list.items().forEach(item -> add(item, all));
    } else if (node != null) {
      add(node, all);
    }
    return all;
  }

  private void add(SyntaxNode node, List<Notification> all) {
    Keys keys = Keys.of(node, "\"notify\"", diagnostics);
    if (keys == null) {
      return;
    }
    Set<Occasion> occasions = occasions(keys);
    Map<Occasion, Duration> after = after(keys.mapping("after"));
    List<String> command = keys.texts("command");
    SyntaxNode address = keys.take("webhook");
    SecretSource webhook = address == null ? null : webhook(address);
    keys.finish();
    boolean commanded = keys.node().get("command") != null;
    if (commanded == (address != null) || commanded && command.isEmpty()) {
      String message = "a notification goes to exactly one command or webhook";
      diagnostics.add(Diagnostic.error("missing-key", node.span(), message).withHint(FORMS));
    } else if (webhook != null || !command.isEmpty()) {
      all.add(new Notification(occasions, after, command, webhook));
    }
  }

  private Set<Occasion> occasions(Keys keys) {
    if (keys.node().get("on") == null) {
      keys.take("on");
      return EnumSet.allOf(Occasion.class);
    }
    EnumSet<Occasion> occasions = EnumSet.noneOf(Occasion.class);
    SyntaxNode list = keys.node().get("on");
    List<String> words = Arrays.stream(Occasion.values()).map(Occasion::word).toList();
    for (String word : keys.texts("on")) {
      Occasion occasion = Occasion.of(word);
      if (occasion != null) {
        occasions.add(occasion);
      } else if (list != null) {
        String meant = Spelling.didYouMean(word, words);
        String known = "known: " + String.join(", ", words);
        diagnostics.add(
            Diagnostic.error("choice", list.span(), "nobody can be told of \"" + word + "\"")
                .withHint(meant == null ? known : meant));
      }
    }
    return occasions;
  }

  /** Only what lasts can last for a time before somebody is told. */
  private Map<Occasion, Duration> after(@Nullable Keys keys) {
    Map<Occasion, Duration> after = new EnumMap<>(Occasion.class);
    if (keys != null) {
      for (Occasion lasting : List.of(Occasion.WAITING, Occasion.STALLED)) {
        ScalarNode written = keys.scalar(lasting.word());
        Duration duration = written == null ? null : DurationText.parse(written.text().strip());
        if (duration != null && duration.compareTo(LONGEST) <= 0) {
          after.put(lasting, duration);
        } else if (written != null) {
          String message = "\"" + written.text() + "\" is not a duration of at most 7 days";
          diagnostics.add(
              Diagnostic.error("duration", written.span(), message)
                  .withHint("write a duration such as 40s or 5m"));
        }
      }
      keys.finish();
    }
    return after;
  }

  private @Nullable SecretSource webhook(SyntaxNode node) {
    if (node instanceof ScalarNode url && !url.isNull()) {
      SecretValue written = new SecretValue(url.text());
      if (!url.text().startsWith("https://") && !url.text().startsWith("http://")) {
        String message = "a webhook's address begins with https://";
        diagnostics.add(Diagnostic.error("choice", node.span(), message).withHint(FORMS));
      }
      return () -> written;
    }
    Keys keys = Keys.of(node, "\"webhook\"", diagnostics);
    if (keys == null) {
      return null;
    }
    String variable = keys.text("env");
    String file = keys.text("file");
    keys.finish();
    if (node instanceof MappingNode mapping && mapping.entries().size() != 1) {
      String message = "a webhook's address comes from exactly one place";
      diagnostics.add(Diagnostic.error("wrong-type", node.span(), message).withHint(FORMS));
      return null;
    }
    if (variable != null) {
      return Passwords.variable(machine, variable);
    }
    Path path = file == null ? null : machine.path(folder, file);
    return path == null
        ? null
        : Passwords.file(
            path, "the file of the webhook's address", "check notify: of pgrunbook.yaml");
  }
}
