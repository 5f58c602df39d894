package dev.pgrunbook.render.guide;

import dev.pgrunbook.model.Link;
import java.util.List;

/** A part of a guide, whatever it is written as. */
sealed interface GuideBlock {

  /** A title; level 1 is the guide's own. */
  record Heading(int level, String text) implements GuideBlock {}

  /** Prose; blank lines in it part paragraphs. */
  record Prose(String text) implements GuideBlock {}

  /**
   * Prose to heed.
   *
   * @param kind {@code Warning}, {@code Note} or {@code Tip}
   */
  record Callout(String kind, String text) implements GuideBlock {}

  /** Facts, a line each. */
  record Facts(List<Fact> facts) implements GuideBlock {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  /**
   * A fact.
   *
   * @param code whether its text is code
   */
  record Fact(String label, String text, boolean code) {}

  /** A table; the first column names things. */
  record Table(List<String> headers, List<List<String>> rows) implements GuideBlock {
    public Table {
      headers = List.copyOf(headers);
      rows = List.copyOf(rows);
    }
  }

  /** Code of a language, such as {@code sql}. */
  record Code(String language, String text) implements GuideBlock {}

  /** Further reading. */
  record Links(List<Link> links) implements GuideBlock {
    public Links {
      links = List.copyOf(links);
    }
  }

  /** The steps in their order. */
  record Flow(List<Node> nodes) implements GuideBlock {
    public Flow {
      nodes = List.copyOf(nodes);
    }
  }

  /** What a step is in the flow. */
  enum Shape {
    PLAIN,
    CHECK,
    ASKS,
    WAITS
  }

  /**
   * A step of the flow.
   *
   * @param condition when it is left out, or empty
   */
  record Node(String number, String text, Shape shape, String condition) {}
}
