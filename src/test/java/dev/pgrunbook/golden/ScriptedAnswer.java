package dev.pgrunbook.golden;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.ValueJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads an answer such as {@code approve}, {@code reject by bob}, {@code answer {"n": 5}}. */
final class ScriptedAnswer {

  private ScriptedAnswer() {}

  static Decision read(String text, Request request) {
    int by = text.lastIndexOf(" by ");
    String who = by < 0 ? RunbookRun.OPERATOR : text.substring(by + 4);
    String[] words = (by < 0 ? text : text.substring(0, by)).split(" ", 2);
    return switch (words[0]) {
      case "approve" -> new Decision.Approve(who, null, null);
      case "reject" -> new Decision.Reject(who, null);
      case "pause" -> new Decision.Pause();
      case "done" -> new Decision.Settle(Mark.DONE, words[1], who);
      case "again" -> new Decision.Settle(Mark.AGAIN, words[1], who);
      case "pick" -> new Decision.Approve(who, "picked", pick((Request.Review) request, words[1]));
      case "edit" -> new Decision.Approve(who, "edited", edit((Request.Review) request, words[1]));
      case "answer" -> {
        Map<String, Value> values = ((RowValue) ValueJson.parse(words[1])).fields();
        yield new Decision.Answer(who, values);
      }
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static GeneratedStatements pick(Request.Review review, String numbers) {
    List<Generated> picked = new ArrayList<>();
    for (String number : numbers.split(",", -1)) {
      picked.add(review.statements().statements().get(Integer.parseInt(number) - 1));
    }
    return review.statements().withStatements(picked);
  }

  private static GeneratedStatements edit(Request.Review review, String sql) {
    return review.statements().withStatements(List.of(new Generated(sql, new RowValue(Map.of()))));
  }
}
