package dev.pgrunbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Questions at a terminal of the test's own: every key is typed, every byte is seen. */
@Timeout(30)
class TerminalControlTest {

  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  private final Scene scene = new Scene();
  private final VirtualTerminal terminal = new VirtualTerminal(100);
  @TempDir Path folder;

  private Decision decide(Request request, String keys) {
    return decide(request, keys, Map.of());
  }

  private Decision decide(Request request, String keys, Map<String, String> environment) {
    terminal.type(keys);
    return new TerminalControl(
            terminal.screen(Theme.PLAIN),
            "alice",
            Set.of(),
            environment,
            null,
            new RunName("r1", ""))
        .decide(request);
  }

  private Request.Gate gate(GateKind kind, @Nullable String type, int approvals) {
    return new Request.Gate(
        StepAddress.of("approve-cut-over"),
        scene.step("approve-cut-over"),
        kind,
        "Cut over now?",
        type,
        approvals,
        0);
  }

  private static List<String> sql(Decision decision) {
    Decision.Approve yes = (Decision.Approve) decision;
    assertThat(yes.statements()).isNotNull();
    return yes.statements().statements().stream().map(Generated::sql).toList();
  }

  @Test
  void beforeAStepNobodyIsAsked() {
    Request request =
        new Request.BeforeStep(
            StepAddress.of("sizes"), scene.step("sizes"), List.of(), scene.scope());

    assertThat(decide(request, "")).isEqualTo(new Decision.Proceed());
    assertThat(terminal.written()).isEmpty();
  }

  @Test
  void approvesWhatIsShown() {
    assertThat(decide(scene.review(), "approve looks good\r"))
        .isEqualTo(new Decision.Approve("alice", "looks good", null));
  }

  @Test
  void anEmptyLineIsNoAnswerAndAnAbbreviationIs() {
    assertThat(decide(scene.review(), "\r\ry\rapp\r"))
        .isEqualTo(new Decision.Approve("alice", null, null));
    assertThat(terminal.rows())
        .contains("   \"y\" is none of approve, reject, pick 1,3-5, edit, show N, help");
  }

  @Test
  void rejectsWithAComment() {
    assertThat(decide(scene.review(), "r not tonight\r"))
        .isEqualTo(new Decision.Reject("alice", "not tonight"));
  }

  @Test
  void picksInTheOrderShownAndShowsThemAgain() {
    Decision decision = decide(scene.review(), "pick 9\rp 3,1\rapprove\r");

    assertThat(sql(decision))
        .containsExactly(
            Scene.statements().statements().get(0).sql(),
            Scene.statements().statements().get(2).sql());
    assertThat(terminal.rows())
        .contains("   pick takes numbers from 1 to 3, such as: pick 1,3-5")
        .anyMatch(row -> row.startsWith("   picked 2 of 3: digest "))
        .anyMatch(row -> row.startsWith("   Run 2 statements on cred-model-api-dev?"));
  }

  @Test
  void takesPicksBack() {
    assertThat(decide(scene.review(), "pick 1\roriginal\rapprove\r"))
        .isEqualTo(new Decision.Approve("alice", null, null));
  }

  @Test
  void editsInTheOperatorsEditor() throws IOException {
    String decision = sql(decide(scene.review(), "edit\rapprove\r", editor("s/age/years/"))).get(0);

    assertThat(decision).isEqualTo("DROP INDEX IF EXISTS public.\"Person_years_idx\"");
    assertThat(Files.readString(folder.resolve("mode"))).isEqualTo("-rw-------\n");
    assertThat(Files.readString(folder.resolve("seen")))
        .startsWith("--| drop-indexes: the statements that would run")
        .contains("\nDROP INDEX IF EXISTS public.\"Person_age_idx\"\n;\n");
    assertThat(terminal.rows()).anyMatch(row -> row.startsWith("   edited: digest "));
  }

  @Test
  void whatCannotRunInTheStepsTransactionIsNotApproved() throws IOException {
    Map<String, String> editor = editor("s/^DROP INDEX IF EXISTS/VACUUM/");

    Decision decision = decide(scene.review(), "edit\rapprove\rreject\r", editor);

    assertThat(decision).isEqualTo(new Decision.Reject("alice", null));
    assertThat(terminal.rows())
        .anyMatch(row -> row.contains("Statement 1 cannot run inside a transaction block"));
  }

  @Test
  void anEditorThatFailsChangesNothing() {
    Decision decision =
        decide(scene.review(), "edit\rapprove\r", Map.of("VISUAL", "false", "EDITOR", "true"));

    assertThat(decision).isEqualTo(new Decision.Approve("alice", null, null));
    assertThat(terminal.rows()).contains("   `false` ended with 1: nothing is changed");
  }

  /** Changes the file as sed would, and keeps what it saw. */
  private Map<String, String> editor(String change) throws IOException {
    Path script = folder.resolve("editor.sh");
    Files.writeString(
        script,
        "cp \"$1\" '%1$s/seen'; ls -l \"$1\" | cut -c1-10 > '%1$s/mode'; sed -i '%2$s' \"$1\"\n"
            .formatted(folder, change));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return Map.of("EDITOR", "sh " + script);
  }

