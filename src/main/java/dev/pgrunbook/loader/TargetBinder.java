package dev.pgrunbook.loader;

import dev.pgrunbook.language.Vocabulary;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds {@code targets}, and every use of one. */
final class TargetBinder {

  private final Findings findings;
  private final Map<String, TargetRole> declared = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();

  TargetBinder(Findings findings) {
    this.findings = findings;
  }

  /** Binds every declared target. */
  List<TargetRole> bind(List<MappingNode.Entry> entries) {
    for (MappingNode.Entry entry : entries) {
      TargetRole role = role(entry);
      declared.put(role.role(), role);
    }
    return List.copyOf(declared.values());
  }

  private TargetRole role(MappingNode.Entry entry) {
    String name = entry.key().text();
    boolean nothing = MappingReader.isNothing(entry.value());
    NameForm.TARGET.refuses(entry.key(), "a target", findings);
    MappingReader reader =
        nothing
            ? null
            : MappingReader.of(
                entry.value(), Vocabulary.TARGET, "target \"" + name + "\"", findings);
    if (reader == null) {
      return new TargetRole(name, null, null, false);
    }
    TargetRole role =
        new TargetRole(
            name, reader.text("description"), reader.text("default"), reader.flag("readOnly"));
    reader.finish();
    return role;
  }

  /** Returns the role that a key names, or null. */
  @Nullable String use(MappingReader reader, String key) {
    ScalarNode scalar = reader.scalar(key);
    return scalar != null && use(scalar) ? scalar.text() : null;
  }

  /** Returns whether a role is declared; reports it when it is not. */
  boolean use(ScalarNode scalar) {
    String name = scalar.text();
    used.add(name);
    if (declared.containsKey(name)) {
      return true;
    }
    String meant = Spelling.didYouMean(name, declared.keySet());
    String declare = "declare it: targets: {" + name + ": {description: …}}";
    findings.add(
        RunbookRule.UNKNOWN_TARGET
            .at(scalar.span(), "unknown target \"" + name + "\"")
            .withHint(meant == null ? declare : meant));
    return false;
  }

  boolean isReadOnly(@Nullable String role) {
    TargetRole target = role == null ? null : declared.get(role);
    return target != null && target.readOnly();
  }

  boolean isUsed(String role) {
    return used.contains(role);
  }
}
