package dev.pgrunbook.golden;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is done with a run, in order, and what is answered meanwhile.
 *
 * <pre>
 * run
 *   drop-indexes: reject by carol
 * resume
 *   drop-indexes: pick 2 by dave
 * </pre>
 *
 * <p>A line that is not indented is {@code run}, {@code resume}, {@code abort}, or {@code sql} with
 * a statement for the first role's database. The answers of a step below it are given in order;
 * where none is left, the run's own habit answers.
 */
record RunScript(List<Act> acts) {

  /** One thing done, with the answers to each step's questions. */
  record Act(String command, String rest, Map<String, Deque<String>> answers) {}

  static RunScript parse(String text) {
    List<Act> acts = new ArrayList<>();
    for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
      if (line.startsWith(" ")) {
        String[] answer = line.strip().split(": ", 2);
        Map<String, Deque<String>> answers = acts.get(acts.size() - 1).answers();
        answers.computeIfAbsent(answer[0], step -> new ArrayDeque<>()).add(answer[1]);
      } else {
        String[] words = line.strip().split(" ", 2);
        acts.add(new Act(words[0], words.length == 2 ? words[1] : "", new HashMap<>()));
      }
    }
    return new RunScript(acts);
  }
}
