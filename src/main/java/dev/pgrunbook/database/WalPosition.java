package dev.pgrunbook.database;

/**
 * A place in the write-ahead log, PostgreSQL's {@code pg_lsn}.
 *
 * @param bytes the unsigned 64-bit position
 */
public record WalPosition(long bytes) implements Comparable<WalPosition> {

  /**
   * Reads PostgreSQL's spelling, such as {@code 16/B374D848}.
   *
   * @throws NumberFormatException when the text is no position
   */
  public static WalPosition parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new NumberFormatException("not a WAL position: " + text);
    }
    long high = Integer.parseUnsignedInt(text.substring(0, slash), 16);
    long low = Integer.toUnsignedLong(Integer.parseUnsignedInt(text.substring(slash + 1), 16));
    return new WalPosition((high << 32) | low);
  }

  @Override
  public int compareTo(WalPosition other) {
    return Long.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return String.format("%X/%X", bytes >>> 32, bytes & 0xFFFFFFFFL);
  }
}
