package dev.pgrunbook.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PairOf;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ReplicatedPairTest {

  @Test
  void pglogicalPairsReplicate(
      @PairOf(
              value = ReplicationKind.PGLOGICAL,
              publisher = "pairs/person.publisher.sql",
              subscriber = "pairs/person.subscriber.sql")
          TestPair pair) {
    replicates(pair);
  }

  @Test
  void builtInPairsReplicate(
      @PairOf(
              value = ReplicationKind.BUILT_IN,
              publisher = "pairs/person.publisher.sql",
              subscriber = "pairs/person.subscriber.sql")
          TestPair pair) {
    replicates(pair);
  }

  private static void replicates(TestPair pair) {
    assertThat(pair.subscriber().queryLong("SELECT count(*) FROM \"Person\"")).isEqualTo(1000);

    pair.publisher().execute("UPDATE \"Person\" SET \"fullName\" = 'renamed' WHERE id = 7");
    pair.awaitReplay();

    assertThat(pair.subscriber().queryText("SELECT \"fullName\" FROM \"Person\" WHERE id = 7"))
        .isEqualTo("renamed");
    String identifier = "SELECT system_identifier FROM pg_control_system()";
    assertThat(pair.publisher().queryText(identifier))
        .isNotEqualTo(pair.subscriber().queryText(identifier));
  }
}
