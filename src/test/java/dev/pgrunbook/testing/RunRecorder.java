package dev.pgrunbook.testing;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what listeners of a run are told, in the order they are. */
public final class RunRecorder implements RunListener {

  private final List<RunEvent> events = new ArrayList<>();
  private final List<ProbeSample> samples = new ArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Rows> rows = new TreeMap<>();
  private final Map<String, List<List<String>>> stages = new TreeMap<>();
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final List<String> blockers = new CopyOnWriteArrayList<>();

  void begin() {
    events.clear();
    samples.clear();
    requests.clear();
    rows.clear();
    stages.clear();
    notices.clear();
    blockers.clear();
  }

  void asked(Request request) {
    requests.add(request);
  }

  @Override
  public void recorded(JournalRecord entry) {
    events.add(entry.event());
  }

  @Override
  public void rows(StepAddress address, Step step, Rows shown) {
    rows.put(address.toString(), shown);
  }

  @Override
  public void generated(StepAddress address, int stage, List<String> statements) {
    stages.computeIfAbsent(address.toString(), key -> new ArrayList<>()).add(statements);
  }

  @Override
  public void sampled(ProbeSample sample) {
    samples.add(sample);
  }

  @Override
  public void blocked(StepAddress address, List<String> lines) {
    blockers.addAll(lines);
  }

  @Override
  public void notice(StepAddress address, String text) {
    notices.add(text);
  }

  /** Returns the events of a type. */
  public <E extends RunEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Returns why steps failed; an item's reason, which is its step's too, once. */
  public List<String> failures() {
    LinkedHashSet<String> messages = new LinkedHashSet<>();
    events(StepFailed.class).forEach(failed -> messages.add(failed.message()));
    return List.copyOf(messages);
  }

  /** Returns the polls of a probe and all its items. */
  public List<ProbeSample> samples(String step) {
    return samples.stream().filter(sample -> sample.address().step().equals(step)).toList();
  }

  /** Returns the questions of a type that were asked. */
  public <R extends Request> List<R> requests(Class<R> type) {
    return requests.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Returns the rows that a step or item, such as {@code compare[1]}, showed last. */
  public List<Map<String, Value>> rows(String address) {
    Rows shown = rows.get(address);
    if (shown == null) {
      throw new AssertionError(address + " has shown no rows; there are rows of " + rows.keySet());
    }
    List<Map<String, Value>> named = new ArrayList<>();
    for (List<Value> row : shown.rows()) {
      Map<String, Value> fields = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        fields.put(shown.columns().get(i).name(), row.get(i));
      }
      named.add(fields);
    }
    return named;
  }

  /** Returns the statements that each round of a generator produced. */
  public List<List<String>> stages(String address) {
    return stages.getOrDefault(address, List.of());
  }

  /** Returns what an operator was told, a sentence each. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  /** Returns who was seen blocking, a line each. */
  public List<String> blockers() {
    return List.copyOf(blockers);
  }
}
