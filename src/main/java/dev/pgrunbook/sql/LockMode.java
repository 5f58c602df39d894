package dev.pgrunbook.sql;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** PostgreSQL's lock modes for relations, weakest first, and what each keeps others from. */
public enum LockMode {
  ACCESS_SHARE("ACCESS SHARE", "blocks only DROP, TRUNCATE and the like"),
  ROW_SHARE("ROW SHARE", "blocks only schema changes"),
  ROW_EXCLUSIVE("ROW EXCLUSIVE", "blocks CREATE INDEX and schema changes"),
  SHARE_UPDATE_EXCLUSIVE(
      "SHARE UPDATE EXCLUSIVE", "blocks VACUUM and schema changes; reads and writes go on"),
  SHARE("SHARE", "blocks writes; reads go on"),
  SHARE_ROW_EXCLUSIVE("SHARE ROW EXCLUSIVE", "blocks writes; reads go on"),
  EXCLUSIVE("EXCLUSIVE", "blocks writes and SELECT … FOR UPDATE; plain reads go on"),
  ACCESS_EXCLUSIVE("ACCESS EXCLUSIVE", "blocks reads and writes");

  private final String spelling;
  private final String blocks;

  LockMode(String spelling, String blocks) {
    this.spelling = spelling;
    this.blocks = blocks;
  }

  /** Returns the mode's name with spaces. */
  public String spelling() {
    return spelling;
  }

  /** Returns the mode of a lock. */
  public static LockMode of(RelationLock lock) {
    return valueOf(lock.mode().replace(' ', '_'));
  }

  /** Returns the name that {@code pg_locks} has for it. */
  public String catalogName() {
    StringBuilder words = new StringBuilder();
    for (String word : spelling.split(" ")) {
      words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return words.append("Lock").toString();
  }

  /** Returns the modes that nobody else can hold on the same relation; PostgreSQL 13.3.1. */
  public Set<LockMode> conflicts() {
    return switch (this) {
      case ACCESS_SHARE -> EnumSet.of(ACCESS_EXCLUSIVE);
      case ROW_SHARE -> EnumSet.range(EXCLUSIVE, ACCESS_EXCLUSIVE);
      case ROW_EXCLUSIVE -> EnumSet.range(SHARE, ACCESS_EXCLUSIVE);
      case SHARE_UPDATE_EXCLUSIVE -> EnumSet.range(SHARE_UPDATE_EXCLUSIVE, ACCESS_EXCLUSIVE);
      case SHARE -> {
        Set<LockMode> modes = EnumSet.range(ROW_EXCLUSIVE, ACCESS_EXCLUSIVE);
        modes.remove(SHARE);
        yield modes;
      }
      case SHARE_ROW_EXCLUSIVE -> EnumSet.range(ROW_EXCLUSIVE, ACCESS_EXCLUSIVE);
      case EXCLUSIVE -> EnumSet.range(ROW_SHARE, ACCESS_EXCLUSIVE);
      case ACCESS_EXCLUSIVE -> EnumSet.allOf(LockMode.class);
    };
  }

  /** Returns whether others cannot write, or not even read, while it is held. */
  public boolean keepsWritersOut() {
    return compareTo(SHARE) >= 0;
  }

  /** Returns a lock of this mode. */
  public RelationLock on(String relation) {
    return new RelationLock(relation, spelling, blocks);
  }
}
