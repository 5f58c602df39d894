package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Function;
import dev.pgrunbook.frontend.groovy.Datum.Mapping;
import dev.pgrunbook.frontend.groovy.Datum.Nothing;
import dev.pgrunbook.frontend.groovy.Datum.Text;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.jspecify.annotations.Nullable;

/**
 * Builds the runbook from what the file says: {@code key value}, and blocks in braces.
 *
 * <p>Which keys there are is the loader's knowledge, not ours: the tree has whatever is said, where
 * YAML would have it.
 */
final class Blocks {

  /** Keys that hold steps beside a runbook's and a step's own. */
  private static final Set<String> STEP_LISTS = Set.of("onFailure", "finally", "onTimeout");

  /** One key of the runbook as it is said: its name, and where the whole stands. */
  private record Said(ScalarNode key, SourceSpan span, Arguments arguments) {

    String name() {
      return key.text();
    }

    /** Returns the closure in the end, if there is one. */
    @Nullable Function braces() {
      List<Datum> all = arguments.positional();
      return !all.isEmpty() && all.get(all.size() - 1) instanceof Function function
          ? function
          : null;
    }

    /** Returns the positional arguments before the closure. */
    List<Datum> values() {
      List<Datum> all = arguments.positional();
      return braces() == null ? all : all.subList(0, all.size() - 1);
    }
  }

  private final Evaluation evaluation;
  private final Nodes nodes;
  private final Deque<Block> open = new ArrayDeque<>();

  /** The maps that the values of the open steps' kinds are. */
  private final Deque<Block> innermost = new ArrayDeque<>();

  private @Nullable MappingNode runbook;
  private @Nullable ScalarNode runbookKey;
  private int steps;

  Blocks(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.nodes = new Nodes(evaluation);
  }

  /** Returns the runbook, or null when none was said, or it could not be. */
  @Nullable SyntaxNode runbook() {
    return runbook;
  }

  /** Carries out a call that is no method's: it says a key where it stands. */
  Datum say(MethodCallExpression call, Arguments arguments) {
    SourceSpan span = evaluation.places().span(call);
    SourceSpan place = evaluation.places().span(call.getMethod());
    String name = call.getMethodAsString();
    Said said = new Said(key(place, name), span, arguments);
    Block block = open.peek();
    if (block == null) {
      outermost(said);
    } else {
      say(said, block);
    }
    return new Nothing(span);
  }

  private static ScalarNode key(SourceSpan place, String name) {
    return new ScalarNode(place, instead(name, place), ScalarNode.Style.PLAIN);
  }

  private static SourceText instead(String name, SourceSpan place) {
    return SourceText.builder(place.file())
        .appendInstead(name, place.start(), place.end())
        .build(place.start());
  }

  private void outermost(Said said) {
    if (!said.name().equals("runbook")) {
      boolean close = Spelling.closest(said.name(), List.of("runbook")) != null;
      throw Refusal.of(
          "groovy-unknown-method",
          said.key().span(),
          "\"" + said.name() + "\" is said outside of a runbook",
          close ? "did you mean \"runbook\"?" : "keys stand inside runbook('folder/name') { … }");
    }
    if (runbookKey != null) {
      throw Refusal.of(
          dev.pgrunbook.source.Diagnostic.error(
                  "groovy-duplicate", said.key().span(), "a second runbook begins here")
              .withHint("a file holds one; write the other one to a file of its own")
              .withRelated("the first", runbookKey.span()));
    }
    runbookKey = said.key();
    Block block = Block.of(Block.Kind.RUNBOOK, said.span());
    block.put(said.key(), nodes.of(name(said, "runbook('folder/name') { … }"), "runbook"));
    putNamed(block, said);
    runbook = fill(block, said.braces());
  }

  /** Returns the only value before the braces. */
  private static Datum name(Said said, String example) {
    if (said.values().size() != 1) {
      throw Refusal.of(
          said.key().span(),
          "\"" + said.name() + "\" takes one name before its braces",
          "write " + example);
    }
    return said.values().get(0);
  }

