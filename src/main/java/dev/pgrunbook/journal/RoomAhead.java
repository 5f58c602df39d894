package dev.pgrunbook.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Room that a long journal takes in advance, filled with NUL bytes.
 *
 * <p>To flush what was written over them, the disk has to take the data and no more; a file that
 * grows has its length written, too, which takes half as long again, and several times as long on a
 * disk that a database flushes its log to. A short journal stays as long as its records.
 */
final class RoomAhead {

  /** Most runs end before that. */
  private static final long SHORT = 1 << 15;

  private static final int LEAST = 1 << 18;
  private static final int MOST = 1 << 22;

  private final FileChannel channel;
  private long end;

  RoomAhead(FileChannel channel) {
    this.channel = channel;
  }

  /** Sees to it that so many bytes have room; a disk without room for more than them is none. */
  void makeFor(int bytes) throws IOException {
    long position = channel.position();
    if (position < SHORT || position + bytes <= end) {
      return;
    }
    // As much again as there is, because to make room takes a flush of everything.
    int room = bytes + (int) Math.max(LEAST, Math.min(MOST, position));
    try {
      fill(position, room);
      end = position + room;
    } catch (IOException full) {
      channel.truncate(position);
      end = Long.MAX_VALUE;
    }
  }

  private void fill(long position, int count) throws IOException {
    ByteBuffer nothing = ByteBuffer.allocate(Math.min(count, LEAST));
    for (long at = position; at < position + count; ) {
      nothing.clear().limit((int) Math.min(nothing.capacity(), position + count - at));
      at += channel.write(nothing, at);
    }
    channel.force(true);
  }

  /** Cuts off what was not used. */
  void giveBack() throws IOException {
    if (end > 0 && end < Long.MAX_VALUE) {
      channel.truncate(channel.position());
      channel.force(true);
    }
  }
}
