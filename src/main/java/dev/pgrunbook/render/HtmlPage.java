package dev.pgrunbook.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** The frame of a page that needs nothing else: no script, no network, no font. */
public final class HtmlPage {

  private HtmlPage() {}

  /** What all pages look like. */
  private static final String COMMON = "page.css";

  /**
   * Begins a page, up to its open {@code body}.
   *
   * @param sheet the file beside this class of the style sheet for what only such a page has
   */
  public static Markup begin(String title, String sheet) {
    String style = "\n" + styleSheet(COMMON) + styleSheet(sheet);
    Markup page = new Markup();
    page.open("html", "lang", "en");
    page.open("head").lone("meta", "charset", "utf-8");
    page.lone("meta", "http-equiv", "Content-Security-Policy", "content", policy(style));
    page.lone("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.lone("meta", "name", "color-scheme", "content", "light dark");
    page.lone("meta", "name", "referrer", "content", "no-referrer");
    page.element("title", title);
    page.style(style);
    page.closeLine();
    return page.open("body");
  }

  /** Writes one of the facts that a page begins with, into a list of class {@code facts}. */
  public static void fact(Markup page, String name, String text) {
    page.open("div").element("dt", name).element("dd", text).close();
  }

  private static String styleSheet(String name) {
    try (InputStream stream = HtmlPage.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(stream, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Nothing may be loaded or run, whatever a name in the page tries; only our own style counts. */
  private static String policy(String sheet) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(sheet.getBytes(StandardCharsets.UTF_8));
      String style = "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
      return "default-src 'none'; style-src " + style + "; base-uri 'none'; form-action 'none'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
