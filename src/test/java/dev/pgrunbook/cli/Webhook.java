package dev.pgrunbook.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Takes what is posted to it, and keeps it. */
final class Webhook implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** What came in, and where. */
  record Post(String path, String text) {}

  private final HttpServer server;
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile Consumer<JsonObject> reaction = notice -> {};

  Webhook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String text = new String(body, StandardCharsets.UTF_8);
          posts.add(new Post(exchange.getRequestURI().getPath(), text));
          if (text.startsWith("{")) {
            reaction.accept(JsonParser.parseString(text).getAsJsonObject());
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  /** Answers with another status from now on. */
  void answer(int other) {
    status = other;
  }

  /** Does something about every notice, before it is answered. */
  void react(Consumer<JsonObject> to) {
    reaction = to;
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  List<Post> posts() {
    return posts;
  }

  /** Returns the notices that came in, in order. */
  List<JsonObject> notices() {
    return posts.stream()
        .map(post -> JsonParser.parseString(post.text()).getAsJsonObject())
        .toList();
  }

  /** Returns what the notices that came in are about, in order. */
  List<String> events() {
    return notices().stream().map(notice -> notice.get("event").getAsString()).toList();
  }

  /** Returns once so many have come in. */
  void await(int count) {
    Instant end = Instant.now().plus(LONGEST);
    while (posts.size() < count) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("only " + posts.size() + " of " + count + " came in");
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
