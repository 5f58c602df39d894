package dev.pgrunbook.inspect;

import dev.pgrunbook.demo.ServerAddress;
import dev.pgrunbook.testing.Resources;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of {@code hostile/plan}, made out for one server. */
final class HostileCases {

  private static final String CASE = "-- case: ";

  private final TestPostgres postgres;
  private final Path directory;

  /**
   * Makes the files out.
   *
   * @param directory where hostile statements would leave files
   */
  HostileCases(TestPostgres postgres, Path directory) {
    this.postgres = postgres;
    this.directory = directory;
  }

  String setup(String file) {
    return madeOut(file);
  }

  /** Returns the queries of a file by the names of their cases. */
  Map<String, String> queries(String file) {
    Map<String, String> queries = new LinkedHashMap<>();
    for (String part : madeOut(file).split(CASE, -1)) {
      int line = part.indexOf('\n');
      if (line > 0) {
        queries.put(part.substring(0, line).strip(), part.substring(line).strip());
      }
    }
    return queries;
  }

  private String madeOut(String file) {
    ServerAddress address = postgres.address();
    return Resources.text("hostile/plan/" + file)
        .replace("@DIRECTORY@", directory.toString())
        .replace("@HOST@", address.host())
        .replace("@PORT@", String.valueOf(address.port()))
        .replace("@DATABASE@", postgres.database())
        .replace("@USER@", address.user())
        .replace("@PASSWORD@", address.password());
  }

  /** Returns a runbook that asks a query, straight away. */
  static String asking(String query) {
    return head() + "  - id: ask\n    target: db\n    query: |\n" + indented(query);
  }

  /** Returns a runbook whose generator produces a query, which the next round would ask. */
  static String generating(String query) {
    return head()
        + "  - id: ask\n    target: db\n    stages: 2\n    generate: |\n"
        + indented("SELECT $generated$" + query + "$generated$");
  }

  /** Returns a runbook that executes a statement. */
  static String executing(String statement) {
    String transaction = statement.startsWith("VACUUM") ? "    transaction: none\n" : "";
    return head()
        + "  - id: ask\n    target: db\n"
        + transaction
        + "    sql: |\n"
        + indented(statement);
  }

  private static String head() {
    return """
    runbook: hostile
    version: "1.0.0"
    title: Means ill
    targets: {db: {}}
    steps:
    """;
  }

  private static String indented(String query) {
    return "      " + query.replace("\n", "\n      ") + "\n";
  }
}
