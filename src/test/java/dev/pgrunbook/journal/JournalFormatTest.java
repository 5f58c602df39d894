package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.ValueJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format is public: its page says what the program does, and old journals stay readable. */
class JournalFormatTest {

  private static final Path CORPUS = Path.of("src/test/resources/journals/format-1");
  private static final String RUN = "20260102-030405-everything-0001";

  private static final int LONGEST_TOLD = 4_000;

  @TempDir Path directory;

  @Test
  void thePageSaysWhatTheProgramDoes() throws IOException {
    String page = Files.readString(JournalFormatPage.FILE);
    String expected = JournalFormatPage.regenerate(page);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(JournalFormatPage.FILE, expected);
    }
    assertThat(page).as("-Dgolden.update rewrites the page").isEqualTo(expected);
    assertThat(page).contains("**format " + EventJson.FORMAT + "**");
    assertThat(page).contains(String.format("%,d", Attachments.LONGEST_INLINE));
  }

  @Test
  void aKeptJournalOfFormat1IsReadAsItWasWritten() throws IOException {
    copy(CORPUS, directory);
    FileRunStore store = new FileRunStore(directory, Stories.CLOCK, "pid 1");
    List<JournalRecord> records = new ArrayList<>();
    RunState state = store.read(RUN, records::add);
    assertThat(store.audit(RUN).damage()).isNull();
    String told = tell(records, state, store.audit(RUN));
    Path expected = CORPUS.resolve("expected.txt");
    if (Boolean.getBoolean("golden.update") && Files.notExists(expected)) {
      Files.writeString(expected, told);
    }
    assertThat(told).isEqualTo(Files.readString(expected));
    try (Journal journal = store.open(RUN)) {
      journal.append(
          new GateAnswered(StepAddress.of("s"), GateKind.GATE, "b", Answer.APPROVED, null, "d"));
      assertThat(journal.state().lastSeq()).isEqualTo(records.size() + 1);
    }
  }

  @Test
  void theKeptJournalHasEveryEventOfFormat1() throws IOException {
    Set<String> kept =
        Files.readAllLines(CORPUS.resolve("runs/" + RUN + "/journal.jsonl")).stream()
            .map(line -> line.replaceAll("(?s).*?\"event\":\"(\\w+)\".*", "$1"))
            .collect(Collectors.toSet());
    assertThat(kept).containsExactlyInAnyOrderElementsOf(EventJson.TYPES.keySet());
  }

  private static String tell(List<JournalRecord> records, RunState state, JournalAudit audit) {
    StringBuilder out = new StringBuilder();
    EventJson plain = EventJson.inline();
    records.forEach(each -> out.append(shortened(JsonText.of(plain.write(each)))).append('\n'));
    state.steps().forEach((address, step) -> out.append(tell(address, step)));
    for (String variable : state.variables()) {
      String value = JsonText.of(ValueJson.toJson(state.variable(variable)));
      out.append(JsonText.of(new JsonPrimitive(variable)));
      out.append(" = ").append(shortened(value)).append('\n');
    }
    out.append("ends ").append(state.outcome()).append(", failed at ");
    out.append(state.lastFailureSeq()).append(", digest ").append(state.digest()).append('\n');
    return out.append("hash ").append(audit.hash()).append('\n').toString();
  }

  private static String tell(StepAddress address, StepState step) {
    return address
        + " "
        + step.status()
        + " since "
        + step.startedSeq()
        + ", "
        + step.completedStatements()
        + " statements, "
        + step.committedRows()
        + " rows, timeout "
        + step.timeoutSeq()
        + "\n";
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST_TOLD) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(LONGEST_TOLD - 1));
    return text.substring(0, pair ? LONGEST_TOLD - 1 : LONGEST_TOLD) + "\u2026 " + text.length();
  }

  /** Writes the corpus; what is kept of a released format is never written again. */
  public static void main(String[] arguments) throws IOException {
    FileRunStore store = new FileRunStore(CORPUS, Stories.CLOCK, "pid 1");
    try (Journal journal = store.create(RUN)) {
      journal.append(Stories.runStarted());
      for (List<RunEvent> events : List.of(SampleEvents.full(), SampleEvents.sparse())) {
        events.stream().filter(event -> !(event instanceof RunStarted)).forEach(journal::append);
      }
      StepAddress step = StepAddress.of("copy");
      journal.append(Stories.stepStarted(step));
      journal.append(Stories.prepared(step, SampleEvents.HARD_VALUE, 1, 2));
      journal.append(Stories.committed(step, 1, 2));
      journal.append(
          new RunEvent.RowsSaved(step, "long", "d", 1, Value.text("\u00e4".repeat(70_000))));
      journal.append(Stories.failed(step, "query_canceled", false));
    }
    Files.delete(CORPUS.resolve("runs/" + RUN + "/lock"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
