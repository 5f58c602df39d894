package dev.pgrunbook;

import com.sun.management.OperatingSystemMXBean;
import dev.pgrunbook.frontend.GroovyFrontEnd;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads Groovy files one after the other, and prints a line for each: its name, the first code or
 * {@code loads}, and the milliseconds of processor time. Run in a process of its own.
 */
final class HostileGroovyProgram {

  /** Ended early because a parser is still busy with the last file. */
  static final int BUSY = 3;

  private HostileGroovyProgram() {}

  public static void main(String[] files) {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    // What Groovy's own classes take to load is not the first file's fault.
    load(Path.of(files[0]));
    for (int i = 1; i < files.length; i++) {
      long before = machine.getProcessCpuTime();
      Validated<LoadedRunbook> outcome = load(Path.of(files[i]));
      long milliseconds = (machine.getProcessCpuTime() - before) / 1_000_000;
      List<Diagnostic> diagnostics = outcome.isValid() ? List.of() : outcome.diagnostics();
      String code = diagnostics.isEmpty() ? "loads" : diagnostics.get(0).code();
      boolean placed = diagnostics.stream().allMatch(d -> d.span() != null);
      String words = diagnostics.isEmpty() ? "" : diagnostics.get(0).message();
      System.out.println(
          Path.of(files[i]).getFileName()
              + " "
              + code
              + " "
              + milliseconds
              + (placed ? " | " : " unplaced | ")
              + words);
      if (words.contains("takes too long")) {
        System.exit(BUSY);
      }
    }
  }

  private static Validated<LoadedRunbook> load(Path file) {
    return new RunbookLoader(new GroovyFrontEnd()).load(file, file.getFileName().toString());
  }
}
