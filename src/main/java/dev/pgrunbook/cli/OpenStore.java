package dev.pgrunbook.cli;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.journal.FileRunStore;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.journal.postgres.Patience;
import dev.pgrunbook.journal.postgres.PostgresRunStore;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.workspace.StoreAddress;
import dev.pgrunbook.workspace.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store that a command works with, and what people are told of it. */
final class OpenStore implements AutoCloseable {

  /** Long enough for a server to restart or a fail-over to end. */
  private static final Duration AWAY_FOR = Duration.ofSeconds(60);

  private final RunStore runs;
  private final String name;
  private final String option;
  private final boolean shared;
  private final Supplier<Operator> operator;
  private final StoreNews news;

  private OpenStore(
      RunStore runs,
      String name,
      String option,
      boolean shared,
      Supplier<Operator> operator,
      StoreNews news) {
    this.runs = runs;
    this.name = name;
    this.option = option;
    this.shared = shared;
    this.operator = operator;
    this.news = news;
  }

  /**
   * Returns a store; nothing of it is read yet. Null when there can be none, which has been told.
   *
   * @param given what {@code --store} says, or null
   */
  static @Nullable OpenStore of(
      @Nullable String given, Workspace workspace, Surroundings surroundings, Messages messages) {
    Path own = surroundings.stateDirectory();
    Validated<StoreAddress> address = workspace.store(given, own);
    messages.print(address.diagnostics());
    if (address.orNull() instanceof StoreAddress.Server server) {
      return ofServer(server.settings(), given != null, messages);
    } else if (address.orNull() instanceof StoreAddress.Directory directory) {
      Operator user = Operator.current();
      RunStore runs = new FileRunStore(directory.path(), Clock.systemUTC(), user.holder());
      String option = given == null ? "" : option(given);
      String name = directory.path().toString();
      return new OpenStore(runs, name, option, false, () -> user, new StoreNews(messages));
    }
    return null;
  }

  /** The driver is loaded for nobody else. */
  private static OpenStore ofServer(DatabaseSettings settings, boolean given, Messages messages) {
    Operator user = Operator.current();
    StoreNews news = new StoreNews(messages);
    PostgresRunStore runs =
        new PostgresRunStore(
            settings,
            Clock.systemUTC(),
            user.holder(),
            new Patience(AWAY_FOR, news::tell, news::isStopped));
    return new OpenStore(
        runs,
        settings.display(),
        given ? option(settings.name()) : "",
        true,
        () -> new Operator(runs.role(), user.host()),
        news);
  }

  private static String option(String store) {
    return "--store " + ShellText.quoted(store);
  }

  RunStore runs() {
    return runs;
  }

  /** Returns what people are told of where it is. */
  String name() {
    return name;
  }

  /**
   * Returns what commands about its runs need besides their id; empty where they find it anyway. No
   * password is in it.
   */
  String option() {
    return option;
  }

  /** Returns whether people answer in it without owning a run. */
  boolean isShared() {
    return shared;
  }

  /** Returns who acts: the user of this machine, or the role on the store's server. */
  Operator operator() {
    return operator.get();
  }

  /** Returns where it says that it is away. */
  StoreNews news() {
    return news;
  }

  @Override
  public void close() {
    runs.close();
  }
}
