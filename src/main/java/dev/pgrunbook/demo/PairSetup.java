package dev.pgrunbook.demo;

/**
 * What a pair is made of.
 *
 * @param publisherSql the publisher's schema and rows; empty for a pair without tables
 * @param subscriberSql the subscriber's schema; the rows are copied by the subscription
 * @param subscription the name of the subscription, and of the publication where there is one
 */
public record PairSetup(
    ReplicationKind kind, String publisherSql, String subscriberSql, String subscription) {

  public PairSetup(ReplicationKind kind, String publisherSql, String subscriberSql) {
    this(kind, publisherSql, subscriberSql, "cred_tables");
  }
}
