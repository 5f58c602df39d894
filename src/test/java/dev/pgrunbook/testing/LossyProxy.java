package dev.pgrunbook.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a PostgreSQL server and, when told to, loses the answer to COMMIT.
 *
 * <p>It passes bytes on until {@link #loseNextCommit}. Then it watches what the server says: at the
 * next {@code CommandComplete} of a COMMIT it keeps that message to itself and breaks the client's
 * connection. The server has committed, and the client cannot know. Without TLS only.
 */
public final class LossyProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final String serverHost;
  private final int serverPort;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch lost = new CountDownLatch(1);
  private final AtomicInteger losses = new AtomicInteger();
  private volatile boolean losing;
  private volatile byte[] tag = new byte[0];

  /** Starts a proxy before a server, on a free port of this machine. */
  public LossyProxy(String serverHost, int serverPort) {
    this.serverHost = serverHost;
    this.serverPort = serverPort;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    daemon(this::accept);
  }

  /** Returns the port to connect to, on 127.0.0.1. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Loses the answer to the next COMMIT of any connection, and breaks that connection. */
  public void loseNextCommit() {
    loseNext("COMMIT");
  }

  /** Loses the answer to the next statement that is answered with a tag, such as SELECT 1. */
  public void loseNext(String commandTag) {
    tag = (commandTag + '\0').getBytes(StandardCharsets.US_ASCII);
    losing = true;
  }

  /** Waits until an answer was lost. */
  public void awaitLoss() throws InterruptedException {
    lost.await();
  }

  /** Returns how many answers were lost. */
  public int losses() {
    return losses.get();
  }

  /** Breaks every connection there is; new ones are served. */
  public void breakAll() {
    sockets.forEach(LossyProxy::close);
    sockets.clear();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(serverHost, serverPort);
        // Message by message, and none waits for the acknowledgement of the one before.
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        daemon(() -> pass(client, server));
        daemon(() -> answer(server, client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      return;
    }
  }

  private void answer(Socket server, Socket client) {
    try (server;
        client) {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      answerNegotiation(in, out);
      DataInputStream messages = new DataInputStream(in);
      for (byte[] message = read(messages); ; message = read(messages)) {
        if (losing && isCommit(message)) {
          losing = false;
          losses.incrementAndGet();
          lost.countDown();
          return;
        }
        out.write(message);
        out.flush();
      }
    } catch (IOException broken) {
      return;
    }
  }

  /** The answer to a request for TLS or GSS encryption is a lone byte, no message. */
  private static void answerNegotiation(InputStream in, OutputStream out) throws IOException {
    int first = in.read();
    while (first == 'N') {
      out.write(first);
      out.flush();
      first = in.read();
    }
    if (first < 0) {
      throw new IOException("closed");
    }
    byte[] rest = readBody(new DataInputStream(in));
    out.write(first);
    out.write(rest);
    out.flush();
  }

  private static byte[] read(DataInputStream in) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(in.readByte());
    message.write(readBody(in));
    return message.toByteArray();
  }

  /** A message's length counts itself and not the letter before it. */
  private static byte[] readBody(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] body = new byte[length];
    body[0] = (byte) (length >>> 24);
    body[1] = (byte) (length >>> 16);
    body[2] = (byte) (length >>> 8);
    body[3] = (byte) length;
    in.readFully(body, 4, length - 4);
    return body;
  }

  private boolean isCommit(byte[] message) {
    byte[] wanted = tag;
    if (message[0] != 'C' || message.length != 5 + wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (message[5 + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "lossy-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    breakAll();
  }
}
