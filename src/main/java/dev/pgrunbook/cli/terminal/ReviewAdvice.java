package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.sql.Advice;
import dev.pgrunbook.sql.AdviceCode;
import dev.pgrunbook.sql.AdviceCode.Level;
import dev.pgrunbook.sql.StatementEffects;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What to think of before statements run, each piece of advice once for all that it is about. */
final class ReviewAdvice {

  private final Screen screen;

  ReviewAdvice(Screen screen) {
    this.screen = screen;
  }

  /** One piece of advice, and the numbers of the statements that it is about. */
  private record Group(Advice first, List<Integer> statements, boolean alike) {}

  /** Returns the warnings, those about most statements first; none when there are none. */
  List<String> lines(List<StatementEffects> effects) {
    List<Group> groups = new ArrayList<>(groups(effects).values());
    groups.sort((one, other) -> other.statements().size() - one.statements().size());
    List<String> lines = new ArrayList<>();
    for (Group group : groups) {
      if (lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(lines(group, effects.size()));
    }
    return lines;
  }

  private static Map<AdviceCode, Group> groups(List<StatementEffects> effects) {
    Map<AdviceCode, Group> groups = new EnumMap<>(AdviceCode.class);
    for (int i = 0; i < effects.size(); i++) {
      for (Advice advice : effects.get(i).advice()) {
        if (advice.code().level() == Level.WARNING) {
          Group known = groups.get(advice.code());
          List<Integer> statements = new ArrayList<>();
          boolean alike = true;
          if (known != null) {
            statements.addAll(known.statements());
            alike = known.alike() && known.first().sentence().equals(advice.sentence());
          }
          if (!statements.contains(i + 1)) {
            statements.add(i + 1);
          }
          groups.put(
              advice.code(), new Group(known == null ? advice : known.first(), statements, alike));
        }
      }
    }
    return groups;
  }

  private List<String> lines(Group group, int count) {
    List<String> lines = new ArrayList<>();
    String which =
        count == 1 ? "" : group.statements().size() == count ? "all" : ranges(group.statements());
    String instance = group.alike() ? "" : ", as in " + group.statements().get(0);
    int margin = StatementList.MARGIN;
    String label = which.isEmpty() ? "" : which + instance + ": ";
    String start = "   " + screen.theme().paint(Role.WARNING, "!") + "   ";
    for (String line : wrap(label + group.first().sentence(), margin)) {
      lines.add(start + screen.theme().paint(Role.WARNING, line));
      start = " ".repeat(margin);
    }
    if (group.first().instead() != null) {
      for (String line : wrap("instead: " + group.first().instead(), margin)) {
        lines.add(" ".repeat(margin) + screen.theme().paint(Role.HINT, line));
      }
    }
    return lines;
  }

  private List<String> wrap(String text, int margin) {
    return DisplayText.wrap(DisplayText.line(text), screen.columns() - margin);
  }

  /** Returns numbers as people write them: {@code 1-3, 5}. */
  private static String ranges(List<Integer> numbers) {
    StringBuilder ranges = new StringBuilder();
    for (int i = 0; i < numbers.size(); i++) {
      int first = numbers.get(i);
      while (i + 1 < numbers.size() && numbers.get(i + 1) == numbers.get(i) + 1) {
        i++;
      }
      int last = numbers.get(i);
      ranges.append(ranges.length() == 0 ? "" : ", ").append(first);
      ranges.append(last > first ? "-" + last : "");
    }
    return ranges.toString();
  }
}
