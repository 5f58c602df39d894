package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.pgrunbook.journal.EventJson.NewerFormat;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written is read again as the very same. */
class EventJsonTest {

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.000006Z");

  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("dev.pgrunbook.journal.SampleEvents#full")
  void everyEventWithAllItCanHoldIsReadAsItWas(RunEvent event) {
    assertThat(again(event)).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("dev.pgrunbook.journal.SampleEvents#sparse")
  void everyEventWithNothingItCanBeWithoutIsReadAsItWas(RunEvent event) {
    assertThat(again(event)).isEqualTo(event);
    assertThat(text(event)).doesNotContain("[]", "{}");
  }

  @ParameterizedTest
  @MethodSource("dev.pgrunbook.journal.SampleEvents#full")
  void everyRecordIsOneLineOfUtf8(RunEvent event) {
    byte[] bytes = text(event).getBytes(StandardCharsets.UTF_8);
    assertThat(bytes).doesNotContain((byte) '\n', (byte) '\r', (byte) 0);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text(event));
    JsonObject json = json().write(entry(event));
    assertThat(StoredJson.parse(text(event))).isEqualTo(json);
  }

  @Test
  void theOrderOfKeysIsFixed() {
    RunEvent event =
        new GateAnswered(
            StepAddress.of("drop").item(3), GateKind.GATE, "anna", Answer.APPROVED, null, "abc");
    assertThat(text(event))
        .isEqualTo(
            "{\"seq\":7,\"at\":\"2026-01-02T03:04:05.000006Z\",\"run\":\"r\","
                + "\"event\":\"GateAnswered\",\"step\":\"drop\",\"item\":3,\"gate\":\"gate\","
                + "\"by\":\"anna\",\"answer\":\"approved\",\"digest\":\"abc\"}");
  }

  @Test
  void itemsOfNestedLoopsAreAnArray() {
    RunEvent event = new StepStarted(new StepAddress("s", List.of(1, 2)), false, null, null);
    assertThat(text(event)).contains("\"item\":[1,2]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.1Z",
        "1999-12-31T23:59:59.999999999Z"
      })
  void timesHaveSixDigits(String at) {
    assertThat(EventJson.time(Instant.parse(at)))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  }

  @Test
  void timesOfEveryCenturyAreReadAsTheyWere() {
    for (String at :
        List.of(
            "1970-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999999Z",
            "2024-02-29T23:59:59.000001Z",
            "0000-01-01T00:00:00.100000Z",
            "9999-12-31T23:59:59.999999Z",
            "+10000-01-01T00:00:00Z",
            "-0001-01-01T00:00:00.000001Z")) {
      Instant time = Instant.parse(at);
      assertThat(JournalTime.read(JournalTime.write(time))).isEqualTo(time);
      assertThat(Instant.parse(JournalTime.write(time))).isEqualTo(time);
    }
    assertThatThrownBy(() -> JournalTime.read("2026-02-30T00:00:00.000000Z"))
        .isInstanceOf(java.time.DateTimeException.class);
  }

  @Test
  void constantsAreWords() {
    assertThat(text(new RunPaused(PauseReason.IN_DOUBT, null))).contains("\"reason\":\"inDoubt\"");
    assertThat(RunSummary.Status.INTERRUPTED.word()).isEqualTo("interrupted");
  }

  @Test
  void secretsAreNeitherWrittenNorTakenForTheirMask() {
    RunEvent event =
        new VariableSet(StepAddress.of("s"), "v", new ListValue(List.of(new SecretValue("hush"))));
    assertThat(text(event)).contains("***").doesNotContain("hush");
    assertThat(EventJson.inline().write(entry(event)).toString())
        .contains("[\"***\"]")
        .doesNotContain("hush");
    VariableSet read = (VariableSet) again(event);
    assertThat(((ListValue) read.value()).items()).containsExactly(new SecretValue("***"));
  }

  @Test
  void whatOthersReadIsPlainJson() {
    Value value =
        new ListValue(List.of(SampleEvents.decimal("5"), new DoubleValue(0.5), Value.text("x")));
    RunEvent event = new VariableSet(StepAddress.of("s"), "v", value);
    assertThat(EventJson.inline().write(entry(event)).toString())
        .contains("\"value\":[5,0.5,\"x\"]");
  }

  @Test
  void anUnknownEventIsRefused() {
    String text =
        text(new RunPaused(PauseReason.OPERATOR, null)).replace("RunPaused", "RunBlessed");
    assertThatThrownBy(() -> json().read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("format 1 has no event \"RunBlessed\"");
  }

  @Test
  void aNewerFormatIsRefusedWithBothVersions() {
    String started = text(SampleEvents.sparse().get(0)).replace("\"format\":0", "\"format\":2");
    String text = started.replace("\"program\":\"\"", "\"program\":\"9.1\"");
    assertThatThrownBy(() -> json().read(text))
        .isInstanceOf(NewerFormat.class)
        .hasMessage(
            "was written in format 2 by pgrunbook 9.1, and this program reads no format after 1:"
                + " resume it with that version, or a later one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "",
        "{",
        "{}",
        "{\"event\":7}",
        "{\"event\":\"RunPaused\",\"reason\":\"tired\",\"seq\":1,\"at\":\"2026-01-02T03:04:05Z\",\"run\":\"r\"}",
        "{\"event\":\"RunPaused\",\"seq\":1,\"at\":\"2026-01-02T03:04:05Z\",\"run\":\"r\"}",
        "{\"event\":\"RunPaused\",\"reason\":\"operator\",\"at\":\"2026-01-02T03:04:05Z\",\"run\":\"r\"}",
        "{\"event\":\"RunPaused\",\"reason\":\"operator\",\"seq\":1,\"at\":\"yesterday\",\"run\":\"r\"}",
        "{\"event\":\"StepFinished\",\"seq\":1,\"at\":\"2026-01-02T03:04:05Z\",\"run\":\"r\"}",
        "{\"event\":\"VariableSet\",\"step\":\"s\",\"variable\":\"v\",\"value\":{\"$odd\":1},\"seq\":1,\"at\":\"2026-01-02T03:04:05Z\",\"run\":\"r\"}"
      })
  void whatIsNoRecordIsRefused(String text) {
    assertThatThrownBy(() -> json().read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private EventJson json() {
    return EventJson.stored(new FileAttachments(directory));
  }

  private static JournalRecord entry(RunEvent event) {
    return new JournalRecord(7, AT, "r", event);
  }

  private String text(RunEvent event) {
    return JsonText.of(json().write(entry(event)));
  }

  private RunEvent again(RunEvent event) {
    JournalRecord read = json().read(text(event));
    assertThat(read.seq()).isEqualTo(7);
    assertThat(read.at()).isEqualTo(AT);
    assertThat(read.run()).isEqualTo("r");
    return read.event();
  }
}
