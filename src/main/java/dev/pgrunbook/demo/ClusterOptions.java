package dev.pgrunbook.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a cluster is brought up with.
 *
 * @param settings server settings by name, over the defaults of throw-away clusters
 * @param durable whether commits survive a crash of the machine ({@code fsync}); off is quicker
 */
public record ClusterOptions(Map<String, String> settings, boolean durable) {

  public ClusterOptions {
    settings = Map.copyOf(settings);
  }

  public static ClusterOptions defaults() {
    return new ClusterOptions(Map.of(), false);
  }

  public ClusterOptions with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(name, value);
    return new ClusterOptions(more, durable);
  }

  public ClusterOptions durably() {
    return new ClusterOptions(settings, true);
  }

  /** The lines of {@code postgresql.conf}; a quote in a value is doubled. */
  String configuration(int port) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("listen_addresses", "127.0.0.1");
    all.put("unix_socket_directories", "");
    all.put("fsync", durable ? "on" : "off");
    all.put("full_page_writes", durable ? "on" : "off");
    all.put("shared_buffers", "64MB");
    all.put("timezone", "UTC");
    all.put("log_timezone", "UTC");
    all.putAll(settings);
    all.put("port", Integer.toString(port));
    StringBuilder lines = new StringBuilder();
    all.forEach(
        (name, value) ->
            lines.append(name).append(" = '").append(value.replace("'", "''")).append("'\n"));
    return lines.toString();
  }
}
