package dev.pgrunbook.cli;

import dev.pgrunbook.journal.RunEvent.Answer;
import org.jspecify.annotations.Nullable;

/** The commands, in the order in which the overview lists them. */
enum CommandName {
  RUN("run", "executes a runbook"),
  PLAN("plan", "tells what runbooks would do, and writes nothing"),
  STEP("step", "executes a runbook step by step, under your hand"),
  RESUME("resume", "goes on where a run stopped"),
  ABORT("abort", "gives a stopped run up: runs its `finally` and ends it"),
  RUNS("runs", "lists the runs"),
  SHOW("show", "tells what happened in a run"),
  REPORT("report", "writes a document of a run: HTML, Markdown, JSON"),
  AUDIT("audit", "verifies the record of a run, and tells who did what"),
  APPROVE("approve", "says yes to what a run waits for, or beforehand to a plan"),
  REJECT("reject", "answers what a paused run waits for with no"),
  LINT("lint", "loads and checks runbooks, offline"),
  LIST("list", "lists the runbooks that can be named"),
  DESCRIBE("describe", "writes the guide that a runbook is, for people"),
  DIFF("diff", "tells what two runbooks say differently, in meaning and not in lines"),
  CONVERT("convert", "writes a runbook in the other spelling, YAML or Groovy"),
  SCHEMA("schema", "prints the JSON Schema of runbooks, for editors"),
  DEMO("demo", "two replicating servers, and the resync runbook run against them"),
  HELP("help", "explains a command");

  private final String word;
  private final String summary;

  CommandName(String word, String summary) {
    this.word = word;
    this.summary = summary;
  }

  /** What is typed. */
  String word() {
    return word;
  }

  /** One line for the overview, without a full stop. */
  String summary() {
    return summary;
  }

  /** Makes the command; only here are a command's classes loaded. */
  Command create() {
    return switch (this) {
      case RUN -> new RunCommand(false);
      case STEP -> new RunCommand(true);
      case PLAN -> new PlanCommand();
      case RESUME -> new ResumeCommand(false);
      case ABORT -> new ResumeCommand(true);
      case RUNS -> new RunsCommand();
      case SHOW -> new ShowCommand();
      case REPORT -> new ReportCommand();
      case AUDIT -> new AuditCommand();
      case APPROVE -> new ApproveCommand();
      case REJECT -> new AnswerCommand(Answer.REJECTED);
      case LINT -> new LintCommand();
      case LIST -> new ListCommand();
      case DESCRIBE -> new DescribeCommand();
      case DIFF -> new DiffCommand();
      case CONVERT -> new ConvertCommand();
      case SCHEMA -> new SchemaCommand();
      case DEMO -> new DemoCommand();
      case HELP -> new HelpCommand();
    };
  }

  static @Nullable CommandName of(String word) {
    for (CommandName name : values()) {
      if (name.word.equals(word)) {
        return name;
      }
    }
    return null;
  }
}
