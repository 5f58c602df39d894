package dev.pgrunbook.loader;

import dev.pgrunbook.language.Vocabulary;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds SQL, written in place or in a file beside the runbook. */
final class SqlBinder {

  private final Findings findings;
  private final SourceResolver resolver;
  private final SqlRules rules;
  private final Map<String, Validated<SourceFile>> files = new LinkedHashMap<>();
  private final List<SqlTemplate> templates = new ArrayList<>();

  SqlBinder(Findings findings, SourceResolver resolver) {
    this.findings = findings;
    this.resolver = resolver;
    this.rules = new SqlRules(findings);
  }

  /** Returns the SQL of a key, or null. */
  @Nullable SqlTemplate bind(MappingReader reader, String key, VariableScope scope) {
    SyntaxNode node = reader.take(key);
    return node == null ? null : bind(node, SqlUse.reading(key), scope);
  }

  /** Returns the SQL that a node is, or null. */
  @Nullable SqlTemplate bind(SyntaxNode node, SqlUse use, VariableScope scope) {
    SourceText text = text(node, use);
    if (text == null) {
      return null;
    }
    SqlTemplate template = findings.keep(SqlTemplate.parse(text));
    if (template != null) {
      templates.add(template);
      rules.check(template, text, use, scope);
    }
    return template;
  }

  private @Nullable SourceText text(SyntaxNode node, SqlUse use) {
    if (node instanceof ScalarNode scalar && !scalar.isNull()) {
      return scalar.content();
    }
    if (node instanceof MappingNode mapping) {
      MappingReader reader = new MappingReader(mapping, Vocabulary.SQL_FILE, use.name(), findings);
      ScalarNode name = reader.requiredScalar("file", "{file: name.sql}");
      reader.finish();
      SourceFile file = name == null ? null : read(name);
      return file == null ? null : file.asText();
    }
    String message = use.name() + " must be SQL, not " + node.description();
    findings.add(
        RunbookRule.WRONG_TYPE
            .at(node.span(), message)
            .withHint("write the SQL here, or {file: name.sql}"));
    return null;
  }

  private @Nullable SourceFile read(ScalarNode name) {
    if (SourceResolver.leavesFolder(name.text())) {
      String message = "\"" + name.text() + "\" does not lie beside or below the runbook";
      findings.add(
          RunbookRule.FILE_OUTSIDE
              .at(name.span(), message)
              .withHint("write a relative path with / and without .."));
      return null;
    }
    // One object for one file: spans are compared by their file.
    Validated<SourceFile> file = files.computeIfAbsent(name.text(), resolver::read);
    file.diagnostics()
        .forEach(d -> findings.add(SourceResolver.isEmptyPlace(d) ? named(d, name) : d));
    return file.orNull();
  }

  /** What is wrong with a file as a whole is told where the runbook names it. */
  private static dev.pgrunbook.source.Diagnostic named(
      dev.pgrunbook.source.Diagnostic found, ScalarNode name) {
    return new dev.pgrunbook.source.Diagnostic(
        found.severity(),
        found.code(),
        name.text() + ": " + found.message(),
        name.span(),
        found.hint(),
        found.related());
  }

  /** Returns the files that were read, in the order of their first use. */
  List<SourceFile> files() {
    List<SourceFile> read = new ArrayList<>();
    for (Validated<SourceFile> file : files.values()) {
      SourceFile source = file.orNull();
      if (source != null) {
        read.add(source);
      }
    }
    return read;
  }

  /**
   * Returns whether some SQL reads a variable as the setting {@code pgrunbook.name}, as bodies of
   * functions and {@code DO} do.
   */
  boolean readsSetting(String name) {
    String setting = "pgrunbook." + name;
    return templates.stream().anyMatch(template -> template.text().contains(setting));
  }
}
