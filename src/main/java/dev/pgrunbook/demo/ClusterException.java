package dev.pgrunbook.demo;

/** PostgreSQL could not be found, unpacked, started or stopped on this machine. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClusterException(String message) {
    super(message);
  }

  ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
