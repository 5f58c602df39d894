package dev.pgrunbook.golden;

import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.render.PlanRenderer;
import dev.pgrunbook.testing.TestPostgres;
import java.util.List;

/** A plan as a document, without what differs from server to server. */
final class WrittenPlan {

  /** What a runbook says to people is in its digest, and may be said better. */
  private static final String NO_DIGEST = "0".repeat(64);

  private WrittenPlan() {}

  static String of(Plan plan, PlanRenderer renderer, List<TestPostgres> databases) {
    String text =
        renderer
            .render(List.of(plan))
            .replace(plan.digest(), NO_DIGEST)
            .replace(RunbookDigest.of(plan.runbook()), NO_DIGEST);
    int number = 0;
    for (TestPostgres database : databases) {
      number++;
      String server = database.address().host() + ":" + database.address().port();
      text = text.replace(database.database(), "database" + number).replace(server, "server");
    }
    return text.replaceAll("\"serverVersion\": \"[^\"]*\"", "\"serverVersion\": \"15\"")
        .replaceAll(", PostgreSQL \\d+(\\.\\d+)?", ", PostgreSQL 15")
        .replaceAll("\"bytes\": \\d+", "\"bytes\": 0")
        .replaceAll("\\d[\\d,]* (bytes|kB|MB)\\b", "0 bytes");
  }
}
