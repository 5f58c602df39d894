package dev.pgrunbook.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
final class ApplicationNameTest {

  @Test
  void fitsTheServersLimitAndKeepsStepsApart(TestPostgres postgres) {
    String longRun = "resync-tables-".repeat(8);
    String longStep = "drop-the-indexes-of-the-table-".repeat(4);
    List<ApplicationName> names =
        List.of(
            ApplicationName.of("20261123-abc", "drop"),
            ApplicationName.of("20261123-abc", longStep + "1"),
            ApplicationName.of("20261123-abc", longStep + "2"),
            ApplicationName.of(longRun, longStep),
            ApplicationName.of("20261123-abc", "schritt-ä"),
            ApplicationName.of("20261123-abc", "schritt-ö"),
            ApplicationName.of("20261123-abc", "with space"));
    assertThat(names.get(0).text()).isEqualTo("pgrunbook/20261123-abc/drop");
    assertThat(names.get(1).text()).startsWith(ApplicationName.ofRun("20261123-abc"));
    Set<String> distinct = names.stream().map(ApplicationName::text).collect(Collectors.toSet());
    assertThat(distinct).hasSameSizeAs(names);
    try (Database database = Databases.open(postgres)) {
      for (ApplicationName name : names) {
        try (Session session = database.session(SessionSettings.of(name))) {
          assertThat(database.backends(name.text()))
              .singleElement()
              .satisfies(found -> assertThat(found.pid()).isEqualTo(session.backendPid()));
        }
      }
    }
  }
}
