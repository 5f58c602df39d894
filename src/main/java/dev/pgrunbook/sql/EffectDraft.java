package dev.pgrunbook.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the effects of one statement while it is read. */
final class EffectDraft {

  private final Command command;
  private final StatementTokens tokens;
  private final StatementContext context;
  private final StatementAnalysis analysis;
  private final Map<String, List<Work>> work = new LinkedHashMap<>();
  private final List<Advice> advice = new ArrayList<>();
  private final List<Reversal> reversals = new ArrayList<>();
  private final List<SchemaChange> changes = new ArrayList<>();
  private boolean cascades;

  EffectDraft(
      Command command,
      StatementTokens tokens,
      StatementContext context,
      StatementAnalysis analysis) {
    this.command = command;
    this.tokens = tokens;
    this.context = context;
    this.analysis = analysis;
  }

  String tag() {
    return command.tag();
  }

  int next() {
    return command.next();
  }

  StatementTokens tokens() {
    return tokens;
  }

  StatementContext context() {
    return context;
  }

  StatementAnalysis analysis() {
    return analysis;
  }

  /** Returns the name, perhaps with dots, that begins at an index. */
  String name(int start) {
    return tokens.written(start, tokens.nameEnd(start));
  }

  /** Notes work on a relation, named as written. */
  void work(String relation, Work one) {
    List<Work> known = work.computeIfAbsent(QualifiedName.key(relation), key -> new ArrayList<>());
    if (!known.contains(one)) {
      known.add(one);
    }
  }

  void advise(AdviceCode code, String sentence, @Nullable String instead) {
    Advice one = new Advice(code, sentence, instead);
    if (!advice.contains(one)) {
      advice.add(one);
    }
  }

  void change(String relation, SchemaChange.Kind kind, String part) {
    changes.add(new SchemaChange(relation, kind, part));
  }

  void cascade() {
    cascades = true;
  }

  void undo(Reversal reversal) {
    reversals.add(reversal);
  }

  private Reversal reversal() {
    if (reversals.isEmpty()) {
      return analysis.readOnly() ? Reversal.nothing() : Reversal.unknown();
    }
    Reversal worst = Reversal.nothing();
    List<String> statements = new ArrayList<>();
    for (Reversal one : reversals) {
      worst = one.kind().compareTo(worst.kind()) > 0 ? one : worst;
      if (one.kind() == Reversal.Kind.STATEMENT) {
        statements.add(0, one.how());
      }
    }
    return worst.kind() == Reversal.Kind.STATEMENT
        ? Reversal.by(String.join("; ", statements))
        : worst;
  }

  /** Returns the effects; a relation that is locked more than once has its strongest lock. */
  StatementEffects finish() {
    Map<String, RelationLock> strongest = new LinkedHashMap<>();
    for (RelationLock lock : analysis.locks()) {
      strongest.merge(
          QualifiedName.key(lock.relation()),
          lock,
          (one, other) -> LockMode.of(other).compareTo(LockMode.of(one)) > 0 ? other : one);
    }
    List<RelationEffect> relations = new ArrayList<>();
    strongest.forEach(
        (key, lock) ->
            relations.add(
                RelationEffect.named(lock.relation(), lock, work.getOrDefault(key, List.of()))));
    LockAdvice.add(this, relations);
    advice.sort(Comparator.comparing(one -> one.code().level()));
    return new StatementEffects(
        analysis,
        relations,
        changes,
        cascades,
        PartitionReach.of(command, tokens),
        reversal(),
        advice,
        null);
  }
}
