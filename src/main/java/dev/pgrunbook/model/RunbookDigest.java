package dev.pgrunbook.model;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The digest of what a runbook says: comments, layout and spelling do not count, every word of SQL
 * does.
 *
 * <p>It is taken over the records of the model by their components' names, so that a component
 * added later enters it by itself; absent and empty components are left out, so that an addition
 * changes no runbook that does not use it.
 */
public final class RunbookDigest {

  private RunbookDigest() {}

  /** Returns the SHA-256 of a runbook, in hexadecimal. */
  public static String of(Runbook runbook) {
    return sha256(canonicalForm(runbook));
  }

  /** Returns the SHA-256 of one step with all that it holds, in hexadecimal. */
  public static String of(Step step) {
    return sha256(canonicalForm(step));
  }

  /** Returns the SHA-256 of a text's UTF-8 bytes, in hexadecimal. */
  public static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException absent) {
      throw new AssertionError("every Java platform has SHA-256", absent);
    }
  }

  private static String canonicalForm(Object root) {
    StringBuilder out = new StringBuilder();
    append(out, root);
    return out.toString();
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof Record entry) {
      appendRecord(out, entry);
    } else if (value instanceof List<?> list) {
      out.append('[');
      list.forEach(item -> append(out, item));
      out.append(']');
    } else if (value instanceof Map<?, ?> map) {
      out.append('{');
      map.forEach(
          (key, item) -> {
            append(out, key);
            append(out, item);
          });
      out.append('}');
    } else {
      // Lengths before texts: no text can pass for the structure around it.
      String text = value.toString();
      out.append(text.length()).append(':').append(text);
    }
  }

  private static void appendRecord(StringBuilder out, Record entry) {
    out.append('(').append(entry.getClass().getSimpleName());
    for (RecordComponent component : entry.getClass().getRecordComponents()) {
      Object value = component(entry, component);
      if (value != null && !isEmpty(value)) {
        out.append(' ').append(component.getName()).append('=');
        append(out, value);
      }
    }
    out.append(')');
  }

  private static boolean isEmpty(Object value) {
    return (value instanceof List<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static @Nullable Object component(Record entry, RecordComponent component) {
    try {
      return component.getAccessor().invoke(entry);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("records of the model are public", impossible);
    }
  }
}
