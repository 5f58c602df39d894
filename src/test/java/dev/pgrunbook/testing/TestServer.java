package dev.pgrunbook.testing;

import dev.pgrunbook.demo.ServerAddress;

/** A running server that some source brought up. */
public interface TestServer extends AutoCloseable {

  ServerAddress address();

  /** Stops the server, as a crash would when {@code immediate}, and starts it on the same port. */
  void restart(boolean immediate);

  /** Ends the server and keeps its data. */
  void stop(boolean immediate);

  /** Starts a server that was stopped, on the same port. */
  void start();

  /** What the server has logged so far. */
  String log();

  /** Ends the server and removes what it left. */
  @Override
  void close();
}
