package dev.pgrunbook.journal;

import dev.pgrunbook.value.Value;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the page about the journal's format says of events, from the records and their comments. */
final class JournalFormatPage {

  static final Path FILE = Path.of("src/docs/journal-format.md");
  private static final Path SOURCE = Path.of("src/main/java/dev/pgrunbook/journal/RunEvent.java");
  private static final String BEGIN = "<!-- events: generated from RunEvent -->\n";
  private static final String END = "<!-- end of events -->\n";

  private final String source;
  private final Set<Class<?>> parts = new LinkedHashSet<>();
  private final StringBuilder out = new StringBuilder();

  private JournalFormatPage(String source) {
    this.source = source;
  }

  /** Returns the page with its generated part as it should be. */
  static String regenerate(String page) throws IOException {
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String generated = new JournalFormatPage(Files.readString(SOURCE)).events();
    return page.substring(0, begin) + generated + page.substring(page.indexOf(END));
  }

  private String events() {
    EventJson.TYPES.values().stream()
        .sorted(Comparator.comparing(this::place))
        .forEach(this::describe);
    out.append("\n## Parts of events\n");
    Set<Class<?>> described = new LinkedHashSet<>();
    while (!described.containsAll(parts)) {
      for (Class<?> part : parts.stream().sorted(Comparator.comparing(this::place)).toList()) {
        if (described.add(part)) {
          describe(part);
        }
      }
    }
    return out + "\n";
  }

  /** The order of the source; the compiler's own changes with what it reads first. */
  private int place(Class<?> type) {
    return source.indexOf("record " + type.getSimpleName() + "(");
  }

  private void describe(Class<?> type) {
    Comment comment = comment(type.getSimpleName());
    out.append("\n### ").append(type.getSimpleName()).append("\n\n").append(comment.text());
    out.append("\n\n| key | type | |\n|---|---|---|\n");
    for (RecordShape.Part part : RecordShape.of(type).parts()) {
      if (part.type() == StepAddress.class) {
        out.append("| `step`, `item` | address | |\n");
        continue;
      }
      String what = comment.parameters().getOrDefault(part.name(), "");
      String key = "`" + part.name() + "`";
      if (part.type() == Value.class) {
        key += " or `" + part.name() + RecordJson.ATTACHMENT + "`";
      }
      String optional = part.optional() ? ", optional" : "";
      out.append("| ").append(key).append(" | ").append(type(part.genericType()));
      out.append(optional).append(" | ").append(what).append(what.isEmpty() ? "|\n" : " |\n");
    }
  }

  private String type(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      return generic.getRawType() == java.util.List.class
          ? "array of " + type(of[0])
          : "object of " + type(of[1]);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return Arrays.stream(plain.getEnumConstants())
          .map(constant -> "`" + ((Word) constant).word() + "`")
          .collect(Collectors.joining(", "));
    } else if (plain.isRecord()) {
      parts.add(plain);
      return plain.getSimpleName();
    }
    return PLAIN.get(plain);
  }

  private static final Map<Class<?>, String> PLAIN =
      Map.of(
          String.class, "text",
          Value.class, "value",
          Instant.class, "time",
          boolean.class, "boolean",
          int.class, "integer",
          Integer.class, "integer",
          long.class, "integer",
          Long.class, "integer");

  private record Comment(String text, Map<String, String> parameters) {}

  private Comment comment(String record) {
    Matcher matcher =
        Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*record " + record + "\\(", Pattern.DOTALL)
            .matcher(source);
    if (!matcher.find()) {
      throw new AssertionError(record + " has no comment");
    }
    String plain =
        matcher
            .group(1)
            .replaceAll("(?m)^\\s*\\*", "")
            .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
            .replaceAll("<p>", "")
            .replaceAll("\\s+", " ")
            .strip();
    String[] pieces = plain.split("@param ");
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 1; i < pieces.length; i++) {
      int space = pieces[i].indexOf(' ');
      parameters.put(pieces[i].substring(0, space), pieces[i].substring(space + 1).strip());
    }
    return new Comment(pieces[0].strip(), parameters);
  }
}
