package dev.pgrunbook.workspace;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hosts with their ports, in the order they are tried.
 *
 * @param hosts names or addresses, IPv6 ones without brackets
 * @param ports as many
 */
record HostList(List<String> hosts, List<String> ports) {

  /** Where libpq takes a Unix socket, JDBC can only take TCP on the same machine. */
  static final String LOCAL = "localhost";

  private static final String PORT = "5432";

  HostList {
    hosts = List.copyOf(hosts);
    ports = List.copyOf(ports);
  }

  static boolean isPort(String text) {
    boolean isNumber = Keywords.isInteger(text);
    int number = isNumber ? Integer.parseInt(text.trim()) : 0;
    return number >= 1 && number <= 65535;
  }

  /** Returns the hosts of two comma-separated lists; one port alone is every host's. */
  static Validated<HostList> of(@Nullable String writtenHosts, @Nullable String writtenPorts) {
    String[] givenHosts = (writtenHosts == null ? "" : writtenHosts).split(",", -1);
    String[] givenPorts = (writtenPorts == null ? "" : writtenPorts).split(",", -1);
    if (givenPorts.length != 1 && givenPorts.length != givenHosts.length) {
      String message =
          "%d ports do not fit %d hosts".formatted(givenPorts.length, givenHosts.length);
      return mistake(message, "give one port for all hosts, or one for each");
    }
    List<String> hosts = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    for (int i = 0; i < givenHosts.length; i++) {
      String port = givenPorts[givenPorts.length == 1 ? 0 : i].trim();
      Validated<String> host = host(givenHosts[i]);
      if (host instanceof Validated.Invalid<String> invalid) {
        return new Validated.Invalid<>(invalid.diagnostics());
      }
      if (!port.isEmpty() && !isPort(port)) {
        return mistake("a port is a number from 1 to 65535", null);
      }
      host.map(hosts::add);
      ports.add(port.isEmpty() ? PORT : String.valueOf(Integer.parseInt(port)));
    }
    return Validated.of(new HostList(hosts, ports));
  }

  private static Validated<String> host(String written) {
    if (written.startsWith("/") || written.startsWith("@")) {
      return mistake(
          "the host is the folder of a Unix socket, which JDBC cannot use",
          "give a host name; for this machine localhost, where the server listens on TCP");
    }
    boolean plain =
        written.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-._:%".indexOf(c) >= 0);
    if (!plain) {
      return mistake("a host name holds a character that no host name has", null);
    }
    return Validated.of(written.isEmpty() ? LOCAL : written);
  }

  private static <T> Validated<T> mistake(String message, @Nullable String hint) {
    return Validated.error(Diagnostic.error("connection-host", null, message).withHint(hint));
  }

  /** Returns {@code host:port}, several with commas, as a JDBC URL has them. */
  String authority() {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      String host = hosts.get(i);
      addresses.add((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + ports.get(i));
    }
    return String.join(",", addresses);
  }
}
