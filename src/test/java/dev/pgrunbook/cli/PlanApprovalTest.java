package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code approve --plan}: whose yes counts, for what, and until when. */
@ExtendWith(PostgresExtension.class)
class PlanApprovalTest {

  private static final String ASK =
      """
      runbook: ask
      version: "1.0.0"
      title: Ask
      targets: {db: {}}
      steps:
        - id: plain
          gate: Shall it be
        - id: make
          target: db
          confirm: Really
          sql: CREATE TABLE made ()
        - id: typed
          gate: Sure
          type: make it
      """;

  private static final String MERGED = "plan.approvals.jsonl";

  @TempDir private Path folder;
  private Caller caller;
  private Caller alice;
  private Caller bob;

  @BeforeEach
  void people() {
    caller = new Caller(folder).file("ask.yaml", ASK);
    alice = caller.in(folder).with("XDG_CONFIG_HOME", folder.resolve("alice").toString());
    bob = caller.in(folder).with("XDG_CONFIG_HOME", folder.resolve("bob").toString());
  }

  private void plan(TestPostgres db) {
    assertThat(caller.call("plan", "ask.yaml", "--out", "plan.json", "--target", "db=" + db.uri()))
        .as(caller.said())
        .isEqualTo(ExitCode.DONE);
  }

  private ExitCode follow(TestPostgres db, String run) {
    return caller.run("ask.yaml", db, run, "--plan", "plan.json");
  }

  private static String newKey(Caller who) {
    assertThat(who.call("approve", "--new-key")).as(who.err()).isEqualTo(ExitCode.DONE);
    String out = who.out();
    assertThat(out).startsWith("approvers:\n  ");
    return out.substring(out.indexOf('"'), out.lastIndexOf('"') + 1);
  }

