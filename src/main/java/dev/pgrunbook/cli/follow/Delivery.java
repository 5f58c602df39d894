package dev.pgrunbook.cli.follow;

import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.database.SecretUnavailable;
import dev.pgrunbook.workspace.Notification;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes a notice to a command or a webhook, within a time. */
public final class Delivery {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path folder;
  private final Map<String, String> environment;
  private @Nullable HttpClient client;

  /**
   * @param folder where commands start
   * @param environment what commands find
   */
  public Delivery(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /** Returns why it did not arrive, in a sentence; null when it did. */
  @Nullable String deliver(Notification notification, String json, String text) {
    SecretSource webhook = notification.webhook();
    try {
      return webhook == null ? start(notification, json, text) : post(webhook, json);
    } catch (IOException unreachable) {
      // The address, which may be a secret, must not get out with the message.
      String what = webhook == null ? notification.command().get(0) : "the webhook";
      return what + " could not be reached (" + unreachable.getClass().getSimpleName() + ")";
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "there was no more time";
    }
  }

  private @Nullable String start(Notification notification, String json, String text)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(notification.command()).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PGRUNBOOK_TEXT", text);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(json.getBytes(StandardCharsets.UTF_8));
      } catch (IOException unread) {
        // A program need not read it.
        process.getInputStream().close();
      }
      String program = notification.command().get(0);
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return program + " did not end within " + PATIENCE.toSeconds() + " s";
      }
      int status = process.exitValue();
      return status == 0 ? null : program + " failed with exit status " + status;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private @Nullable String post(SecretSource webhook, String json)
      throws IOException, InterruptedException {
    URI address;
    try {
      address = URI.create(webhook.read().secret());
    } catch (SecretUnavailable missing) {
      return String.valueOf(missing.getMessage());
    } catch (IllegalArgumentException malformed) {
      return "the webhook's address is no URL";
    }
    String scheme = address.getScheme();
    if (address.getHost() == null || !"https".equals(scheme) && !"http".equals(scheme)) {
      return "the webhook's address is no URL that begins with https://";
    }
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "pgrunbook")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    int status = client().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    return status / 100 == 2 ? null : "the webhook answered with status " + status;
  }

  private HttpClient client() {
    HttpClient known = client;
    if (known == null) {
      known =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      client = known;
    }
    return known;
  }
}
