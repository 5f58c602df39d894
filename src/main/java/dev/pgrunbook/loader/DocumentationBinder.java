package dev.pgrunbook.loader;

import dev.pgrunbook.language.Vocabulary;
import dev.pgrunbook.model.Documentation;
import dev.pgrunbook.model.Link;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds what files tell people. */
final class DocumentationBinder {

  private DocumentationBinder() {}

  /** Returns what a step tells. */
  static Documentation bind(MappingReader reader) {
    return new Documentation(
        reader.text("title"),
        reader.text("description"),
        reader.text("note"),
        reader.text("tip"),
        reader.text("warning"),
        links(reader));
  }

  /** Returns the links of a runbook or a step. */
  static List<Link> links(MappingReader reader) {
    List<Link> links = new ArrayList<>();
    for (SyntaxNode item : reader.items("links")) {
      MappingReader link = MappingReader.of(item, Vocabulary.LINK, reader.findings());
      Link bound = link == null ? null : link(link);
      if (bound != null) {
        links.add(bound);
      }
    }
    return links;
  }

  private static @Nullable Link link(MappingReader reader) {
    String title = reader.text("title");
    ScalarNode url = reader.requiredScalar("url", "url: \"https://…\"");
    reader.finish();
    if (url == null) {
      return null;
    }
    // Reports make links of them: nothing else may be clicked.
    String address = url.text();
    if (!address.startsWith("https://") && !address.startsWith("http://")) {
      String message = "\"" + address + "\" is not the address of a web page";
      reader
          .findings()
          .add(RunbookRule.LINK.at(url.span(), message).withHint("begin it with https://"));
      return null;
    }
    return new Link(title == null ? address : title, address);
  }
}
