package dev.pgrunbook.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Where the process starts, and the only place that ends it. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Surroundings surroundings =
        new Surroundings(
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            System.in,
            System.getenv(),
            Path.of("").toAbsolutePath(),
            ColorChoice.AUTO);
    ExitCode code = new Program(surroundings).run(List.of(arguments));
    surroundings.out().flush();
    surroundings.err().flush();
    // Everything is closed by now, and from Java 21 on System.exit sets up Java's logging first,
    // only to say nothing there. Shutdown hooks are for deaths that do not come by here.
    halt(code);
  }

  /** Ends the process at once, without closing anything: its end, and the second Ctrl-C. */
  static void halt(ExitCode code) {
    Runtime.getRuntime().halt(code.number());
  }

  /** UTF-8 whatever the locale says: a C locale would turn every non-ASCII name into "?". */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
