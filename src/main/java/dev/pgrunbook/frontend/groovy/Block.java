package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pair of braces of the runbook while it is carried out: what it has said so far. */
final class Block {

  /** What stands between the braces. */
  enum Kind {
    RUNBOOK,
    /** A parameter or a target: its keys. */
    DECLARATION,
    STEP,
    /** A list of steps, such as {@code onFailure}. */
    STEPS,
    /** {@code stall}: keys, and the steps that run. */
    STALL,
    /** Any other value that is written as a map. */
    MAP
  }

  /** A key with several values under one name. */
  private record Gathered(ScalarNode key, List<MappingNode.Entry> entries) {}

  private final Kind kind;
  private final @Nullable StepWord step;
  private final SourceSpan span;
  private final List<MappingNode.Entry> entries = new ArrayList<>();
  private final List<Gathered> gathered = new ArrayList<>();
  private final List<SyntaxNode> steps = new ArrayList<>();
  private @Nullable ScalarNode stepsKey;

  private Block(Kind kind, @Nullable StepWord step, SourceSpan span) {
    this.kind = kind;
    this.step = step;
    this.span = span;
  }

  static Block of(Kind kind, SourceSpan span) {
    return new Block(kind, null, span);
  }

  static Block step(StepWord step, SourceSpan span) {
    return new Block(Kind.STEP, step, span);
  }

  Kind kind() {
    return kind;
  }

  /** Returns what kind of step this is; null when it is none. */
  @Nullable StepWord step() {
    return step;
  }

  /** Says a key; a key is said once. */
  void put(ScalarNode key, SyntaxNode value) {
    for (MappingNode.Entry entry : entries) {
      if (entry.key().text().equals(key.text())) {
        throw Expressions.duplicate(key, entry.key());
      }
    }
    entries.add(new MappingNode.Entry(key, value));
  }

  /** Says an entry of a key that gathers them, such as {@code params}. */
  void gather(ScalarNode group, ScalarNode name, SyntaxNode value) {
    Gathered found = null;
    for (Gathered one : gathered) {
      found = one.key().text().equals(group.text()) ? one : found;
    }
    if (found == null) {
      found = new Gathered(group, new ArrayList<>());
      gathered.add(found);
    }
    for (MappingNode.Entry entry : found.entries()) {
      if (entry.key().text().equals(name.text())) {
        throw Expressions.duplicate(name, entry.key());
      }
    }
    found.entries().add(new MappingNode.Entry(name, value));
  }

  /**
   * Adds a step.
   *
   * @param key what the list of steps is called, at the place of its first step
   */
  void add(ScalarNode key, SyntaxNode added) {
    if (stepsKey == null) {
      stepsKey = key;
    }
    steps.add(added);
  }

  boolean has(String key) {
    return entries.stream().anyMatch(entry -> entry.key().text().equals(key));
  }

  boolean hasSteps() {
    return stepsKey != null;
  }

  SequenceNode steps() {
    return new SequenceNode(span, steps);
  }

  /** Returns everything that was said. */
  MappingNode mapping() {
    for (Gathered one : gathered) {
      put(one.key(), new MappingNode(span, one.entries()));
    }
    if (stepsKey != null) {
      put(stepsKey, steps());
    }
    return new MappingNode(span, entries);
  }
}
