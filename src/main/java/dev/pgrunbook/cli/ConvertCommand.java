package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Writes a runbook in the other spelling. */
final class ConvertCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .paramLabel("FILE")
            .type(String.class)
            .description("A runbook, by file or name.")
            .build());
    spec.addOption(
        OptionSpec.builder("--to")
            .paramLabel("yaml|groovy")
            .type(String.class)
            .arity("1")
            .required(true)
            .description("The spelling to write.")
            .build());
    spec.addOption(RunFlags.one("--out", "FILE", "A new file to write to; else it is printed."));
    return spec;
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    String word = arguments.matchedOptionValue("--to", "");
    Notation to = Notation.of(word);
    if (to == null) {
      messages.refuse("--to is yaml or groovy, not \"" + word + "\"", null);
      return ExitCode.INVALID;
    }
    String out = arguments.matchedOptionValue("--out", (String) null);
    if (out != null && Notation.ofFile(out) != to) {
      String ending = to == Notation.YAML ? ".yaml" : ".groovy";
      messages.refuse(
          "--out " + out + " would not be read as " + to.word(), "give it the ending " + ending);
      return ExitCode.INVALID;
    }
    RunbookCatalog catalog = RunbookCatalog.of(surroundings.directory());
    Validated<Found> loaded = catalog.find(arguments.matchedPositionalValue(0, ""));
    messages.print(loaded.diagnostics());
    if (!(loaded instanceof Validated.Valid<Found> valid)) {
      return ExitCode.INVALID;
    }
    Found found = valid.value();
    SourceFile source = found.loaded().sources().get(0);
    if (Notation.ofFile(source.name()) == to) {
      messages.refuse(source.name() + " is written so already", null);
      return ExitCode.INVALID;
    }
    String text = to.write(source);
    if (!isEqual(found, source, to, text, catalog, messages)) {
      return ExitCode.INVALID;
    }
    if (out == null) {
      surroundings.out().print(text);
      return ExitCode.DONE;
    }
    return write(text, out, found, surroundings.directory(), messages);
  }

  /** Loads what was written, so that nobody is given a runbook that does something else. */
  private static boolean isEqual(
      Found found,
      SourceFile source,
      Notation to,
      String text,
      RunbookCatalog catalog,
      Messages messages) {
    List<SourceFile> sources = new ArrayList<>(found.loaded().sources());
    sources.set(0, new SourceFile(to.rename(source.name()), text));
    Validated<Found> again = catalog.load(sources, null);
    Found result = again.orNull();
    if (result == null) {
      String reason = again.diagnostics().get(0).message();
      messages.refuse(source.name() + " cannot be written as " + to.word() + ": " + reason, null);
      return false;
    }
    if (!result.loaded().runbook().equals(found.loaded().runbook())) {
      throw new AssertionError(source.name() + " does not come back as it was");
    }
    return true;
  }

  private static ExitCode write(
      String text, String out, Found found, Path directory, Messages messages) {
    Path file = directory.resolve(out).toAbsolutePath().normalize();
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException exists) {
      messages.refuse(out + " is there already", "remove it first, or write to another file");
      return ExitCode.INVALID;
    } catch (IOException unwritable) {
      messages.refuse(out + " cannot be written: " + unwritable.getMessage(), null);
      return ExitCode.INVALID;
    }
    messages.tell("written: " + out);
    if (found.loaded().sources().size() > 1 && !folder(file).equals(folder(found.file()))) {
      messages.tell("  the SQL files that it names are looked for beside it: copy them there");
    }
    return ExitCode.DONE;
  }

  private static String folder(Path file) {
    return String.valueOf(file.getParent());
  }

  private static String folder(@Nullable String file) {
    return file == null ? "" : folder(Path.of(file));
  }
}
