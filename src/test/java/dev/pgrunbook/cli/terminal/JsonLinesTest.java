package dev.pgrunbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  @Test
  void anEventALineAndSamplesBetweenThem() {
    Scene scene = new Scene();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonLines lines =
        new JsonLines(new PrintStream(bytes, true, StandardCharsets.UTF_8), Scene.RUN, scene);

    lines.recorded(scene.started());
    lines.sampled(scene.sample(2, 1_500, 7.0, null, "d", 0));

    String[] printed = bytes.toString(StandardCharsets.UTF_8).split("\n");
    assertThat(printed[0])
        .startsWith("{\"seq\":1,\"at\":\"2026-01-01T12:00:00.000000Z\"")
        .contains("\"event\":\"RunStarted\"", "\"password\":\"***\"")
        .doesNotContain("hunter2");
    assertThat(printed[1])
        .isEqualTo(
            "{\"at\":\"2026-01-01T12:00:00.000000Z\",\"run\":\""
                + Scene.RUN
                + "\",\"event\":\"ProbeSampled\",\"step\":\"watch\",\"item\":2,"
                + "\"label\":\"public.\\\"Company Name\\\"\",\"elapsed\":1.5,\"done\":7,"
                + "\"unit\":\"rows\",\"values\":{\"total\":null,\"status\":\"d\",\"done\":7,"
                + "\"copied\":\"12 MB\",\"workers\":\"replicating\"}}");
  }
}
