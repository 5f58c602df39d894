package dev.pgrunbook.model;

/** Further reading: what it is called and where it is. */
public record Link(String title, String url) {}