  @Test
  void ctrlCPausesAtOnce() {
    terminal.typeAt("Run 3 statements on", CTRL_C);

    assertThat(decide(scene.review(), "")).isEqualTo(new Decision.Pause());
  }

  @Test
  void ctrlDPausesTheSecondTime() {
    assertThat(decide(scene.review(), CTRL_D + "approve\r"))
        .isEqualTo(new Decision.Approve("alice", null, null));
    assertThat(decide(scene.review(), CTRL_D + CTRL_D)).isEqualTo(new Decision.Pause());
  }

  @Test
  void aConfirmationIsNoUnlessSaid() {
    assertThat(decide(gate(GateKind.CONFIRM, null, 1), "\rY\r"))
        .isEqualTo(new Decision.Approve("alice", null, null));
    assertThat(decide(gate(GateKind.CONFIRM, null, 1), "n\r"))
        .isEqualTo(new Decision.Reject("alice", null));
  }

  @Test
  void aGateTakesAComment() {
    assertThat(decide(gate(GateKind.GATE, null, 1), "yes\rapprove CHG-12\r"))
        .isEqualTo(new Decision.Approve("alice", "CHG-12", null));
  }

  @Test
  void aTextIsTypedExactly() {
    assertThat(decide(gate(GateKind.PROTECTED, "prod", 1), "Prod\rapprove\rprod\r"))
        .isEqualTo(new Decision.Approve("alice", "typed prod", null));
  }

  @Test
  void severalApprovalsAreNotTheOperators() {
    assertThat(decide(gate(GateKind.GATE, null, 2), "")).isEqualTo(new Decision.Pause());
    assertThat(String.join(" ", terminal.rows()))
        .contains("0 of 2: it takes different people, and not the one who started the run.")
        .contains("pgrunbook approve r1 approve-cut-over");
  }

  private Decision decide(Request request, Elsewhere elsewhere) {
    return new TerminalControl(
            terminal.screen(Theme.PLAIN),
            "alice",
            Set.of(),
            Map.of(),
            elsewhere,
            new RunName("r1", "--store ops"))
        .decide(request);
  }

  @Test
  void anAnswerFromElsewhereBreaksThePromptOff() {
    Decision carls = new Decision.Approve("carl", "ticket 7", null);
    assertThat(decide(gate(GateKind.GATE, null, 1), request -> promptIsOpen() ? carls : null))
        .isEqualTo(carls);
    assertThat(String.join("\n", terminal.rows()))
        .contains("approve or reject?", "approved by carl, from elsewhere");
    assertThat(Thread.interrupted()).isFalse();

    Decision doras = new Decision.Reject("dora", null);
    assertThat(decide(gate(GateKind.PROTECTED, "prod", 1), request -> doras)).isEqualTo(doras);
    assertThat(String.join("\n", terminal.rows())).contains("rejected by dora, from elsewhere");
    assertThat(Thread.interrupted()).isFalse();
  }

  private boolean promptIsOpen() {
    return terminal.written().contains("approve or reject?");
  }

  @Test
  void whatIsTypedFirstCounts() {
    terminal.type("approve mine\r");
    assertThat(decide(gate(GateKind.GATE, null, 1), request -> null))
        .isEqualTo(new Decision.Approve("alice", "mine", null));
  }

  @Test
  void severalApprovalsAreWaitedForWhereTheyReachTheRun() {
    Decision carls = new Decision.Approve("carl", null, null);
    assertThat(decide(gate(GateKind.GATE, null, 2), request -> carls)).isEqualTo(carls);
    assertThat(String.join(" ", terminal.rows()))
        .containsPattern("The run waits +until 2 more people have said: ")
        .contains("pgrunbook approve r1 approve-cut-over --store ops");
    terminal.type("approve\rreject not now\r");
    assertThat(decide(gate(GateKind.GATE, null, 2), request -> null))
        .isEqualTo(new Decision.Reject("alice", "not now"));
    assertThat(String.join(" ", terminal.rows())).contains("Other people approve this one");
  }

  @Test
  void asksAgainForWhatDoesNotFitAndShowsNoSecret() {
    ManualStep step = (ManualStep) scene.step("read-lag");
    Request request =
        new Request.Question(StepAddress.of("read-lag"), step, "Read the lag.", step.ask());

    Decision decision = decide(request, "much\r12\rs3cret\r");

    assertThat(decision)
        .isEqualTo(
            new Decision.Answer(
                "alice", Map.of("lag", Value.integer(12), "token", new SecretValue("s3cret"))));
    assertThat(terminal.rows()).contains("   \"much\" is not an integer");
    assertThat(terminal.written()).doesNotContain("s3cret");
  }

  @Test
  void whatIsInDoubtIsSettledWithAReason() {
    Request request =
        new Request.InDoubt(
            StepAddress.of("resync"),
            scene.step("resync"),
            List.of("VACUUM a"),
            List.of("no answer was recorded"));

    assertThat(decide(request, "d\rdone\r\rI looked\r"))
        .isEqualTo(new Decision.Settle(Mark.DONE, "I looked", "alice"));
    assertThat(decide(request, "pause\r")).isEqualTo(new Decision.Pause());
    assertThat(terminal.rows()).contains("     VACUUM a");
  }
}
