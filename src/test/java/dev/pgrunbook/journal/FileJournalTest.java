package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is flushed stays, what is torn is dropped, and what is damaged is refused. */
class FileJournalTest {

  private static final StepAddress STEP = StepAddress.of("step");

  @TempDir Path directory;
  private FileRunStore store;

  @BeforeEach
  void open() {
    store = new FileRunStore(directory.resolve("state/store"), Stories.CLOCK, "pid 1, anna@host1");
  }

  private Path runDirectory() {
    return directory.resolve("state/store/runs/r1");
  }

  private Path file() {
    return runDirectory().resolve("journal.jsonl");
  }

  private void write(RunEvent... events) {
    try (Journal journal = store.create("r1")) {
      journal.append(Stories.runStarted());
      for (RunEvent event : events) {
        journal.append(event);
      }
      journal.flush();
    }
  }

  private List<RunEvent> read() {
    List<RunEvent> events = new ArrayList<>();
    store.read("r1", entry -> events.add(entry.event()));
    return events;
  }

  @Test
  void filesArePrivateToTheirOwner() throws IOException {
    write(new VariableSet(STEP, "v", Value.text("x".repeat(70_000))));
    store.claim("x", "y").close();
    List<String> modes = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory.resolve("state"))) {
      for (Path path : all.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        assertThat(mode)
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
        modes.add(mode);
      }
    }
    assertThat(modes).hasSize(10);
  }

  @Test
  void aRecordTornAtAnyByteIsDropped() throws IOException {
    RunEvent last = Stories.prepared(STEP, Value.text("\u00e4\ud83d\ude00\n"), 1);
    write(new StepFinished(STEP), last);
    byte[] whole = Files.readAllBytes(file());
    for (int length = lastLine(whole); length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThat(read()).as("cut at " + length).hasSize(2);
      try (Journal journal = store.open("r1")) {
        journal.append(last);
      }
      assertThat(Files.readAllBytes(file())).as("cut at " + length).isEqualTo(whole);
    }
  }

  private static int lastLine(byte[] whole) {
    int start = whole.length - 1;
    while (whole[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  @Test
  void whatAPowerFailureLeavesOfABlockIsDropped() throws IOException {
    write(new StepFinished(STEP));
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length + 300));
    assertThat(read()).hasSize(2);
  }

  @Test
  void aLongJournalTakesRoomAheadAndGivesItBack() throws IOException {
    try (Journal journal = store.create("r1")) {
      journal.append(Stories.runStarted());
      assertThat(Files.readString(file())).endsWith("}\n");
      for (int i = 0; i < 500; i++) {
        journal.append(new StepFinished(STEP));
      }
      journal.flush();
      assertThat(Files.readString(file())).endsWith("\0".repeat(10_000));
      assertThat(read()).hasSize((int) journal.state().lastSeq());
      assertThat(store.audit("r1").torn()).isZero();
      assertThat(store.list().get(0).lastAt()).isEqualTo(Stories.NOW);
      Files.copy(file(), directory.resolve("killed"));
    }
    assertThat(Files.readString(file())).endsWith("}\n");
    byte[] whole = Files.readAllBytes(file());
    Files.copy(directory.resolve("killed"), file(), StandardCopyOption.REPLACE_EXISTING);
    store.open("r1").close();
    assertThat(Files.readAllBytes(file())).isEqualTo(whole);
  }

  @Test
  void aHoleInTheLastFlushIsDropped() throws IOException {
    write(
        Stories.prepared(STEP, null, 1),
        Stories.committed(STEP, 1),
        Stories.prepared(STEP, null, 2));
    byte[] whole = Files.readAllBytes(file());
    int last = lastLine(whole);
    int before = lastLine(Arrays.copyOf(whole, last));
    for (int[] hole :
        new int[][] {
          {before, last}, {before, before + 9}, {last - 5, last + 5}, {last, last + 9}
        }) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, hole[0], hole[1], (byte) 0);
      Files.write(file(), torn);
      String where = "hole from " + hole[0] + " to " + hole[1];
      assertThat(read()).as(where).hasSize(hole[0] == last ? 3 : 2);
      assertThat(store.audit("r1").torn()).as(where).isPositive();
      store.open("r1").close();
      assertThat(Files.size(file())).as(where).isEqualTo(hole[0] == last ? last : before);
    }
  }

  @Test
  void aHoleInWhatWasFlushedIsDamage() throws IOException {
    write(
        new StepFinished(STEP.item(1)),
        Stories.prepared(STEP, null, 1),
        Stories.committed(STEP, 1),
        Stories.prepared(STEP, null, 2));
    byte[] whole = Files.readAllBytes(file());
    String text = new String(whole, StandardCharsets.UTF_8);
    int second = text.indexOf('\n') + 1;
    int prepared = text.indexOf('\n', second) + 1;
    for (int start : new int[] {second, prepared}) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, start, start + 40, (byte) 0);
      Files.write(file(), damaged);
      String line = start == second ? "line 2, byte " : "line 3, byte ";
      assertThatThrownBy(this::read)
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining(line + start + ": its hash does not match");
      assertThatThrownBy(() -> store.open("r1")).isInstanceOf(JournalFailure.class);
    }
  }

  @Test
  void aByteFlippedAnywhereInTheMiddleIsRefusedWithItsPlace() throws IOException {
    write(new StepFinished(STEP), new StepFinished(STEP.item(2)));
    byte[] whole = Files.readAllBytes(file());
    String text = new String(whole, StandardCharsets.UTF_8);
    int start = text.indexOf('\n') + 1;
    int end = text.indexOf('\n', start);
    String place = file() + " is damaged at line 2, byte " + start + ": its hash does not match";
    for (int position = start; position <= end; position++) {
      for (int bit : new int[] {1, 32, 128}) {
        byte[] damaged = whole.clone();
        damaged[position] ^= (byte) bit;
        Files.write(file(), damaged);
        assertThatThrownBy(this::read)
            .as("bit " + bit + " of byte " + position)
            .isInstanceOf(JournalFailure.class)
            .hasMessageContaining(place);
      }
    }
    assertThatThrownBy(() -> store.open("r1")).isInstanceOf(JournalFailure.class);
    Files.write(file(), whole);
    store.open("r1").close();
  }

  @Test
  void aByteFlippedInTheLastRecordIsRefusedToo() throws IOException {
    write(new StepFinished(STEP), new StepFinished(STEP.item(2)));
    byte[] whole = Files.readAllBytes(file());
    for (int position = lastLine(whole); position < whole.length; position++) {
      byte[] damaged = whole.clone();
      damaged[position] ^= 1;
      Files.write(file(), damaged);
      assertThatThrownBy(this::read).as("byte " + position).isInstanceOf(JournalFailure.class);
    }
  }

  @Test
  void aMissingADoubledAndAForeignRecordAreRefused() throws IOException {
    write(new StepFinished(STEP), new StepFinished(STEP.item(2)));
    List<String> lines = Files.readAllLines(file());
    for (List<String> wrong :
        List.of(
            List.of(lines.get(0), lines.get(2)),
            List.of(lines.get(1), lines.get(2)),
            List.of(lines.get(0), lines.get(1), lines.get(1)),
            List.of(lines.get(0), lines.get(2), lines.get(1)),
            List.of("", lines.get(0)),
            List.of(lines.get(0), "{}"))) {
      Files.write(file(), wrong);
      assertThatThrownBy(this::read).isInstanceOf(JournalFailure.class);
    }
  }

  @Test
  void aJournalUnderAnotherRunsNameIsRefused() throws IOException {
    write();
    Files.move(runDirectory(), runDirectory().resolveSibling("r2"));
    assertThatThrownBy(() -> store.open("r2"))
        .isInstanceOf(JournalFailure.class)
        .hasMessageContaining("line 1, byte 0: it is of run r1");
  }

  @Test
  void aNewerFormatIsNoDamage() throws IOException {
    write();
    String line = Files.readString(file());
    String body =
        line.substring(0, line.lastIndexOf(",\"hash\"")).replace("\"format\":1", "\"format\":3")
            + "}";
    Files.write(file(), new HashChain().seal(body.getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> store.open("r1"))
        .isInstanceOf(JournalFailure.class)
        .hasMessage(
            file()
                + " was written in format 3 by pgrunbook 0.1.0, and this program reads no format"
                + " after 1: resume it with that version, or a later one");
  }

  @Test
  void aLongValueIsKeptBesideAndChecked() throws IOException {
    Value rows = Value.text("\u00e4".repeat(200_000));
    write(new RowsSaved(STEP, "v", "d", 1, rows));
    assertThat(Files.size(file())).isLessThan(2_000);
    assertThat(read()).contains(new RowsSaved(STEP, "v", "d", 1, rows));
    Path attachment;
    try (Stream<Path> files = Files.list(runDirectory().resolve("attachments"))) {
      attachment = files.findFirst().orElseThrow();
    }
    String digest = attachment.getFileName().toString();
    byte[] content = Files.readAllBytes(attachment);
    content[1000] ^= 1;
    Files.write(attachment, content);
    assertThatThrownBy(this::read)
        .hasMessage(attachment + " is damaged: its content does not match its name");
    assertThatThrownBy(() -> store.attachment("r1", digest)).isInstanceOf(JournalFailure.class);
    Files.delete(attachment);
    assertThatThrownBy(() -> store.open("r1"))
        .hasMessage(attachment + " is missing, and the journal needs it");
    assertThatThrownBy(() -> store.attachment("r1", "../journal.jsonl"))
        .isInstanceOf(JournalFailure.class);
  }

  @Test
  void anAttachmentThatWasLeftDamagedIsWrittenAnew() throws IOException {
    try (Journal journal = store.create("r1")) {
      journal.append(Stories.runStarted());
      String digest = journal.attach("content");
      assertThat(journal.attach("content")).isEqualTo(digest);
      Files.writeString(runDirectory().resolve("attachments").resolve(digest), "conte");
      assertThatThrownBy(() -> journal.attachment(digest)).isInstanceOf(JournalFailure.class);
      assertThat(journal.attach("content")).isEqualTo(digest);
      assertThat(journal.attachment(digest)).isEqualTo("content");
    }
  }

  @Test
  void aFullDiskStopsTheRunAndLosesNothing() throws Exception {
    Path mount = mount("size=64k");
    try {
      FileRunStore small = new FileRunStore(mount.resolve("s"), Stories.CLOCK, "pid 1");
      Path filler = Files.write(mount.resolve("filler"), new byte[8192]);
      int written = 0;
      try (Journal journal = small.create("r1")) {
        journal.append(Stories.runStarted());
        journal.flush();
        JournalFailure full = null;
        RunEvent event = new VariableSet(STEP, "v", Value.text("x".repeat(1000)));
        while (full == null) {
          try {
            journal.append(event);
            journal.flush();
            written++;
          } catch (JournalFailure failure) {
            full = failure;
          }
        }
        assertThat(full).hasMessageContaining("journal.jsonl: No space left on device");
        // Even where there is room for a shorter one, and even though nothing is left to flush.
        assertThatThrownBy(() -> journal.append(new StepFinished(STEP)))
            .hasMessageContaining("could not be written before");
        assertThatThrownBy(journal::flush).hasMessageContaining("could not be written before");
      }
      assertThat(written).isPositive();
      Path file = mount.resolve("s/runs/r1/journal.jsonl");
      assertThat(Files.readString(file)).doesNotEndWith("\n");
      assertThat(small.list().get(0).status()).isEqualTo(RunSummary.Status.INTERRUPTED);
      Files.delete(filler);
      try (Journal journal = small.open("r1")) {
        assertThat(journal.state().lastSeq()).isEqualTo(1 + written);
        journal.append(new RunFinished(RunEvent.Outcome.FAILED));
      }
      assertThat(small.read("r1", entry -> {}).lastSeq()).isEqualTo(2 + written);
    } finally {
      command("umount", mount.toString());
    }
  }

  @Test
  void aReadOnlyStoreIsReadAndNotWritten() throws Exception {
    Path mount = mount("size=256k");
    try {
      FileRunStore frozen = new FileRunStore(mount.resolve("s"), Stories.CLOCK, "pid 1");
      try (Journal journal = frozen.create("r1")) {
        journal.append(Stories.runStarted());
      }
      assertThat(command("mount", "-o", "remount,ro", mount.toString())).isZero();
      assertThat(frozen.list().get(0).status()).isEqualTo(RunSummary.Status.INTERRUPTED);
      assertThat(frozen.read("r1", entry -> {}).lastSeq()).isEqualTo(1);
      assertThat(frozen.audit("r1").damage()).isNull();
      assertThatThrownBy(() -> frozen.open("r1"))
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("Read-only file system");
      assertThatThrownBy(() -> frozen.create("r2"))
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("Read-only file system")
          .hasMessageContaining("r2");
    } finally {
      command("umount", mount.toString());
    }
  }

  @Test
  void whatCannotBeReadIsToldAndNotTakenForAbsent() throws Exception {
    write();
    Files.delete(file());
    Files.createDirectory(file());
    assertThatThrownBy(this::read).hasMessage("cannot read " + file() + ": Is a directory");
    assertThat(store.list())
        .extracting(RunSummary::status)
        .containsExactly(RunSummary.Status.DAMAGED);
  }

  @Test
  void whatMayNotBeReadIsToldAndNotTakenForAbsent() throws Exception {
    write();
    Path closed = directory.resolve("state/store");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      boolean privileged = Files.isReadable(closed);
      if (privileged) {
        System.err.println("SKIPPED: root may read everything");
      }
      assumeThat(privileged).as("the tests may read everything").isFalse();
      assertThatThrownBy(this::read).hasMessage("cannot read " + file() + ": permission denied");
      assertThatThrownBy(store::list).hasMessageContaining("permission denied");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Mounts a file system of its own, where the tests may; says so where they may not. */
  private Path mount(String options) throws Exception {
    Path mount = Files.createDirectory(directory.resolve("mount"));
    boolean mounted =
        command("mount", "-t", "tmpfs", "-o", options, "tmpfs", mount.toString()) == 0;
    if (!mounted) {
      System.err.println("SKIPPED: mounting a small file system takes root, and this is not root");
    }
    assumeThat(mounted).as("a small file system could be mounted").isTrue();
    return mount;
  }

  private static int command(String... words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