  private void approve(Caller who, String... more) {
    List<String> words = new ArrayList<>(List.of("approve", "--plan", "plan.json"));
    words.addAll(List.of(more));
    assertThat(who.call(words.toArray(new String[0]))).as(who.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aTextToBeTypedAsksWhateverWasApproved(TestPostgres db) {
    plan(db);
    approve(caller);
    assertThat(follow(db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("paused: typed waits for an answer");
    assertThat(db.queryText("SELECT to_regclass('made')")).isEqualTo("made");
  }

  @Test
  void oneStepAloneCanBeApproved(TestPostgres db) {
    plan(db);
    approve(caller, "--step", "plain");
    assertThat(follow(db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("paused: make waits for an answer");

    assertThat(caller.call("approve", "--plan", "plan.json", "--step", "plai"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("no plan in plan.json has a step \"plai\"", "\"plain\"?");
  }

  @Test
  void onlyListedKeysCountWhereKeysAreListed(TestPostgres db) throws IOException {
    approveAsNobody(db);
    String key = newKey(alice);
    caller.file("pgrunbook.yaml", "approvers: {alice: " + key + "}\n");

    assertThat(follow(db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.err()).contains("does not count: it is not signed, and pgrunbook.yaml lists");

    assertThat(caller.call("approve", "--plan", "plan.json")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("you have no key to sign with", "--new-key");
    String strange = newKey(bob);
    assertThat(bob.call("approve", "--plan", "plan.json")).isEqualTo(ExitCode.INVALID);
    assertThat(bob.err()).contains("your key is not among the approvers", strange);

    approve(alice, "--comment", "fine");
    assertThat(alice.out()).contains("Approved by alice until ", ", signed: ask, plan ");
    assertThat(follow(db, "r2")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("paused: typed waits");
    caller.call("show", "r2");
    assertThat(caller.out()).contains("approved by alice (by plan ", "signed: fine");

    // Whoever is struck from the list does not count any longer.
    caller.file("pgrunbook.yaml", "approvers: {bob: " + strange + "}\n");
    db.execute("DROP TABLE made");
    assertThat(follow(db, "r3")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.err()).contains("approval of alice", "nobody whom pgrunbook.yaml lists");
    assertThat(caller.out()).contains("paused: plain waits");
    caller.file("pgrunbook.yaml", "approvers: {alice: " + strange + "}\n");
    assertThat(follow(db, "r4")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.err()).contains("signed with another key than pgrunbook.yaml lists");
  }

  private void approveAsNobody(TestPostgres db) {
    plan(db);
    approve(caller);
    assertThat(caller.err()).contains("Not signed: `pgrunbook approve --new-key`");
  }

  @Test
  void whatIsForgedIsRefused(TestPostgres db) {
    plan(db);
    newKey(alice);
    approve(alice, "--step", "plain", "--expires", "1h");
    String good = caller.text(MERGED);
    for (String forged :
        List.of(
            good.replace("\"step\":\"plain\"", "\"step\":\"make\""),
            good.replace("\"step\":\"plain\",", ""),
            good.replaceFirst("\"expires\":\"\\d{4}", "\"expires\":\"2999"),
            good.replaceFirst("\"by\":\"[^\"]*\"", "\"by\":\"bob\""),
            good.replaceFirst("\"signature\":\"...", "\"signature\":\"AAA"),
            good.replaceFirst("\"signature\":\"[^\"]*\"", "\"signature\":\"?\""),
            good.replaceFirst(",\"signature\":\"[^\"]*\"", ""))) {
      assertThat(forged).isNotEqualTo(good);
      caller.file(MERGED, forged);
      assertThat(follow(db, "r1")).as(forged).isEqualTo(ExitCode.INVALID);
      assertThat(caller.err()).contains("error[forged-approval]", "does not say what was signed");
    }
    caller.file(MERGED, good);
    assertThat(follow(db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("paused: make waits");
  }

  @Test
  void approvalsOfAnotherPlanAndExpiredOnesDoNotCount(TestPostgres db) {
    plan(db);
    approve(caller);
    String line = caller.text(MERGED);
    caller.file(MERGED, line.replaceFirst("\"expires\":\"\\d{4}", "\"expires\":\"2001"));
    assertThat(follow(db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.err()).contains("does not count: it expired at 2001-");
    assertThat(caller.out()).contains("paused: plain waits");

    caller.file(MERGED, line);
    caller.file("ask.yaml", ASK.replace("Shall it be", "Shall it really be"));
    plan(db);
    assertThat(follow(db, "r2")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.err()).contains("does not count: it is of another plan");
    for (String expires : List.of("0s", "soon", "1000d", "-1d")) {
      assertThat(caller.call("approve", "--plan", "plan.json", "--expires=" + expires))
          .isEqualTo(ExitCode.INVALID);
      assertThat(caller.err()).contains("--expires takes a duration such as 12h or 7d");
    }
  }

  @Test
  void aLineThatIsNoApprovalIsRefused(TestPostgres db) {
    plan(db);
    approve(caller);
    String good = caller.text(MERGED);
    for (String bad :
        List.of(
            "{",
            "7",
            "[]",
            "{}",
            "<<<<<<< HEAD",
            "{\"approval\":2}",
            good.strip().replaceFirst("\"at\":\"", "\"at\":\"x"))) {
      caller.file(MERGED, good + "\n" + bad + "\n");
      assertThat(follow(db, "r1")).as(bad).isEqualTo(ExitCode.INVALID);
      assertThat(caller.err()).contains("plan.approvals.jsonl, line 3, is no approval");
    }
  }

  @Test
  void severalPeopleHaveToSignForThemselves(TestPostgres db) {
    caller.file(
        "ask.yaml", ASK.replace("gate: Shall it be", "gate: Shall it be\n    approvals: 2"));
    plan(db);
    String first = newKey(alice);
    String second = newKey(bob);
    caller.file("pgrunbook.yaml", "approvers: {alice: " + first + ", bob: " + second + "}\n");
    approve(alice);
    approve(alice);
    assertThat(follow(db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("paused: plain waits");
    approve(bob);
    assertThat(follow(db, "r2")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("paused: typed waits");
  }

  @Test
  void aProtectedTargetTakesNoUnsignedWord(TestPostgres db) {
    String connections =
        "connections: {main: {url: \"postgresql://%s:%d/%s\", user: %s, protected: true}}\n"
            .formatted(
                db.address().host(), db.address().port(), db.database(), db.address().user());
    caller.file("pgrunbook.yaml", connections).with("PGPASSWORD", db.address().password());
    assertThat(caller.call("plan", "ask.yaml", "--out", "plan.json", "--target", "db=main"))
        .isEqualTo(ExitCode.DONE);
    approve(caller);
    assertThat(caller.call("run", "ask.yaml", "--plan", "plan.json")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("paused: make waits");

    String key = newKey(alice);
    caller.file("pgrunbook.yaml", connections + "approvers: {alice: " + key + "}\n");
    approve(alice);
    assertThat(caller.call("run", "ask.yaml", "--plan", "plan.json", "--run-id", "r2"))
        .isEqualTo(ExitCode.PAUSED);
    // The confirmation is answered; that the target's name be typed is not.
    caller.call("show", "r2");
    assertThat(caller.out())
        .contains("> make            approved by alice", "The target main is protected");
    assertThat(db.queryText("SELECT to_regclass('made')")).isNull();
  }

  @Test
  void aKeyIsItsOwnersAlone(TestPostgres db) throws IOException {
    plan(db);
    newKey(alice);
    Path key = folder.resolve("alice/pgrunbook/approval.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(alice.call("approve", "--new-key")).isEqualTo(ExitCode.INVALID);
    assertThat(alice.err()).contains("there is a key already");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(alice.call("approve", "--plan", "plan.json")).isEqualTo(ExitCode.INVALID);
    assertThat(alice.err()).contains("can be used by others than its owner");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(key, Files.readString(key).replace("PRIVATE", "PUBLIC"));
    assertThat(alice.call("approve", "--plan", "plan.json")).isEqualTo(ExitCode.INVALID);
    assertThat(alice.err()).contains("holds no Ed25519 key");
  }

  @Test
  void whatBelongsTogetherIsSaid() {
    for (String[] words :
        new String[][] {
          {"approve"}, {"approve", "--plan", "p", "r1"}, {"approve", "--new-key", "--plan", "p"},
          {"approve", "r1"}, {"approve", "r1", "s", "--step", "x"}, {"approve", "--plan", "none"}
        }) {
      assertThat(caller.call(words)).isEqualTo(ExitCode.INVALID);
      assertThat(caller.err()).startsWith("pgrunbook: ");
    }
    caller.file("pgrunbook.yaml", "approvers: {alice: \"ed25519 short\"}\n");
    assertThat(caller.call("runs")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("error[bad-key]: this is no Ed25519 public key");
  }
}
