package dev.pgrunbook.repl;

/**
 * What may be typed next.
 *
 * @param word the whole word, its beginning included
 * @param what what it is, for people
 */
public record Suggestion(String word, String what) {}
