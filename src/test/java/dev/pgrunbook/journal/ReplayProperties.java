package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;

/** Whatever happened, who reads the file knows what who wrote it knew. */
class ReplayProperties {

  private Path directory;

  @Property(seed = "20261123", tries = 300)
  void theStateFoldedLiveIsTheStateReadFromTheFile(@ForAll("stories") List<RunEvent> story)
      throws IOException {
    directory = Files.createTempDirectory("replay");
    FileRunStore store = new FileRunStore(directory, Stories.CLOCK, "pid 1");
    try (Journal journal = store.create("r1")) {
      journal.append(Stories.runStarted());
      story.forEach(journal::append);
      assertSame(store.read("r1", entry -> {}), journal.state());
    }
    try (Journal journal = store.open("r1")) {
      assertSame(journal.state(), store.read("r1", entry -> {}));
    }
    assertThat(store.audit("r1").records()).isEqualTo(story.size() + 1);
  }

  @AfterTry
  void remove() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Compares all that states hold, field by field. */
  private static void assertSame(RunState read, RunState live) {
    assertThat(read)
        .usingRecursiveComparison()
        .usingOverriddenEquals()
        .withStrictTypeChecking()
        .ignoringFields("fold")
        .isEqualTo(live);
    for (String name : live.variables()) {
      assertThat(read.variable(name)).isEqualTo(live.variable(name));
    }
  }

  @Provide
  Arbitrary<List<RunEvent>> stories() {
    List<Arbitrary<RunEvent>> kinds =
        EventJson.TYPES.values().stream()
            .filter(type -> type != RunStarted.class)
            .map(type -> record(type).map(RunEvent.class::cast))
            .toList();
    return Arbitraries.of(kinds).flatMap(kind -> kind).list().ofMaxSize(40);
  }

  private static Arbitrary<Object> record(Class<?> type) {
    List<Arbitrary<Object>> components =
        RecordShape.of(type).parts().stream()
            .map(
                part -> {
                  Arbitrary<Object> any = any(part.genericType());
                  return part.optional() ? any.injectNull(0.3) : any;
                })
            .toList();
    return Combinators.combine(components).as(all -> RecordShape.of(type).create(all.toArray()));
  }

  private static Arbitrary<Object> any(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? any(of[0]).list().ofMaxSize(3).map(Object.class::cast)
          : Arbitraries.maps(texts(), any(of[1])).ofMaxSize(2).map(Object.class::cast);
    } else if (type == StepAddress.class) {
      return addresses().map(Object.class::cast);
    } else if (type == String.class) {
      return texts().map(Object.class::cast);
    } else if (type == Value.class) {
      return values().map(Object.class::cast);
    } else if (type == int.class || type == Integer.class) {
      return Arbitraries.integers().between(0, EventJson.FORMAT).map(Object.class::cast);
    } else if (type == long.class || type == Long.class) {
      return Arbitraries.longs().between(0, 1000).map(Object.class::cast);
    } else if (type == boolean.class) {
      return Arbitraries.of(true, false).map(Object.class::cast);
    } else if (type == Instant.class) {
      return Arbitraries.longs().between(-1L << 40, 1L << 40).map(Instant::ofEpochMilli);
    }
    Class<?> plain = (Class<?>) type;
    return plain.isEnum() ? Arbitraries.of(plain.getEnumConstants()) : record(plain);
  }

  private static Arbitrary<StepAddress> addresses() {
    return Combinators.combine(
            Arbitraries.of("a", "b"), Arbitraries.integers().between(1, 3).list().ofMaxSize(2))
        .as(StepAddress::new);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(8),
        Arbitraries.of("timeout", "query_canceled", "v", "w", "$numeric", "$double", "$x"));
  }

  private static Arbitrary<Value> values() {
    return Arbitraries.lazyOf(
        () -> Arbitraries.just(Value.none()),
        () -> Arbitraries.of(true, false).map(Value::bool),
        () -> Arbitraries.longs().map(Value::integer),
        () -> Arbitraries.doubles().map(DoubleValue::new),
        () -> Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0).map(DoubleValue::new),
        () ->
            Combinators.combine(Arbitraries.bigIntegers(), Arbitraries.integers().between(-50, 50))
                .as((digits, scale) -> new DecimalValue(new java.math.BigDecimal(digits, scale))),
        () -> texts().map(Value::text),
        () -> values().list().ofMaxSize(3).map(ListValue::new),
        () -> Arbitraries.maps(texts(), values()).ofMaxSize(3).map(ReplayProperties::row),
        () -> Arbitraries.just(Value.text("long ".repeat(14_000))));
  }

  private static Value row(Map<String, Value> fields) {
    return new RowValue(fields);
  }
}
