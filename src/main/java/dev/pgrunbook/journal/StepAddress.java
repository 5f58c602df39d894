package dev.pgrunbook.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run, or one item of it.
 *
 * @param step the step's id
 * @param items the item of each {@code forEach} around it and its own, outermost first, from one;
 *     empty for a step that is in none, and for a step as a whole
 */
public record StepAddress(String step, List<Integer> items) {

  /** Puts the items of a step in their order, the step itself first. */
  public static final Comparator<StepAddress> ITEMS =
      (one, other) ->
          Arrays.compare(one.items.toArray(new Integer[0]), other.items.toArray(new Integer[0]));

  /** No step's id has a dot. */
  private static final String UNDO = ".undo";

  public StepAddress {
    Objects.requireNonNull(step);
    items = List.copyOf(items);
  }

  /** Returns the address of a step outside every {@code forEach}. */
  public static StepAddress of(String step) {
    return new StepAddress(step, List.of());
  }

  /** Returns the address of one of this step's items. */
  public StepAddress item(int number) {
    List<Integer> deeper = new ArrayList<>(items);
    deeper.add(number);
    return new StepAddress(step, deeper);
  }

  /** Returns the address under which it is recorded what reverts this step or item. */
  public StepAddress undo() {
    return sibling(step + UNDO);
  }

  /** Returns whether something that reverts a step is recorded under this address. */
  public boolean isUndo() {
    return step.endsWith(UNDO);
  }

  /** Returns the step or item that what is recorded under this address reverts. */
  public StepAddress undone() {
    return sibling(step.substring(0, step.length() - UNDO.length()));
  }

  /** Returns the address of another step among the same items. */
  public StepAddress sibling(String otherStep) {
    return new StepAddress(otherStep, items);
  }

  /** Returns the address of a text that {@link #toString} writes, or null when it is none. */
  public static @Nullable StepAddress parse(String text) {
    int bracket = text.indexOf('[');
    if (bracket < 0) {
      return of(text);
    }
    StepAddress address = of(text.substring(0, bracket));
    for (String item : text.substring(bracket + 1).split("\\[", -1)) {
      if (!item.matches("[1-9][0-9]{0,8}\\]")) {
        return null;
      }
      address = address.item(Integer.parseInt(item.substring(0, item.length() - 1)));
    }
    return address;
  }

  /** Returns {@code step} or {@code step[1]}, as people and commands write it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(step);
    items.forEach(item -> text.append('[').append(item).append(']'));
    return text.toString();
  }
}
