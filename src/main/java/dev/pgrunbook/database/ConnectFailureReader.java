package dev.pgrunbook.database;

import dev.pgrunbook.database.CannotConnect.Reason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/** Says in one sentence why no connection was made, and what to do about it. */
final class ConnectFailureReader {

  private final DatabaseSettings settings;
  private final SecretMask mask;

  ConnectFailureReader(DatabaseSettings settings, SecretMask mask) {
    this.settings = settings;
    this.mask = mask;
  }

  CannotConnect read(SQLException failure) {
    Reason reason = reason(failure);
    String sentence = "cannot connect to " + settings.name() + ": " + sentence(reason, failure);
    return new CannotConnect(reason, mask.apply(sentence), failure.getSQLState(), hint(reason));
  }

  private Reason reason(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    Reason told =
        switch (state) {
          case "28P01" -> settings.password() == null ? Reason.NO_PASSWORD : Reason.AUTHENTICATION;
          case "28000" -> notAdmitted(failure);
          case "3D000" -> Reason.DATABASE_MISSING;
          case "53300" -> Reason.TOO_MANY_CONNECTIONS;
          case "57P01", "57P02", "57P03" -> Reason.NOT_READY;
          case "08004" -> settings.password() == null ? Reason.NO_PASSWORD : Reason.AUTHENTICATION;
          default -> null;
        };
    return told == null ? networkReason(failure) : told;
  }

  /** The same code stands for a missing role and for a missing entry of {@code pg_hba.conf}. */
  private static Reason notAdmitted(SQLException failure) {
    ServerErrorMessage said = FailureReader.serverMessage(failure);
    String text = said == null ? "" : String.valueOf(said.getMessage());
    return text.contains("pg_hba.conf") ? Reason.NOT_ADMITTED : Reason.AUTHENTICATION;
  }

  private static Reason networkReason(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return Reason.UNKNOWN_HOST;
      } else if (cause instanceof SocketTimeoutException) {
        return Reason.TIMEOUT;
      } else if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
        return Reason.REFUSED;
      } else if (cause instanceof SSLException) {
        return Reason.TLS;
      }
    }
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("ssl")) {
      return Reason.TLS;
    }
    return text.contains("timed out") || text.contains("timeout") ? Reason.TIMEOUT : Reason.OTHER;
  }

  private String sentence(Reason reason, SQLException failure) {
    ServerErrorMessage said = FailureReader.serverMessage(failure);
    String words = said == null ? detail(failure) : String.valueOf(said.getMessage());
    return switch (reason) {
      case REFUSED -> "nothing accepts connections at " + settings.hosts();
      case UNKNOWN_HOST -> "there is no host of the name in " + settings.hosts();
      case TIMEOUT -> settings.hosts() + " did not answer in time";
      case NO_PASSWORD ->
          "the server asks for a password for " + settings.user() + ", and none was found";
      case TLS -> "no TLS connection to " + settings.hosts() + " could be made: " + words;
      case NOT_READY,
          TOO_MANY_CONNECTIONS,
          AUTHENTICATION,
          NOT_ADMITTED,
          DATABASE_MISSING,
          UNEXPECTED_SERVER,
          OTHER ->
          words;
    };
  }

  private static String detail(SQLException failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String inner = deepest.getMessage();
    String outer = String.valueOf(failure.getMessage());
    return inner == null || outer.contains(inner) ? outer : outer + " " + inner;
  }

  private @Nullable String hint(Reason reason) {
    return switch (reason) {
      case REFUSED -> "is the server running there, and does it listen on TCP (listen_addresses)?";
      case UNKNOWN_HOST -> "check the host's spelling, and the network or VPN";
      case TIMEOUT -> "check the network, the VPN and the firewall";
      case NOT_READY -> "wait until the server is up, and try again";
      case TOO_MANY_CONNECTIONS -> "wait, or end sessions that are not needed";
      case AUTHENTICATION -> "check user and password of " + settings.name();
      case NO_PASSWORD ->
          "give one in ~/.pgpass, in PGPASSWORD, or as password: of the connection in"
              + " pgrunbook.yaml";
      case NOT_ADMITTED -> "the server's pg_hba.conf must let this user in from this machine";
      case DATABASE_MISSING -> "check the database's name; psql -l lists them";
      case TLS -> "check sslmode and the certificates";
      case UNEXPECTED_SERVER, OTHER -> null;
    };
  }
}
