package dev.pgrunbook.sql;

import dev.pgrunbook.sql.FunctionCalls.Call;
import dev.pgrunbook.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a statement destroys: rows, objects, or what depends on them. */
final class Dangers {

  /** Functions that destroy, and what. */
  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry(
              "pglogical.alter_subscription_resynchronize_table",
              "truncates the table on the subscriber and copies it afresh"),
          Map.entry("pglogical.drop_node", "drops the pglogical node"),
          Map.entry("pglogical.drop_replication_set", "drops the replication set"),
          Map.entry("pglogical.drop_subscription", "drops the subscription"),
          Map.entry("pglogical.replication_set_remove_table", "ends replication of the table"),
          Map.entry("pglogical.replicate_ddl_command", "runs its argument here and on subscribers"),
          Map.entry("pg_drop_replication_slot", "drops the replication slot"),
          Map.entry("pg_replication_origin_drop", "drops the replication origin"),
          Map.entry("pg_replication_slot_advance", "skips changes that the slot still holds"),
          Map.entry("pg_logical_slot_get_changes", "consumes the slot's changes"),
          Map.entry("pg_logical_slot_get_binary_changes", "consumes the slot's changes"),
          Map.entry("lo_unlink", "deletes the large object"));

  private static final List<String> BODY_WORDS = List.of("DROP", "TRUNCATE", "DELETE");

  private Dangers() {}

  /** Returns a sentence for each danger, none when the text shows none. */
  static List<String> of(Command command, StatementTokens tokens, List<Call> calls) {
    List<String> dangers = new ArrayList<>();
    String tag = command.tag();
    if (tag.startsWith("DROP ")) {
      int names = command.next();
      if (tokens.isWord(names, "if") && tokens.isWord(names + 1, "exists")) {
        names += 2;
      }
      String objects = tokens.written(names, tokens.size());
      dangers.add("drops " + tag.substring(5).toLowerCase(Locale.ROOT) + " " + objects);
    } else if (tag.equals("TRUNCATE TABLE")) {
      int table = tokens.isWord(command.next(), "table") ? command.next() + 1 : command.next();
      dangers.add("removes every row of " + tokens.written(table, tokens.size()));
    } else if (tag.startsWith("ALTER ")) {
      addDroppedParts(dangers, command, tokens);
    } else if (tag.equals("DO")) {
      addBody(dangers, tokens);
    } else if (changesData(tag)) {
      addChanges(dangers, tokens);
    }
    addCalls(dangers, tokens, calls);
    return dangers;
  }

  private static boolean changesData(String tag) {
    return switch (tag) {
      case "SELECT", "SELECT INTO", "INSERT", "UPDATE", "DELETE", "MERGE", "COPY" -> true;
      default -> false;
    };
  }

  private static void addChanges(List<String> dangers, StatementTokens tokens) {
    for (DataChange change : DataChange.in(tokens)) {
      if (!change.filtered() && change.verb().equals("delete")) {
        dangers.add("deletes every row of " + change.relation() + ": there is no WHERE");
      } else if (!change.filtered() && change.verb().equals("update")) {
        dangers.add("changes every row of " + change.relation() + ": there is no WHERE");
      }
    }
  }

  /** Dropping a column's default, NOT NULL, expression or identity destroys no data. */
  private static void addDroppedParts(
      List<String> dangers, Command command, StatementTokens tokens) {
    String kind = command.tag().substring(6).toLowerCase(Locale.ROOT);
    for (int drop = tokens.find(command.next(), "drop");
        drop >= 0;
        drop = tokens.find(drop + 1, "drop")) {
      switch (tokens.word(drop + 1)) {
        case "default", "not", "expression", "identity" -> {}
        default -> {
          int end = drop + 1;
          while (end < tokens.size() && !(tokens.is(end, ',') && tokens.depth(end) == 0)) {
            end++;
          }
          int name = command.next();
          while (tokens.isWord(name, "if")
              || tokens.isWord(name, "exists")
              || tokens.isWord(name, "only")) {
            name++;
          }
          String owner = tokens.written(name, tokens.nameEnd(name));
          dangers.add("drops " + tokens.written(drop + 1, end) + " of " + kind + " " + owner);
        }
      }
    }
  }

  /** The body is a string to us: words in it tell what it may do, not what it does. */
  private static void addBody(List<String> dangers, StatementTokens tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.isKind(i, Kind.STRING)) {
        String body = tokens.written(i, i + 1).toUpperCase(Locale.ROOT);
        for (String word : BODY_WORDS) {
          if (containsWord(body, word)) {
            dangers.add("its body says " + word);
          }
        }
      }
    }
  }

  private static boolean containsWord(String body, String word) {
    for (int i = body.indexOf(word); i >= 0; i = body.indexOf(word, i + 1)) {
      int end = i + word.length();
      boolean begins = i == 0 || !SqlCharacters.continuesName(body.charAt(i - 1));
      if (begins && (end == body.length() || !SqlCharacters.continuesName(body.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static void addCalls(List<String> dangers, StatementTokens tokens, List<Call> calls) {
    for (Call call : calls) {
      String name = call.name().startsWith("pg_catalog.") ? call.name().substring(11) : call.name();
      String danger = FUNCTIONS.get(name);
      if (danger != null) {
        dangers.add(call.written() + " " + danger);
      } else if (name.equals("pglogical.alter_subscription_synchronize")) {
        addIfTruncating(dangers, tokens, call);
      }
    }
  }

  private static void addIfTruncating(List<String> dangers, StatementTokens tokens, Call call) {
    @Nullable String truncate = FunctionArguments.of(tokens, call.open(), 1, "truncate");
    if (truncate != null && !truncate.equalsIgnoreCase("false")) {
      dangers.add(call.written() + " truncates the tables it copies");
    }
  }
}
