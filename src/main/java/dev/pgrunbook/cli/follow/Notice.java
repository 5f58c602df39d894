package dev.pgrunbook.cli.follow;

import com.google.gson.JsonObject;
import dev.pgrunbook.journal.EventJson;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.workspace.Notification.Occasion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that people are told of a run.
 *
 * @param address the step or item, or null for the run as a whole
 * @param message what happened, in a sentence
 * @param command what answers it, or null
 */
record Notice(
    Occasion occasion,
    Instant at,
    @Nullable StepAddress address,
    String message,
    @Nullable String command) {

  private static final int LONGEST = 2000;

  /**
   * Returns the notice as JSON; its {@code text} is what chat programs such as Slack show, in which
   * nothing of a name is a link or calls somebody.
   */
  JsonObject toJson(NotifiedRun about) {
    JsonObject json = new JsonObject();
    json.addProperty(
        "text", text(about).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    json.addProperty("event", occasion.word());
    json.addProperty("at", EventJson.time(at));
    json.addProperty("run", about.run());
    json.addProperty("runbook", about.runbook());
    json.addProperty("version", about.version());
    json.addProperty("by", about.by());
    json.addProperty("host", about.host());
    if (address != null) {
      json.addProperty("step", address.toString());
    }
    json.addProperty("message", shortened());
    if (command != null) {
      json.addProperty("command", command);
    }
    return json;
  }

  /** Returns the notice in a line or a few. */
  String text(NotifiedRun about) {
    String head =
        switch (occasion) {
          case WAITING -> "waits for somebody";
          case FAILED -> "failed";
          case STALLED -> "does not move";
          case DONE -> "is done";
        };
    String text = about.runbook() + " " + head + ": " + shortened() + " (run " + about.run() + ")";
    return command == null ? text : text + "\n" + command;
  }

  private String shortened() {
    String harmless = DisplayText.lines(message.strip());
    return harmless.length() <= LONGEST ? harmless : harmless.substring(0, LONGEST) + "…";
  }
}
