package dev.pgrunbook.plan;

import dev.pgrunbook.model.Documentation;
import dev.pgrunbook.model.DurationText;
import dev.pgrunbook.model.Expectation;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.ForEach.LiteralItems;
import dev.pgrunbook.model.ForEach.NamedItems;
import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.model.Link;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.ProbeStep.Progress;
import dev.pgrunbook.model.ProbeStep.Stall;
import dev.pgrunbook.model.RetryPolicy;
import dev.pgrunbook.model.ReviewMode;
import dev.pgrunbook.model.Save.SaveColumns;
import dev.pgrunbook.model.Save.SaveRows;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.StepHeader;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.model.TimeWindow;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.model.WaitStep.AfterDuration;
import dev.pgrunbook.model.WaitStep.AtDateTime;
import dev.pgrunbook.model.WaitStep.AtTimeOfDay;
import dev.pgrunbook.value.Value;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a record of the model says, under the keys that files use; steps, parameters and targets
 * inside of it are left to whoever asks.
 *
 * <p>It is read from the records' components, so that one added later is compared by itself.
 */
final class Facets {

  /** Components that files call otherwise. */
  private static final Map<String, String> KEYS =
      Map.of(
          "defaultValue",
          "default",
          "defaultConnection",
          "default",
          "minimum",
          "min",
          "maximum",
          "max",
          "end",
          "wait",
          "name",
          "runbook");

  private final Map<String, Object> facets = new LinkedHashMap<>();

  private Facets() {}

  /** Returns every key that is said, with its value, in order. */
  static Map<String, Object> of(Record subject) {
    Facets facets = new Facets();
    facets.components("", subject);
    return facets.facets;
  }

  private void components(String prefix, Record subject) {
    for (RecordComponent component : subject.getClass().getRecordComponents()) {
      String name = component.getName();
      if (isIdentity(subject, name)) {
        continue;
      }
      Object value = value(subject, component);
      if (value instanceof StepHeader || value instanceof Documentation) {
        components(prefix, (Record) value);
      } else {
        add(prefix + KEYS.getOrDefault(name, name), value);
      }
    }
  }

  private static boolean isIdentity(Record subject, String name) {
    return (subject instanceof StepHeader && name.equals("id"))
        || (subject instanceof Parameter && name.equals("name"))
        || (subject instanceof TargetRole && name.equals("role"));
  }

  private void add(String key, @Nullable Object value) {
    if (value == null || Boolean.FALSE.equals(value) || isEmptyOrApart(value)) {
      return;
    }
    if (value instanceof RetryPolicy || value instanceof Progress || value instanceof Stall) {
      components(key + ".", (Record) value);
    } else if (value instanceof SaveColumns columns) {
      columns.columns().forEach((variable, column) -> add(key + "." + variable, column));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, item) -> add(key + "." + name, item));
    } else {
      facets.put(key, value);
    }
  }

  private static boolean isEmptyOrApart(Object value) {
    if (!(value instanceof List<?> list)) {
      return false;
    }
    return list.isEmpty()
        || list.get(0) instanceof Step
        || list.get(0) instanceof Parameter
        || list.get(0) instanceof TargetRole;
  }

  /** Returns a value as files write it, or nearly so. */
  static String text(Object value) {
    if (value instanceof Value plain) {
      return plain.display();
    } else if (value instanceof List<?> list) {
      return list.stream().map(Facets::text).collect(Collectors.joining(", "));
    } else if (value instanceof Duration duration) {
      return DurationText.of(duration);
    } else if (value instanceof Record entry) {
      return text(entry);
    } else if (value instanceof ReviewMode review) {
      return review.word();
    } else if (value instanceof TransactionMode transaction) {
      return transaction.word();
    } else if (value instanceof Expectation expectation) {
      return expectation.word();
    }
    return value instanceof Isolation isolation ? isolation.word() : value.toString();
  }

  private static String text(Record entry) {
    if (entry instanceof ParameterType type) {
      return type.word();
    } else if (entry instanceof ForEach loop) {
      String sideBySide = loop.parallel() == null ? "" : ", " + loop.parallel() + " side by side";
      return loop.name() + " in " + text((Record) loop.items()) + sideBySide;
    } else if (entry instanceof NamedItems items) {
      return items.variable();
    } else if (entry instanceof LiteralItems items) {
      return "[" + text(items.values()) + "]";
    } else if (entry instanceof Link link) {
      return link.title() + " <" + link.url() + ">";
    } else if (entry instanceof TimeWindow window) {
      return window.from() + " to " + window.to() + " " + window.zone();
    } else if (entry instanceof SaveRows rows) {
      return rows.variable();
    } else if (entry instanceof AfterDuration wait) {
      return DurationText.of(wait.duration());
    } else if (entry instanceof AtTimeOfDay wait) {
      return "until " + wait.time() + " " + wait.zone();
    } else if (entry instanceof AtDateTime wait) {
      return "until " + wait.dateTime() + " " + wait.zone();
    }
    return entry.toString();
  }

  private static @Nullable Object value(Record subject, RecordComponent component) {
    try {
      return component.getAccessor().invoke(subject);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("records of the model are public", impossible);
    }
  }
}
