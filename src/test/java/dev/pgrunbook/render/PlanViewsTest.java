package dev.pgrunbook.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlanOutline;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plans as documents: harmless whatever a runbook says, bounded, and read back as they were. */
class PlanViewsTest {

  private static final String HOSTILE =
      """
      runbook: hostile
      version: "1.0.0"
      title: "<script>alert(1)</script> | `x` @everyone [a](javascript:b) -->"
      params:
        evil: {type: text, default: "`|</code><img src=x onerror=alert(2)>"}
        key: {type: secret}
      targets: {db: {description: "<b>bold</b>"}}
      steps:
        - id: casts
          title: "</summary></details> ::set-output name=x::y ##[add-mask]z"
          target: db
          warning: "::error::not a command\\n::warning::nor this"
          sql: |
            SELECT '``` ~~~ </pre><script>'
              ::text
            ::varchar;
            DROP TABLE "```"
        - id: ask
          gate: "Shall \\n::stop-commands::x\\n ```` happen?"
        - id: secret
          target: db
          sql: "INSERT INTO t VALUES (:'key', :'evil')"
      """;

  private static Runbook runbook(String yaml) {
    Validated<LoadedRunbook> loaded =
        new RunbookLoader(new YamlFrontEnd())
            .load(new SourceFile("test.yaml", yaml), SourceResolver.none());
    LoadedRunbook sound = loaded.orNull();
    assertThat(sound).as(loaded.diagnostics().toString()).isNotNull();
    return sound.runbook();
  }

  private static Plan hostile() {
    return Planner.plan(
        runbook(HOSTILE), Map.of("key", new Value.SecretValue("Geheimnis"), "evil", evil()));
  }

  private static Value evil() {
    return Value.text("`|</code><img src=x onerror=alert(2)>\u202e");
  }

  @Test
  void nothingOfARunbookBecomesMarkup() {
    String html = new PlanHtml().render(List.of(hostile()));
    assertThat(html).doesNotContain("<script", "<img", "<b>bold", "\u202e", "Geheimnis");
    assertThat(html).contains("&lt;script&gt;", "default-src &#39;none&#39;");

    String markdown = new PlanMarkdown().render(List.of(hostile()));
    String outsideCode = withoutCode(markdown);
    assertThat(outsideCode)
        .doesNotContain("<script", "<img", "<b>bold", "\u202e", "</summary></details> ::")
        .doesNotContain("@everyone")
        .doesNotContainPattern("[^\\\\]\\]\\(");
    assertThat(markdown).doesNotContain("Geheimnis");
  }

  @Test
  void noLineIsACommandToABuildServer() {
    for (PlanRenderer renderer : List.of(new PlanHtml(), new PlanMarkdown(), new PlanJson())) {
      String text = renderer.render(List.of(hostile()));
      assertThat(text.lines().map(String::stripLeading)).noneMatch(line -> line.startsWith("::"));
      if (!(renderer instanceof PlanJson)) {
        assertThat(text).doesNotContain("##[");
      }
    }
    assertThat(new PlanMarkdown().render(List.of(hostile())))
        .contains("</pre><script>' ::text ::varchar");
  }

  @Test
  void aFenceCannotBeBrokenOutOf() {
    assertThat(MarkdownText.block("sql", "a\n```\nb\n`````\nc"))
        .isEqualTo("``````sql\na\n```\nb\n`````\nc\n``````\n");
    assertThat(MarkdownText.code("a`b``c|d")).isEqualTo("``` a`b``c\\|d ```");
  }

  /** Returns a document without what its fences and code spans hold. */
  private static String withoutCode(String markdown) {
    StringBuilder rest = new StringBuilder();
    String fence = null;
    for (String line : markdown.lines().toList()) {
      if (fence == null && line.startsWith("```")) {
        fence = line.replaceAll("[^`].*", "");
      } else if (fence != null && line.equals(fence)) {
        fence = null;
      } else if (fence == null) {
        rest.append(line.replaceAll("(`+)[^`].*?[^`]?\\1(?!`)", "")).append('\n');
      }
    }
    assertThat(fence).isNull();
    return rest.toString();
  }

  @Test
  void aCommentHasRoomForTheLargestPlans() {
    StringBuilder yaml =
        new StringBuilder(
            "runbook: large\nversion: \"1.0.0\"\ntitle: Large\ntargets: {db: {}}\nsteps:\n");
    for (int i = 0; i < 300; i++) {
      yaml.append("  - {id: s").append(i).append(", target: db, sql: \"SELECT '");
      yaml.append("x".repeat(2000)).append("'\"}\n");
    }
    Plan plan = Planner.plan(runbook(yaml.toString()), Map.of());
    String one = new PlanMarkdown().render(List.of(plan));
    assertThat(one.length()).isBetween(10_000, PlanMarkdown.LONGEST);
    assertThat(one).startsWith(PlanMarkdown.MARKER).contains("| runbook | targets |");

    List<Plan> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(plan);
    }
    String all = new PlanMarkdown().render(many);
    assertThat(all.length()).isLessThanOrEqualTo(PlanMarkdown.LONGEST);
    assertThat(all).contains("see the plan as HTML or JSON");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Plan plan = hostile();
    String json = new PlanJson().render(List.of(plan));
    Validated<PlanFile> read = PlanFile.read(json, "plan.json");
    assertThat(read.diagnostics()).isEmpty();
    PlanFile file = read.orNull();
    assertThat(file).isNotNull();
    assertThat(file.plans()).hasSize(1);
    assertThat(file.plans().get(0).outline()).isEqualTo(PlanOutline.of(plan));
    assertThat(json).doesNotContain("Geheimnis");
  }
}
