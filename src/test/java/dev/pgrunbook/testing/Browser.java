package dev.pgrunbook.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chromium without a window, told what to do through its own protocol; one page. */
public final class Browser implements AutoCloseable {

  private static final List<String> PROGRAMS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final Path AXE = Path.of("target/browser/node_modules/axe-core/axe.min.js");
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
  private final List<String> complaints = new ArrayList<>();
  private int calls;

  private Browser(Process process, Path profile) throws IOException, InterruptedException {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(pageAddress()), new Listener())
            .join();
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
  }

  /** Starts one; where there is none the test is skipped, loudly. */
  public static Browser start() {
    String program = program();
    if (program == null) {
      Absence.report("there is no Chromium to open pages with", Absence.isContinuousIntegration());
    }
    try {
      Path profile = Files.createTempDirectory("pgrunbook-browser");
      Process process =
          new ProcessBuilder(
                  String.valueOf(program),
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-quic",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--hide-scrollbars",
                  "--user-data-dir=" + profile,
                  "--remote-debugging-port=0",
                  "about:blank")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new Browser(process, profile);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static @Nullable String program() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      for (String name : PROGRAMS) {
        if (Files.isExecutable(Path.of(folder, name))) {
          return Path.of(folder, name).toString();
        }
      }
    }
    return null;
  }

  /**
   * Returns what axe finds barring people from the page, a line each; where axe-core is not
   * installed the test is skipped, loudly.
   */
  public String violations() {
    evaluate(axe());
    return evaluate(
            "axe.run().then(r => r.violations.map(v => v.id + ': '"
                + " + v.nodes.map(n => n.html).join(' ')).join('\\n'))")
        .getAsString();
  }

  private static String axe() {
    if (!Files.exists(AXE)) {
      String how = "npm install --prefix target/browser axe-core";
      Absence.report("there is no axe-core (" + how + ")", Absence.isContinuousIntegration());
    }
    try {
      return Files.readString(AXE);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String pageAddress() throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(file) || Files.readAllLines(file).size() < 2) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IllegalStateException("Chromium did not come up");
      }
      LockSupport.parkNanos(20_000_000);
    }
    URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(file).get(0) + "/json/list");
    String body =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
            .body();
    for (JsonElement target : JsonParser.parseString(body).getAsJsonArray()) {
      if (target.getAsJsonObject().get("type").getAsString().equals("page")) {
        return target.getAsJsonObject().get("webSocketDebuggerUrl").getAsString();
      }
    }
    throw new IllegalStateException("Chromium has no page: " + body);
  }

  /** Opens a file as on a screen of that size. */
  public Browser open(Path file, int width, int height) {
    size(width, height);
    complaints.clear();
    call("Page.navigate", Map.of("url", file.toAbsolutePath().toUri().toString()));
    evaluate(
        "new Promise(r => document.readyState == 'complete' ? r() : addEventListener('load', r))");
    return this;
  }

  /** Makes the screen another size. */
  public Browser size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  /** Has the reader prefer {@code light} or {@code dark}, on {@code screen} or {@code print}. */
  public Browser prefer(String scheme, String media) {
    JsonObject feature = new JsonObject();
    feature.addProperty("name", "prefers-color-scheme");
    feature.addProperty("value", scheme);
    JsonArray features = new JsonArray();
    features.add(feature);
    call("Emulation.setEmulatedMedia", Map.of("media", media, "features", features));
    return this;
  }

  /** Returns what an expression gives, waiting for a promise. */
  public JsonElement evaluate(String expression) {
    JsonObject result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(result.get("exceptionDetails").toString());
    }
    JsonElement value = result.getAsJsonObject("result").get("value");
    return value == null ? com.google.gson.JsonNull.INSTANCE : value;
  }

  /** Returns the page as a picture, PNG. */
  public byte[] picture() {
    JsonObject result = call("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode(result.get("data").getAsString());
  }

  /** Returns the page as it is printed, PDF. */
  public byte[] print() {
    JsonObject result = call("Page.printToPDF", Map.of("printBackground", true));
    return Base64.getDecoder().decode(result.get("data").getAsString());
  }

  /** Returns what the console and the log complained about since the page was opened. */
  public List<String> complaints() {
    evaluate("1");
    return List.copyOf(complaints);
  }

  private JsonObject call(String method, Map<String, ?> parameters) {
    int id = ++calls;
    JsonObject message = new JsonObject();
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", new com.google.gson.Gson().toJsonTree(parameters));
    socket.sendText(message.toString(), true).join();
    while (true) {
      JsonObject answer = next(method);
      if (answer.has("id") && answer.get("id").getAsInt() == id) {
        if (answer.has("error")) {
          throw new AssertionError(method + ": " + answer.get("error"));
        }
        return answer.getAsJsonObject("result");
      }
      heard(answer);
    }
  }

  private JsonObject next(String method) {
    try {
      JsonObject answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("Chromium did not answer " + method);
      }
      return answer;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private void heard(JsonObject event) {
    String method = event.has("method") ? event.get("method").getAsString() : "";
    if (method.equals("Runtime.consoleAPICalled")
        || method.equals("Runtime.exceptionThrown")
        || method.equals("Log.entryAdded")) {
      complaints.add(event.get("params").toString());
    }
  }

  /** Puts the parts of messages together. */
  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        answers.add(JsonParser.parseString(text.toString()).getAsJsonObject());
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      try (Stream<Path> files = ended ? Files.walk(profile) : Stream.of()) {
        files.sorted(Comparator.reverseOrder()).forEach(Browser::delete);
      }
    } catch (IOException | UncheckedIOException stays) {
      // A helper process may still write; the directory is in the temporary one.
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }
}
