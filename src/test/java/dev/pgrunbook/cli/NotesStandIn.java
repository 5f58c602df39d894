package dev.pgrunbook.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands in for the notes of one merge request in GitLab's API: pages of a hundred, of which the
 * first is full of other people's.
 */
final class NotesStandIn implements AutoCloseable {

  private static final String PATH = "/projects/3/merge_requests/4/notes";
  private static final int PAGE = 100;

  private final HttpServer server;
  private final Map<Integer, String> notes = new TreeMap<>();
  private final List<String> written = new ArrayList<>();

  NotesStandIn() throws IOException {
    for (int i = 0; i < 2 * PAGE; i++) {
      notes.put(i, "somebody's note " + i);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PATH, this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized List<String> written() {
    return List.copyOf(written);
  }

  synchronized String body(int id) {
    return notes.getOrDefault(id, "");
  }

  private synchronized void answer(HttpExchange call) throws IOException {
    String method = call.getRequestMethod();
    String sent = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!"token".equals(call.getRequestHeaders().getFirst("PRIVATE-TOKEN"))) {
      reply(call, 401, "{}");
    } else if (method.equals("GET")) {
      page(call);
    } else {
      String tail = call.getRequestURI().getPath().substring(PATH.length());
      int id = method.equals("POST") ? notes.size() : Integer.parseInt(tail.substring(1));
      notes.put(id, JsonParser.parseString(sent).getAsJsonObject().get("body").getAsString());
      written.add(method + " " + id);
      reply(call, method.equals("POST") ? 201 : 200, "{}");
    }
  }

  private void page(HttpExchange call) throws IOException {
    String query = call.getRequestURI().getQuery();
    int page = Integer.parseInt(query.substring(query.indexOf("&page=") + "&page=".length()));
    JsonArray list = new JsonArray();
    notes.entrySet().stream()
        .skip((long) PAGE * (page - 1))
        .limit(PAGE)
        .forEach(
            note -> {
              JsonObject object = new JsonObject();
              object.addProperty("id", note.getKey());
              object.addProperty("body", note.getValue());
              list.add(object);
            });
    boolean more = notes.size() > PAGE * page;
    call.getResponseHeaders().set("X-Next-Page", more ? String.valueOf(page + 1) : "");
    reply(call, 200, list.toString());
  }

  private static void reply(HttpExchange call, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
