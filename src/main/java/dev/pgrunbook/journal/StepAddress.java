package dev.pgrunbook.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A step of a run, or one item of it.
 *
 * @param step the step's id
 * @param items the item of each {@code forEach} around it and its own, outermost first, from one;
 *     empty for a step that is in none, and for a step as a whole
 */
public record StepAddress(String step, List<Integer> items) {

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

  /** Returns the address of another step among the same items. */
  public StepAddress sibling(String otherStep) {
    return new StepAddress(otherStep, items);
  }

  /** Returns {@code step} or {@code step[1]}, as people and commands write it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(step);
    items.forEach(item -> text.append('[').append(item).append(']'));
    return text.toString();
  }
}
