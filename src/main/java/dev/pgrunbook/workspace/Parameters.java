package dev.pgrunbook.workspace;

import dev.pgrunbook.value.Value.SecretValue;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connection parameters by libpq's keywords, as gathered from one place after the other.
 *
 * <p>The password is kept apart, so that no list of parameters can show it.
 */
final class Parameters {

  private static final List<String> FILES = List.of("sslrootcert", "sslcert", "sslkey", "passfile");

  private final Map<String, String> keywords = new LinkedHashMap<>();
  private final Map<String, String> properties = new LinkedHashMap<>();
  private @Nullable SecretValue password;

  @Nullable String get(String keyword) {
    return keywords.get(keyword);
  }

  /** Returns a keyword's value, or null when it is unset or empty. */
  @Nullable String nonEmpty(String keyword) {
    String value = keywords.get(keyword);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Returns the driver's properties that no keyword of libpq stands for. */
  Map<String, String> properties() {
    return Collections.unmodifiableMap(properties);
  }

  @Nullable SecretValue password() {
    return password;
  }

  void put(String keyword, String value) {
    if (keyword.equals("password")) {
      password = value.isEmpty() ? null : new SecretValue(value);
    } else {
      keywords.put(keyword, value);
    }
  }

  void putProperty(String name, String value) {
    properties.put(name, value);
  }

  /** Takes what is not said yet from a place that counts less. */
  void fillFrom(Parameters other) {
    other.keywords.forEach(keywords::putIfAbsent);
    other.properties.forEach(properties::putIfAbsent);
    if (password == null) {
      password = other.password;
    }
  }

  /** Returns parameters that can be changed without changing these. */
  Parameters copy() {
    Parameters copy = new Parameters();
    copy.fillFrom(this);
    return copy;
  }

  /** Makes relative names of files absolute. */
  void resolveFiles(Machine machine, Path base) {
    for (String keyword : FILES) {
      String written = nonEmpty(keyword);
      if (written == null || written.equals(Keywords.SYSTEM_CERTIFICATES)) {
        continue;
      }
      Path path = machine.path(base, written);
      if (path != null) {
        keywords.put(keyword, path.toString());
      }
    }
  }

  /** Values may be confidential; their names are not. */
  @Override
  public String toString() {
    return "Parameters" + keywords.keySet();
  }
}
