package dev.pgrunbook.cli;

import dev.pgrunbook.frontend.FrontEnd;
import dev.pgrunbook.frontend.GroovyFrontEnd;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.render.GroovyWriter;
import dev.pgrunbook.render.YamlWriter;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.syntax.MappingNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a runbook is written. */
enum Notation {
  YAML,
  GROOVY;

  /** Returns the spelling of an option's word, or null. */
  static @Nullable Notation of(String word) {
    for (Notation notation : values()) {
      if (notation.word().equals(word)) {
        return notation;
      }
    }
    return null;
  }

  /** Returns the spelling of a file by its name's ending, or null for one that is no runbook's. */
  static @Nullable Notation ofFile(String name) {
    if (name.endsWith(RunbookFiles.GROOVY)) {
      return GROOVY;
    }
    return RunbookFiles.endsLikeOne(name) ? YAML : null;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The front end of a spelling that nobody uses is never loaded. */
  FrontEnd frontEnd() {
    return this == YAML ? new YamlFrontEnd() : new GroovyFrontEnd();
  }

  /** Returns the name of a runbook's file in this spelling. */
  String rename(String name) {
    String ending = this == YAML ? ".yaml" : RunbookFiles.GROOVY;
    return name.substring(0, name.lastIndexOf('.')) + ending;
  }

  /** Returns a runbook that loads, read from the other spelling, in this one. */
  String write(SourceFile source) {
    FrontEnd other = this == YAML ? GROOVY.frontEnd() : YAML.frontEnd();
    if (!(other.parse(source).orNull() instanceof MappingNode tree)) {
      throw new IllegalArgumentException(source.name() + " does not load");
    }
    return this == YAML
        ? YamlWriter.write(tree, other.comments(source))
        : GroovyWriter.write(tree, other.comments(source));
  }
}
