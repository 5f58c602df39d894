package dev.pgrunbook.telemetry;

import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.journal.JournalRecord;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends the spans of a run to wherever the {@code OTEL_} variables say. */
public final class Telemetry implements RunListener, AutoCloseable {

  private static final long LAST_SECONDS = 5;

  private final OpenTelemetrySdk sdk;
  private final RunSpans spans;

  // A logger is forgotten, and its level with it, when nobody holds it.
  private final Logger log;

  private Telemetry(OpenTelemetrySdk sdk, RunSpans spans, Logger log) {
    this.sdk = sdk;
    this.spans = spans;
    this.log = log;
  }

  /** Returns whether an environment asks for spans. */
  public static boolean isWanted(Map<String, String> environment) {
    boolean asked = environment.keySet().stream().anyMatch(name -> name.startsWith("OTEL_"));
    return asked && !"true".equalsIgnoreCase(environment.get("OTEL_SDK_DISABLED"));
  }

  /**
   * Starts to send; null when the variables make no sense, which is told.
   *
   * @param complaints is told what is wrong, in a sentence
   */
  public static @Nullable Telemetry start(
      Map<String, String> environment, Consumer<String> complaints) {
    Logger log = Logger.getLogger("io.opentelemetry");
    // What it has to say would land on the terminal, in the middle of the display.
    log.setLevel(Level.OFF);
    try {
      OpenTelemetrySdk sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .disableShutdownHook()
              .addPropertiesSupplier(() -> properties(environment))
              .build()
              .getOpenTelemetrySdk();
      return new Telemetry(sdk, new RunSpans(sdk, parent(sdk, environment)), log);
    } catch (RuntimeException unfit) {
      complaints.accept("no spans are sent: " + unfit.getMessage());
      return null;
    }
  }

  /** What the process's own variables say wins over these. */
  private static Map<String, String> properties(Map<String, String> environment) {
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.service.name", "pgrunbook");
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    properties.put("otel.exporter.otlp.protocol", "http/protobuf");
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("OTEL_")) {
            properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
          }
        });
    return properties;
  }

  /** A pipeline that called the program may have a trace of its own. */
  private static Context parent(OpenTelemetry telemetry, Map<String, String> environment) {
    TextMapGetter<Map<String, String>> getter =
        (carrier, key) -> carrier == null ? null : carrier.get(key.toUpperCase(Locale.ROOT));
    return telemetry
        .getPropagators()
        .getTextMapPropagator()
        .extract(Context.root(), environment, getter);
  }

  @Override
  public synchronized void recorded(JournalRecord entry) {
    spans.take(entry);
  }

  /** Ends what has not ended, and waits a little until all is sent. */
  @Override
  public synchronized void close() {
    spans.end();
    boolean sent = sdk.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS).isSuccess();
    log.fine(() -> "all sent: " + sent);
  }
}
