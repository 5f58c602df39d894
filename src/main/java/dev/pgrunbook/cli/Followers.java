package dev.pgrunbook.cli;

import dev.pgrunbook.cli.follow.Delivery;
import dev.pgrunbook.cli.follow.MetricsFile;
import dev.pgrunbook.cli.follow.NotifiedRun;
import dev.pgrunbook.cli.follow.Notifier;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.telemetry.Telemetry;
import dev.pgrunbook.workspace.Notification;
import dev.pgrunbook.workspace.Workspace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whoever follows a run besides its display: those who are notified, and monitoring. */
final class Followers implements AutoCloseable {

  private final Messages messages;
  private final List<RunListener> listeners = new ArrayList<>();
  private final List<Runnable> endings = new ArrayList<>();

  private Followers(Messages messages) {
    this.messages = messages;
  }

  /** Returns those that a run has; nothing is loaded for what nobody asked for. */
  static Followers of(RunSetup setup, RunFlags flags, Runbook runbook, String run) {
    Followers followers = new Followers(setup.messages());
    Workspace workspace = setup.workspace();
    List<Notification> notifications = workspace.notifications();
    if (!notifications.isEmpty()) {
      followers.notify(notifications, setup, runbook, run);
    }
    if (flags.metrics() != null) {
      followers.measure(flags.metrics(), setup, run);
    }
    Map<String, String> environment = setup.surroundings().environment();
    if (environment.keySet().stream().anyMatch(name -> name.startsWith("OTEL_"))) {
      followers.trace(environment);
    }
    return followers;
  }

  private void notify(
      List<Notification> notifications, RunSetup setup, Runbook runbook, String run) {
    Operator operator = setup.operator();
    NotifiedRun about =
        new NotifiedRun(run, runbook.name(), runbook.version(), operator.user(), operator.host());
    Delivery delivery =
        new Delivery(setup.workspace().directory(), setup.surroundings().environment());
    Notifier notifier =
        new Notifier(
            notifications,
            runbook,
            about,
            setup::command,
            delivery,
            messages::complain,
            Clock.systemUTC());
    listeners.add(notifier);
    endings.add(notifier::close);
  }

  private void measure(String file, RunSetup setup, String run) {
    MetricsFile metrics =
        new MetricsFile(setup.surroundings().directory().resolve(file), run, messages::complain);
    listeners.add(metrics);
    endings.add(metrics::close);
  }

  private void trace(Map<String, String> environment) {
    Telemetry telemetry =
        Telemetry.isWanted(environment) ? Telemetry.start(environment, messages::complain) : null;
    if (telemetry != null) {
      listeners.add(telemetry);
      endings.add(telemetry::close);
    }
  }

  List<RunListener> listeners() {
    return listeners;
  }

  @Override
  public void close() {
    endings.forEach(Runnable::run);
  }
}
