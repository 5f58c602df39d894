package dev.pgrunbook.cli.follow;

/**
 * The run that notices are about.
 *
 * @param by whoever carries it out
 * @param host where
 */
public record NotifiedRun(String run, String runbook, String version, String by, String host) {}
