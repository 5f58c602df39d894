package dev.pgrunbook.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files of the class path, as text. */
public final class Resources {
  private Resources() {}

  /** Returns the content of files, one after the other. */
  public static String text(String... names) {
    StringBuilder whole = new StringBuilder();
    for (String name : names) {
      try (InputStream stream = Resources.class.getClassLoader().getResourceAsStream(name)) {
        if (stream == null) {
          throw new IllegalArgumentException("there is no resource " + name);
        }
        whole.append(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).append("\n");
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return whole.toString();
  }
}
