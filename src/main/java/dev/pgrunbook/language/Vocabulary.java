package dev.pgrunbook.language;

import static dev.pgrunbook.language.Key.optional;
import static dev.pgrunbook.language.Key.required;

import dev.pgrunbook.language.Shape.Anything;
import dev.pgrunbook.language.Shape.Beginning;
import dev.pgrunbook.language.Shape.Either;
import dev.pgrunbook.language.Shape.Entries;
import dev.pgrunbook.language.Shape.Flag;
import dev.pgrunbook.language.Shape.Form;
import dev.pgrunbook.language.Shape.Formula;
import dev.pgrunbook.language.Shape.Items;
import dev.pgrunbook.language.Shape.Loop;
import dev.pgrunbook.language.Shape.Mapping;
import dev.pgrunbook.language.Shape.Name;
import dev.pgrunbook.language.Shape.OrNothing;
import dev.pgrunbook.language.Shape.Role;
import dev.pgrunbook.language.Shape.Sql;
import dev.pgrunbook.language.Shape.Steps;
import dev.pgrunbook.language.Shape.Template;
import dev.pgrunbook.language.Shape.Text;
import dev.pgrunbook.language.Shape.Time;
import dev.pgrunbook.language.Shape.TypeWord;
import dev.pgrunbook.language.Shape.Whole;
import java.util.List;

/** Every place of a runbook file with its keys; what is particular to a kind is at the kind. */
public final class Vocabulary {

  /** What a file writes where it takes SQL from another one. */
  public static final Place SQL_FILE =
      Place.of(
          "SQL",
          required(
              "file", new Text(), "A file beside or below the runbook, with / and without .."));

  /** A page to read. */
  public static final Place LINK =
      Place.of(
          "a link",
          optional("title", new Text(), "What the page is called"),
          required("url", new Beginning(List.of("https://", "http://")), "The page's address"));

  /** How often a failed transaction is tried again. */
  public static final Place RETRY =
      Place.of(
          "\"retry\"",
          required("attempts", new Whole(1, 10_000), "How often it is tried in all"),
          optional("delay", new Time(), "The pause between two of them; 1s unless said"),
          optional(
              "backoff",
              new Shape.Quantity(1, 100),
              "Multiplies the delay each time; 1 unless said"),
          optional(
              "on",
              new Items(new Text(), false),
              "PostgreSQL's names of the errors that are worth it, such as lock_not_available; any error"
                  + " unless said"));

  /** How many parts of a step run at once. */
  public static final Key PARALLEL =
      optional("parallel", new Whole(1, 64), "How many run side by side; 1 unless said");

  /** A loop's own keys, beside the name of its item. */
  public static final Place FOR_EACH = Place.of("\"forEach\"", PARALLEL);

  /** A moment to wait for. */
  public static final Place WAIT =
      Place.of(
          "\"wait\"",
          required("until", new Text(), "22:00, or 2026-01-31T22:00"),
          optional("zone", new Text(), "Whose clock counts, such as Europe/Berlin"));

  /** A part of the day. */
  public static final Place WINDOW =
      Place.of(
          "\"window\"",
          required("from", new Text(), "When it begins, such as 22:00"),
          required("to", new Text(), "When it ends, such as 06:00"),
          optional("zone", new Text(), "Whose clock counts, such as Europe/Berlin"));

  /** How far a probe has come. */
  public static final Place PROGRESS =
      Place.of(
          "\"progress\"",
          required("done", new Formula(), "How much is done"),
          optional("total", new Formula(), "How much there is; null: not known yet"),
          optional("unit", new Text(), "The word for what is counted"));

  /** What a probe does when nothing moves. */
  public static final Place STALL =
      Place.of(
          "\"stall\"",
          required("after", new Time(), "How long nothing may move"),
          required("steps", new Steps(true), "What runs then, and again each time"));

  /** What is polled, and until when. */
  public static final Place PROBE =
      Place.of(
          "\"probe\"",
          required(
              "sources",
              new Entries(Form.TARGET, new Sql(), true),
              "A query for each target that is asked; the columns of its one row become variables"),
          optional("every", new Time(), "Between two polls, at least 100ms; 5s unless said"),
          required("until", new Formula(), "Ends it when true"),
          optional("fail", new Formula(), "Fails it when true"),
          optional("progress", new Mapping(PROGRESS), "What the bar shows"),
          optional("stall", new Mapping(STALL), "What runs when nothing moves"),
          optional("timeout", new Time(), "How long it may take in all"));