  private MappingNode fill(Block block, @Nullable Function braces) {
    run(block, braces);
    return block.mapping();
  }

  private void run(Block block, @Nullable Function braces) {
    if (braces == null) {
      return;
    }
    if (!braces.parameters().isEmpty()) {
      throw Refusal.of(braces.span(), "a block of the runbook takes no parameters", "leave -> out");
    }
    evaluation.budget().enter(braces.span());
    open.push(block);
    try {
      evaluation.statements().block(braces.body(), braces.scope().inner());
    } finally {
      open.pop();
      evaluation.budget().leave();
    }
  }

  private void putNamed(Block block, Said said) {
    Mapping named = said.arguments().named();
    if (named == null) {
      return;
    }
    for (Mapping.Field field : named.fields().values()) {
      List<Datum> value = List.of(field.value());
      say(new Said(field.key(), field.key().span(), new Arguments(null, value)), block);
    }
  }

  private void say(Said said, Block block) {
    StepWord word = StepWord.of(said.name());
    if (word != null && isStep(said, block, word)) {
      block.add(key(said.key().span(), listName(block)), step(said, word));
      return;
    }
    switch (block.kind()) {
      case RUNBOOK -> inRunbook(said, block);
      case STEP -> inStep(said, block);
      case STEPS -> throw notAStep(said);
      case STALL -> inStall(said, block);
      case DECLARATION, MAP -> block.put(alias(said, "defaultValue", "default"), value(said));
    }
  }

  /** A kind's word makes a step where steps are: it has an id, or at least braces. */
  private static boolean isStep(Said said, Block block, StepWord word) {
    boolean value = said.braces() == null && said.arguments().named() == null;
    return switch (block.kind()) {
      case RUNBOOK -> word != StepWord.STEPS || !said.values().isEmpty();
      case STEPS -> true;
      case STALL -> !value && (word != StepWord.STEPS || !said.values().isEmpty());
      case STEP -> block.step() == StepWord.STEPS && !value && !said.values().isEmpty();
      case DECLARATION, MAP -> false;
    };
  }

  private static String listName(Block block) {
    return block.kind() == Block.Kind.STEP ? StepWord.STEPS.word() : "steps";
  }

  private static Refusal notAStep(Said said) {
    String meant = Spelling.didYouMean(said.name(), StepWord.words());
    String kinds = "steps are " + String.join(", ", StepWord.words());
    return Refusal.of(
        "groovy-unknown-method",
        said.key().span(),
        "\"" + said.name() + "\" is no kind of step",
        meant == null ? kinds : meant);
  }

  private SyntaxNode step(Said said, StepWord word) {
    if (++steps > GroovyLimits.RUNBOOK_STEPS) {
      throw Refusal.limit(
          said.key().span(),
          "the runbook has more than " + GroovyLimits.RUNBOOK_STEPS + " steps",
          "let a step loop with forEach instead of writing it many times");
    }
    Block block = Block.step(word, said.span());
    if (said.values().size() > 1) {
      throw Refusal.of(
          said.key().span(),
          "a step takes one id before its braces",
          "write " + word.word() + "('id') { … }");
    }
    if (!said.values().isEmpty()) {
      Datum id = said.values().get(0);
      block.put(key(id.span(), "id"), nodes.of(id, "id"));
    }
    Block inside = Block.of(Block.Kind.MAP, said.span());
    innermost.push(inside);
    try {
      putNamed(block, said);
      run(block, said.braces());
    } finally {
      innermost.pop();
    }
    putKind(block, inside, said.key(), word);
    return block.mapping();
  }

  private static void putKind(Block block, Block inside, ScalarNode key, StepWord word) {
    MappingNode map = inside.mapping();
    if (!map.entries().isEmpty()) {
      block.put(key, map);
    } else if (word == StepWord.STEPS && !block.hasSteps()) {
      block.put(key, block.steps());
    } else if (word != StepWord.STEPS && !block.has(word.word())) {
      throw Refusal.of(
          "groovy-missing",
          key.span(),
          "this " + word.word() + " does not say its " + word.valueWord(),
          "write " + word.word() + "('id') { " + word.valueWord() + " … }");
    }
  }

