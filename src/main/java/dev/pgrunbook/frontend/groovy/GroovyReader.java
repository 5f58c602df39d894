package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.SyntaxNode;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.codehaus.groovy.ast.ModuleNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads one Groovy file: counts, parses, looks for what is refused, evaluates.
 *
 * <p>All of it happens on a daemon thread with a deep stack and a deadline. A file that keeps
 * Groovy's parser busy cannot be stopped, but it is not waited for: the thread ends with the
 * process.
 */
public final class GroovyReader {

  private static final String HINT_SIMPLER =
      "take long statements apart, write named arguments in parentheses, as in"
          + " retry(attempts: 3), or write the file as YAML";

  private final SourceFile file;
  private final AtomicReference<@Nullable Validated<SyntaxNode>> outcome = new AtomicReference<>();
  private final CountDownLatch done = new CountDownLatch(1);

  private GroovyReader(SourceFile file) {
    this.file = file;
  }

  /** Returns the file's tree, or every reason why there is none; never throws. */
  public static Validated<SyntaxNode> read(SourceFile file) {
    return new GroovyReader(file).await();
  }

  private Validated<SyntaxNode> await() {
    Thread thread = new Thread(null, this::run, "groovy", GroovyLimits.STACK);
    thread.setDaemon(true);
    thread.start();
    long allowed = GroovyLimits.READING_TIME;
    long started = System.nanoTime();
    try {
      boolean ended = done.await(allowed, TimeUnit.NANOSECONDS);
      while (!ended
          && processorTime(thread) < allowed
          && System.nanoTime() - started < GroovyLimits.LONGEST_WAIT) {
        ended = done.await(100, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    Validated<SyntaxNode> result = outcome.get();
    if (result == null) {
      return failure("groovy-limit", "reading the file takes too long", HINT_SIMPLER);
    }
    return result;
  }

  /** Other programs may leave us waiting for the processor; that is not the file's fault. */
  private static long processorTime(Thread thread) {
    long time = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    return time < 0 ? Long.MAX_VALUE : time;
  }

  private void run() {
    Validated<SyntaxNode> result;
    try {
      result = readHere();
    } catch (Refusal refusal) {
      result = Validated.error(refusal.diagnostic());
    } catch (StackOverflowError deep) {
      result = failure("groovy-limit", "the file is nested too deeply", HINT_SIMPLER);
    } catch (OutOfMemoryError large) {
      result = failure("groovy-limit", "the file takes more memory than there is", HINT_SIMPLER);
    } catch (Throwable defect) {
      // The parser throws more than it documents, errors included.
      result = failure("groovy-syntax", "Groovy's parser gave up: " + defect, HINT_SIMPLER);
    }
    outcome.set(result);
    done.countDown();
  }

  private Validated<SyntaxNode> readHere() {
    Places places = new Places(file);
    ModuleNode module = new GroovyParser(places).parse();
    Admission admission = new Admission(places);
    admission.check(module);
    if (!admission.diagnostics().isEmpty()) {
      return new Validated.Invalid<>(admission.diagnostics());
    }
    return new Evaluation(places, module).run();
  }

  private Validated<SyntaxNode> failure(String code, String message, String hint) {
    int end = Math.min(1, file.text().length());
    return Validated.error(Diagnostic.error(code, file.span(0, end), message).withHint(hint));
  }
}
