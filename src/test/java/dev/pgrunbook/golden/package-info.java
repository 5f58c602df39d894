/**
 * Runs that are described by files alone: {@code golden/CASE/} holds a runbook and what its run
 * leaves behind.
 */
package dev.pgrunbook.golden;