  /** What a run has to be told. */
  public static final Place PARAMETER =
      Place.of(
          "a parameter",
          optional(
              "type",
              new TypeWord(),
              "What its values are, text[] and the like for lists; text unless said"),
          optional("required", new Flag(), "Whether a run without it is refused"),
          optional("default", new Anything(), "Its value when nothing is said"),
          optional("choices", new Items(new Anything(), true), "The only values allowed"),
          optional("pattern", new Text(), "What its texts must match, an RE2 expression"),
          optional("min", new Text(), "The least number or the first moment allowed"),
          optional("max", new Text(), "The greatest number or the last moment allowed"),
          optional("description", new Text(), "What it is for"),
          optional("example", new Anything(), "Shown where it is missing"));

  /** A role that a database plays. */
  public static final Place TARGET =
      Place.of(
          "a target",
          optional("description", new Text(), "Which database is meant"),
          optional("default", new Text(), "The connection that plays it when a run names none"),
          optional("readOnly", new Flag(), "Whether every step that writes there is refused"));

  private static final Shape LINKS = new Items(new Mapping(LINK), false);

  /** A whole file. */
  public static final Place RUNBOOK =
      Place.of(
          "a runbook",
          required("runbook", new Name(Form.RUNBOOK), "Its name: folder/what-it-does"),
          required("version", new Text(), "The file's own semantic version: \"1.0.0\""),
          required("title", new Text(), "What it does, in one line"),
          optional("description", new Text(), "What it does, in more than a line"),
          optional("links", LINKS, "Pages to read"),
          optional("requires", new Text(), "The versions of the language it needs: \">=1.0\""),
          optional(
              "params",
              new OrNothing(
                  new Entries(Form.VARIABLE, new OrNothing(new Mapping(PARAMETER)), false)),
              "What a run has to be told"),
          optional(
              "targets",
              new OrNothing(new Entries(Form.TARGET, new OrNothing(new Mapping(TARGET)), false)),
              "The roles that databases play"),
          required("steps", new Steps(true), "What to do, in order"),
          optional("onFailure", new Steps(false), "Runs after a failed step, before finally"),
          optional(
              "finally",
              new Steps(false),
              "Runs when the run ends: done, failed or given up, not when it pauses"));

  /** What every kind of step may say. */
  public static final Place STEP =
      Place.of(
          "a step",
          required("id", new Name(Form.STEP), "Its name, unique in the file: drop-indexes"),
          optional("title", new Text(), "What it does, in one line"),
          optional("description", new Text(), "What it does, in more than a line"),
          optional("note", new Text(), "What whoever runs it should know"),
          optional("tip", new Text(), "What may help whoever runs it"),
          optional("warning", new Text(), "What whoever runs it must not overlook"),
          optional("links", LINKS, "Pages to read"),
          optional("target", new Role(), "The database it runs on"),
          optional("when", new Formula(), "False: it is skipped, and what it saves is null"),
          optional(
              "forEach",
              new Loop(),
              "Runs it once for each item: {item: items}, side by side: {item: items, parallel: 4}"),
          optional("confirm", new Template(), "A yes or no before it runs"),
          optional("unless", new Sql(), "A query; true: the step is skipped as already done"),
          optional(
              "verify",
              new Sql(),
              "A query that must be true after the commit; it settles what a crash left in doubt"),
          optional("timeout", new Time(), "How long it may take"),
          optional("lockTimeout", new Time(), "How long a statement may wait for a lock"),
          optional("retry", new Mapping(RETRY), "Tries a failed transaction again"),
          optional(
              "onTimeout", new Steps(false), "Runs when timeout is over; then the run goes on"));

  /** What steps that write may say. */
  public static final Key UNDO =
      optional("undo", new Sql(), "SQL that reverts it, run when an operator wants that");

  /** What steps that give rows may say. */
  public static final Key SAVE =
      optional(
          "save",
          new Either(
              List.of(new Name(Form.VARIABLE), new Entries(Form.VARIABLE, new Text(), true))),
          "Keeps the rows as a variable, or columns of the single row: {variable: column}");

  private Vocabulary() {}
}
