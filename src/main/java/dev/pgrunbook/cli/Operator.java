package dev.pgrunbook.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Who runs this process, and where.
 *
 * @param user the operating system's user
 * @param host the machine
 */
record Operator(String user, String host) {

  /** Returns whoever runs this process. */
  static Operator current() {
    return new Operator(System.getProperty("user.name", "unknown"), hostName());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }

  /** Returns what other processes are told of this one. */
  String holder() {
    return "process " + ProcessHandle.current().pid() + " of " + user + " on " + host;
  }
}
