package dev.pgrunbook;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.pgrunbook.cli.ExitCode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Holds the import arrows between packages, and who may touch what outside them.
 *
 * <p>A package may import what its arrows lead to, over however many steps, and nothing else of
 * this program. A new package needs a line in {@link #ARROWS}.
 */
class ArchitectureTest {
  private static final String ROOT = "dev.pgrunbook.";

  /** Everything may import these two; they import nothing of this program. */
  private static final Set<String> BOTTOM = Set.of("source", "value");

  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("source", Set.of()),
          Map.entry("value", Set.of()),
          Map.entry("syntax", Set.of()),
          Map.entry("expression", Set.of()),
          Map.entry("sql", Set.of()),
          Map.entry("demo", Set.of()),
          Map.entry("approval", Set.of()),
          Map.entry("frontend", Set.of("syntax")),
          Map.entry("model", Set.of("expression", "sql")),
          Map.entry("language", Set.of("model")),
          Map.entry("loader", Set.of("frontend", "language", "model", "sql", "expression")),
          Map.entry("plan", Set.of("model")),
          Map.entry("database", Set.of("sql", "model")),
          Map.entry("inspect", Set.of("database", "plan")),
          Map.entry("journal", Set.of("plan")),
          Map.entry("journal.postgres", Set.of("journal", "database")),
          Map.entry("workspace", Set.of("frontend", "database", "approval")),
          Map.entry("engine", Set.of("journal", "database", "inspect")),
          Map.entry("render", Set.of("plan", "journal", "syntax", "language")),
          Map.entry("telemetry", Set.of("engine")),
          Map.entry("repl", Set.of("engine", "render")),
          Map.entry(
              "cli",
              Set.of("repl", "loader", "workspace", "demo", "journal.postgres", "telemetry")));

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .importUrl(ExitCode.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void importsFollowTheArrows() {
    holds(classes().should(importOnlyDownward()));
  }

  @Test
  void packagesFormNoCycle() {
    holds(slices().matching("dev.pgrunbook.(**)").should().beFreeOfCycles());
  }

  @Test
  void librariesStayBehindTheirPackage() {
    onlyIn("the syntax of files", "frontend", "org.yaml..", "org.codehaus.groovy..");
    onlyIn("the syntax of files", "frontend", "groovy..", "org.apache.groovy..");
    onlyIn(
        "the server", "database", "java.sql..", "javax.sql..", "com.zaxxer..", "org.postgresql..");
    onlyIn("the grammar", "sql", "org.pgcodekeeper..", "org.antlr..");
    onlyIn("the command line", "cli", "picocli..");
    onlyIn("tracing", "telemetry", "io.opentelemetry..");
    onlyIn("embedded servers", "demo", "io.zonky..");
  }

  @Test
  void onlyTheShellAndTheCommandsTerminalUseJLine() {
    holds(
        noClasses()
            .that(are("dev.pgrunbook.repl.JLineShell").negate())
            .and(are("dev.pgrunbook.repl.PromptReader").negate())
            .and(are("dev.pgrunbook.repl.SystemTerminal").negate())
            .and()
            .resideOutsideOfPackage("dev.pgrunbook.cli.terminal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jline.."));
  }

  @Test
  void onlyTheShellAndTheCommandsPrint() {
    holds(
        noClasses()
            .that(are("dev.pgrunbook.repl.JLineShell").negate())
            .and()
            .resideOutsideOfPackage("dev.pgrunbook.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat(type(java.io.FileDescriptor.class))
            .orShould()
            .callMethod(Throwable.class, "printStackTrace"));
  }

  @Test
  void onlyMainEndsTheProcess() {
    holds(
        noClasses()
            .that(are("dev.pgrunbook.cli.Main").negate())
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class));
  }

  @Test
  void nothingLogsThroughALibrary() {
    holds(noClasses().should().dependOnClassesThat().resideInAnyPackage("org.slf4j.."));
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "database..", ROOT + "telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..")
            .because("only the logs of libraries are there, to be turned off"));
  }

  @Test
  void noStaticFieldChanges() {
    holds(fields().that().areStatic().should().beFinal());
  }

  @Test
  void everyPackageHasACharterAndNullMarks() {
    Set<String> without = new TreeSet<>();
    for (JavaClass one : PROGRAM) {
      JavaPackage home = one.getPackage();
      if (!home.isAnnotatedWith(NullMarked.class)) {
        without.add(home.getName());
      }
    }
    assertThat(without).as("packages whose package-info.java lacks @NullMarked").isEmpty();
  }

  private static void onlyIn(String what, String home, String... packages) {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + home + "..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(packages))
            .because("only " + home + " knows " + what));
  }

  private static void holds(ArchRule rule) {
    rule.allowEmptyShould(true).check(PROGRAM);
  }

  private static DescribedPredicate<JavaClass> are(String name) {
    return DescribedPredicate.describe(
        "are " + name + " or nested in it",
        one -> one.getName().equals(name) || one.getName().startsWith(name + "$"));
  }

  private static ArchCondition<JavaClass> importOnlyDownward() {
    return new ArchCondition<>("import only what their package's arrows lead to") {
      @Override
      public void check(JavaClass one, ConditionEvents events) {
        String from = group(one);
        if (!ARROWS.containsKey(from)) {
          events.add(SimpleConditionEvent.violated(one, one.getName() + ": no arrows for " + from));
          return;
        }
        Set<String> allowed = reachable(from);
        for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (target.getName().startsWith(ROOT) && !allowed.contains(group(target))) {
            events.add(SimpleConditionEvent.violated(one, dependency.getDescription()));
          }
        }
      }
    };
  }

  /** The first package below the root, or the one two steps below where that has its own arrows. */
  private static String group(JavaClass one) {
    String below = one.getPackageName().substring(ROOT.length());
    String group = below;
    while (!ARROWS.containsKey(group) && group.contains(".")) {
      group = group.substring(0, group.lastIndexOf('.'));
    }
    return group;
  }

  private static Set<String> reachable(String from) {
    Set<String> reached = new TreeSet<>(BOTTOM);
    collect(from, reached);
    if (BOTTOM.contains(from)) {
      reached.retainAll(Set.of(from));
    }
    return reached;
  }

  private static void collect(String from, Set<String> reached) {
    reached.add(from);
    for (String next : ARROWS.getOrDefault(from, Set.of())) {
      collect(next, reached);
    }
  }
}