  private void inRunbook(Said said, Block block) {
    String name = said.name();
    boolean list = said.values().isEmpty() && said.braces() != null;
    if (name.equals("param") || name.equals("target")) {
      declare(said, block, name + "s");
    } else if (name.equals("steps") && list) {
      Block inner = Block.of(Block.Kind.STEPS, said.span());
      run(inner, said.braces());
      inner.steps().items().forEach(step -> block.add(said.key(), step));
    } else {
      other(alias(said, "always", "finally"), said, block);
    }
  }

  private void declare(Said said, Block block, String group) {
    Datum name = name(said, said.name() + "('name') { … }");
    if (!(name instanceof Text)) {
      throw Refusal.of(name.span(), "a name is a text, not " + name.kind(), "write it in quotes");
    }
    Block inner = Block.of(Block.Kind.DECLARATION, said.span());
    putNamed(inner, said);
    MappingNode value = fill(inner, said.braces());
    block.gather(key(said.key().span(), group), (ScalarNode) nodes.of(name, group), value);
  }

  private void inStep(Said said, Block block) {
    StepWord word = block.step();
    if (word != null && word.isInside(said.name())) {
      Block inside = innermost.element();
      if (said.name().equals("stall")) {
        inside.put(said.key(), stall(said));
      } else {
        inside.put(said.key(), value(said));
      }
    } else if (word != null && word.isValue(said.name())) {
      block.put(key(said.key().span(), word.word()), valueOf(said, word.word()));
    } else {
      other(said.key(), said, block);
    }
  }

  private void other(ScalarNode key, Said said, Block block) {
    boolean list = said.values().isEmpty() && said.braces() != null;
    if (list && STEP_LISTS.contains(key.text())) {
      Block inner = Block.of(Block.Kind.STEPS, said.span());
      run(inner, said.braces());
      block.put(key, inner.steps());
    } else {
      block.put(key, value(said));
    }
  }

  private SyntaxNode stall(Said said) {
    Block inner = Block.of(Block.Kind.STALL, said.span());
    putNamed(inner, said);
    return fill(inner, said.braces());
  }

  private void inStall(Said said, Block block) {
    if (said.name().equals("steps") && said.braces() != null) {
      Block inner = Block.of(Block.Kind.STEPS, said.span());
      run(inner, said.braces());
      inner.steps().items().forEach(step -> block.add(said.key(), step));
    } else {
      block.put(said.key(), value(said));
    }
  }

  private static ScalarNode alias(Said said, String alias, String meant) {
    return said.name().equals(alias) ? key(said.key().span(), meant) : said.key();
  }

  private SyntaxNode value(Said said) {
    return valueOf(said, said.name());
  }

  /** Returns a key's value: one argument, named arguments, or a block. */
  private SyntaxNode valueOf(Said said, String key) {
    Mapping named = said.arguments().named();
    Function braces = said.braces();
    if (named == null && braces == null) {
      if (said.values().size() != 1) {
        throw Refusal.of(
            said.key().span(),
            "\"" + said.name() + "\" takes one value, and is given " + said.values().size(),
            said.values().isEmpty()
                ? "write " + said.name() + " 'value', or true for a switch"
                : "several values are a list: [a, b]");
      }
      return nodes.of(said.values().get(0), key);
    }
    if (!said.values().isEmpty()) {
      throw Refusal.of(
          said.key().span(),
          "\"" + said.name() + "\" takes one value, or a map, not both",
          "write " + said.name() + " 'value', or " + said.name() + " key: 'value'");
    }
    if (braces == null && named != null) {
      return nodes.of(named, key);
    }
    Block inner = Block.of(Block.Kind.MAP, said.span());
    putNamed(inner, said);
    return fill(inner, braces);
  }
}
