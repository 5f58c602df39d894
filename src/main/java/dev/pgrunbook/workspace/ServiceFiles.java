package dev.pgrunbook.workspace;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks services up in the user's {@code pg_service.conf} and then in the system's. */
final class ServiceFiles {

  /** Where the packages of Debian, Red Hat and PostgreSQL's own builds look. */
  private static final List<String> SYSTEM_FOLDERS =
      List.of("/etc/postgresql-common", "/etc/sysconfig/pgsql", "/etc", "/usr/local/pgsql/etc");

  private final Machine machine;
  private final List<String> seen = new ArrayList<>();

  ServiceFiles(Machine machine) {
    this.machine = machine;
  }

  /** Returns the parameters of a service. */
  Validated<Parameters> find(String service) {
    String own = machine.variable("PGSERVICEFILE");
    if (own != null && !Files.isRegularFile(machine.directory().resolve(own))) {
      String message = "there is no service file " + own + ", which PGSERVICEFILE names";
      return Validated.error(Diagnostic.error("unknown-service", null, message));
    }
    for (Path file : candidates()) {
      if (Files.isRegularFile(file)) {
        Validated<Parameters> found = read(file, service);
        if (found != null) {
          return found;
        }
      }
    }
    String message = "no service file defines the service \"" + service + "\"";
    String meant = Spelling.didYouMean(service, seen);
    String searched =
        "searched: " + String.join(", ", candidates().stream().map(Path::toString).toList());
    return Validated.error(
        Diagnostic.error("unknown-service", null, message)
            .withHint(meant == null ? searched : meant));
  }

  private List<Path> candidates() {
    List<Path> files = new ArrayList<>();
    String own = machine.variable("PGSERVICEFILE");
    Path home = machine.home(".pg_service.conf");
    if (own != null) {
      files.add(machine.directory().resolve(own));
    } else if (home != null) {
      files.add(home);
    }
    String system = machine.variable("PGSYSCONFDIR");
    for (String folder : system == null ? SYSTEM_FOLDERS : List.of(system)) {
      files.add(machine.directory().resolve(folder).resolve("pg_service.conf"));
    }
    return files;
  }

  /** Returns the service's parameters, or null when the file does not define it. */
  private @Nullable Validated<Parameters> read(Path path, String service) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException failure) {
      return Validated.error(
          Diagnostic.error(
              "file-unreadable", null, "the service file " + path + " cannot be read"));
    }
    Parameters parameters = null;
    List<Diagnostic> mistakes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        if (parameters != null) {
          break;
        }
        String section = line.substring(1, line.length() - 1);
        seen.add(section);
        parameters = section.equals(service) ? new Parameters() : null;
      } else if (parameters != null && !line.isEmpty() && !line.startsWith("#")) {
        Diagnostic mistake = take(line, parameters);
        if (mistake != null) {
          mistakes.add(mistake.withHint(path + ", line " + (i + 1)));
        }
      }
    }
    return parameters == null ? null : Validated.of(parameters, mistakes);
  }

  private static @Nullable Diagnostic take(String line, Parameters parameters) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      return Diagnostic.error("service-file", null, "a line of a service is written keyword=value");
    }
    String keyword = line.substring(0, equals);
    if (keyword.equals("service")) {
      return Diagnostic.error("service-file", null, "a service cannot refer to another service");
    }
    Diagnostic mistake = Keywords.mistake(keyword, line.substring(equals + 1));
    if (mistake == null && !Keywords.isIgnored(keyword) && parameters.get(keyword) == null) {
      parameters.put(keyword, line.substring(equals + 1));
    }
    return mistake;
  }
}
