package dev.pgrunbook.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it: its streams, the environment and the directory it was called in.
 *
 * <p>Commands take these from here and never from {@link System}, so that a test can hand in its
 * own.
 *
 * @param out results; nothing else goes there
 * @param err messages about the command itself
 * @param in standard input
 * @param environment the environment variables
 * @param directory the current working directory, absolute
 */
record Surroundings(
    PrintStream out,
    PrintStream err,
    InputStream in,
    Map<String, String> environment,
    Path directory) {}
