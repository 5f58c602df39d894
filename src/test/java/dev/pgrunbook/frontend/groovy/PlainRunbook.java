package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceText;
import groovy.lang.Closure;
import groovy.lang.GString;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.MissingMethodException;
import groovy.lang.Script;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file of our own says when Groovy itself runs it: the script's base class, which takes
 * every call that is no method for a key of the runbook, and every unknown name for one of the
 * runbook's.
 *
 * <p>Mappings are maps, lists are lists, scalars are {@link Leaf}s.
 */
public abstract class PlainRunbook extends Script {

  /** A scalar: its text, and whether it was written without quotes. */
  record Leaf(String text, boolean plain) {}

  /** A name of the runbook; in a text it stays the expression that it is. */
  public static final class Name extends GroovyObjectSupport {
    private final String path;

    Name(String path) {
      this.path = path;
    }

    @Override
    public Object getProperty(String field) {
      return new Name(path + "." + field);
    }

    @Override
    public String toString() {
      return "${" + path + "}";
    }
  }

  /** One pair of braces. */
  private static final class Braces {
    private final @Nullable StepWord step;
    private final boolean listsSteps;
    private final Map<String, Object> keys = new LinkedHashMap<>();
    private final Map<String, Object> inside = new LinkedHashMap<>();
    private final List<Object> steps = new ArrayList<>();

    Braces(@Nullable StepWord step, boolean listsSteps) {
      this.step = step;
      this.listsSteps = listsSteps;
    }
  }

  /** What expressions of the runbook call, which is not done while a file is read. */
  private static final Set<String> FUNCTIONS = Set.of("size", "string", "int", "double");

  private final Deque<Braces> open = new ArrayDeque<>();
  private @Nullable Map<String, Object> said;

  @Nullable Map<String, Object> said() {
    return said;
  }

  @Override
  public Object getProperty(String name) {
    return name.equals("binding") || name.equals("metaClass")
        ? super.getProperty(name)
        : new Name(name);
  }

  @Override
  public @Nullable Object invokeMethod(String name, Object arguments) {
    try {
      return super.invokeMethod(name, arguments);
    } catch (MissingMethodException missing) {
      if (!missing.getMethod().equals(name)) {
        throw missing;
      }
      List<Object> given = Arrays.asList((Object[]) arguments);
      if (FUNCTIONS.contains(name) && given.get(0) instanceof Name of) {
        return new Name(name + "(" + of.path + ")");
      }
      say(name, given);
      return null;
    }
  }

  private void say(String name, List<Object> arguments) {
    Closure<?> braces = null;
    List<Object> values = new ArrayList<>(arguments);
    if (!values.isEmpty() && values.get(values.size() - 1) instanceof Closure<?> last) {
      braces = last;
      values.remove(values.size() - 1);
    }
    Map<?, ?> named = Map.of();
    boolean map = !values.isEmpty() && values.get(0) instanceof Map<?, ?>;
    if (map && (values.size() > 1 || braces != null)) {
      named = (Map<?, ?>) values.remove(0);
    }
    Braces block = open.peek();
    if (block == null) {
      Braces runbook = new Braces(null, false);
      runbook.keys.put("runbook", node(values.get(0)));
      fill(runbook, named, braces);
      addSteps(runbook.keys, "steps", runbook);
      said = runbook.keys;
      return;
    }
    say(name, values, named, braces, block);
  }

  private void say(
      String name,
      List<Object> values,
      Map<?, ?> named,
      @Nullable Closure<?> braces,
      Braces block) {
    StepWord word = StepWord.of(name);
    boolean valueOnly = braces == null && named.isEmpty();
    boolean hasId = !values.isEmpty();
    boolean outermost = open.size() == 1;
    boolean grouped = block.step == StepWord.STEPS && !valueOnly && hasId;
    boolean listed = block.listsSteps && !valueOnly && (word != StepWord.STEPS || hasId);
    if (word != null && (outermost ? word != StepWord.STEPS || hasId : grouped || listed)) {
      block.steps.add(step(word, values, named, braces));
    } else if (outermost && (name.equals("param") || name.equals("target"))) {
      Braces declared = new Braces(null, false);
      fill(declared, named, braces);
      group(block, name + "s").put(String.valueOf(values.get(0)), declared.keys);
    } else if (block.step != null && block.step.isInside(name)) {
      block.inside.put(name, value(name, values, named, braces));
    } else if (block.step != null && block.step.isValue(name)) {
      block.keys.put(block.step.word(), value(name, values, named, braces));
    } else {
      put(name, values, named, braces, block);
    }
  }

  private void put(
      String name,
      List<Object> values,
      Map<?, ?> named,
      @Nullable Closure<?> braces,
      Braces block) {
    boolean list = values.isEmpty() && braces != null;
    if (list && List.of("onFailure", "always", "onTimeout", "steps").contains(name)) {
      Braces inner = new Braces(null, true);
      fill(inner, Map.of(), braces);
      block.keys.put(name.equals("always") ? "finally" : name, inner.steps);
      return;
    }
    block.keys.put(
        name.equals("defaultValue") ? "default" : name, value(name, values, named, braces));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> group(Braces block, String name) {
    return (Map<String, Object>)
        block.keys.computeIfAbsent(name, none -> new LinkedHashMap<String, Object>());
  }

  private Map<String, Object> step(
      StepWord word, List<Object> values, Map<?, ?> named, @Nullable Closure<?> braces) {
    Braces step = new Braces(word, false);
    if (!values.isEmpty()) {
      step.keys.put("id", node(values.get(0)));
    }
    fill(step, named, braces);
    if (!step.inside.isEmpty()) {
      step.keys.put(word.word(), step.inside);
    }
    addSteps(step.keys, word.word(), step);
    return step.keys;
  }

  private static void addSteps(Map<String, Object> keys, String name, Braces block) {
    if (!block.steps.isEmpty()) {
      keys.put(name, block.steps);
    }
  }

  private Object value(
      String name, List<Object> values, Map<?, ?> named, @Nullable Closure<?> braces) {
    if (braces == null) {
      return node(named.isEmpty() ? values.get(0) : named);
    }
    Braces inner = new Braces(null, name.equals("stall"));
    fill(inner, named, braces);
    addSteps(inner.keys, "steps", inner);
    return inner.keys;
  }

  private void fill(Braces block, Map<?, ?> named, @Nullable Closure<?> braces) {
    open.push(block);
    named.forEach((key, value) -> say(String.valueOf(key), Arrays.asList(value)));
    if (braces != null) {
      braces.call();
    }
    open.pop();
  }

  private static Object node(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(PlainRunbook::node).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> nodes = new LinkedHashMap<>();
      map.forEach((key, item) -> nodes.put(String.valueOf(key), node(item)));
      return nodes;
    } else if (value instanceof Name name) {
      return new Leaf(name.path, true);
    } else if (value instanceof BigDecimal number) {
      return new Leaf(number.toPlainString(), true);
    } else if (value instanceof String || value instanceof GString) {
      return new Leaf(TextBlocks.block(SourceText.of("<text>", value.toString())).text(), false);
    }
    return new Leaf(String.valueOf(value), true);
  }
}
