package dev.pgrunbook.render;

import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.sql.Advice;
import dev.pgrunbook.sql.AdviceCode.Level;
import dev.pgrunbook.sql.RelationEffect;
import dev.pgrunbook.sql.RelationLock;
import dev.pgrunbook.sql.RelationSize;
import dev.pgrunbook.sql.Reversal;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.sql.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a statement does, in phrases that fit on a line each and often on one line together. */
public final class EffectText {

  /** What stands between phrases on one line. */
  public static final String BETWEEN = "; ";

  private EffectText() {}

  /**
   * A phrase.
   *
   * @param text the phrase, fit for a line
   * @param role what it is for
   */
  public record Part(String text, Role role) {}

  /** Returns everything but the advice: what it does, locks, rewrites, and how it is undone. */
  public static List<Part> parts(StatementEffects effects) {
    List<Part> parts = new ArrayList<>(deeds(effects));
    Reversal reversal = effects.reversal();
    switch (reversal.kind()) {
      case NOTHING, UNKNOWN -> {}
      case STATEMENT, BY_HAND -> parts.add(part(reversal.words(), Role.DIM));
      case BACKUP, IMPOSSIBLE -> parts.add(part(reversal.words(), Role.BAD));
    }
    return parts;
  }

  /** Returns what it does, locks and rewrites, and whether there is no way back. */
  public static List<Part> gist(StatementEffects effects) {
    List<Part> parts = new ArrayList<>(deeds(effects));
    Reversal reversal = effects.reversal();
    if (reversal.kind() == Reversal.Kind.BACKUP || reversal.kind() == Reversal.Kind.IMPOSSIBLE) {
      parts.add(part(reversal.words(), Role.BAD));
    }
    return parts;
  }

  /** Returns what it does, locks and rewrites. */
  public static List<Part> deeds(StatementEffects effects) {
    List<Part> parts = new ArrayList<>();
    StatementAnalysis analysis = effects.analysis();
    if (analysis.destructive()) {
      // The dangers begin with what the command does.
      parts.add(part(String.join(", ", analysis.dangers()), Role.BAD));
    } else {
      String command = analysis.command().isEmpty() ? "not understood" : analysis.command();
      parts.add(part(analysis.readOnly() ? command + ", only reads" : command, Role.DIM));
    }
    if (effects.touchedRows() != null) {
      parts.add(part("touches about " + Quantities.count(effects.touchedRows(), "row"), Role.DIM));
    }
    locks(effects.relations()).forEach(lock -> parts.add(part(lock, Role.DIM)));
    effects.relations().forEach(relation -> addWork(parts, relation));
    switch (analysis.transactionRule()) {
      case ALLOWED -> {}
      case BARRED -> parts.add(part("cannot run inside a transaction block", Role.WARNING));
      case CONTROL -> parts.add(part("controls transactions", Role.ERROR));
    }
    return parts;
  }

  /** Returns a piece of advice: a phrase, and what to do instead. */
  public static Part advice(Advice advice) {
    return part(advice.line(), advice.code().level() == Level.WARNING ? Role.WARNING : Role.DIM);
  }

  private static Part part(String text, Role role) {
    return new Part(DisplayText.line(text), role);
  }

  /** Returns a phrase for each lock mode; a single relation is the one that the SQL names. */
  private static List<String> locks(List<RelationEffect> relations) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    Map<String, String> blocks = new LinkedHashMap<>();
    boolean single = relations.size() < 2 && relations.stream().allMatch(EffectText::isBare);
    for (RelationEffect relation : relations) {
      RelationLock lock = relation.lock();
      if (lock != null) {
        names.computeIfAbsent(lock.mode(), mode -> new ArrayList<>()).add(described(relation));
        blocks.put(lock.mode(), lock.blocks());
      }
    }
    List<String> phrases = new ArrayList<>();
    names.forEach(
        (mode, all) -> {
          String on = single ? "" : " on " + String.join(", ", all);
          phrases.add(mode + on + ": " + blocks.get(mode));
        });
    return phrases;
  }

  private static boolean isBare(RelationEffect relation) {
    return relation.size() == null && relation.via() == null && relation.facts().isEmpty();
  }

  /** Returns a relation with what is known of it: {@code t (1204 MB, about 3,000 rows)}. */
  public static String described(RelationEffect relation) {
    List<String> known = new ArrayList<>();
    if (relation.via() != null) {
      known.add(relation.via());
    }
    // A view is as large as what is behind it, which is named on its own.
    if (relation.size() != null && !"view".equals(relation.kind())) {
      known.add(size(relation.size()));
    }
    known.addAll(relation.facts());
    return known.isEmpty()
        ? relation.relation()
        : relation.relation() + " (" + String.join(", ", known) + ")";
  }

  /** Returns a size: {@code 1204 MB, about 3,000 rows}. */
  public static String size(RelationSize size) {
    String bytes = Quantities.bytes(size.bytes());
    return size.rows() == null ? bytes : bytes + ", about " + Quantities.count(size.rows(), "row");
  }

  private static void addWork(List<Part> parts, RelationEffect relation) {
    for (Work work : relation.work()) {
      Role role = work.kind() == Work.Kind.REWRITTEN ? Role.WARNING : Role.DIM;
      parts.add(part(relation.relation() + " is " + work.words(), role));
    }
  }
}
