package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Decimal;
import dev.pgrunbook.frontend.groovy.Datum.Listing;
import dev.pgrunbook.frontend.groovy.Datum.Text;
import dev.pgrunbook.frontend.groovy.Datum.Truth;
import dev.pgrunbook.frontend.groovy.Datum.Whole;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The methods that texts have. None of them takes a pattern. */
final class TextMethods {

  static final List<String> NAMES =
      List.of(
          "size",
          "length",
          "isEmpty",
          "isBlank",
          "toUpperCase",
          "toLowerCase",
          "capitalize",
          "uncapitalize",
          "trim",
          "strip",
          "stripIndent",
          "stripMargin",
          "contains",
          "startsWith",
          "endsWith",
          "indexOf",
          "lastIndexOf",
          "substring",
          "take",
          "drop",
          "replace",
          "tokenize",
          "split",
          "readLines",
          "toList",
          "reverse",
          "padLeft",
          "padRight",
          "isInteger",
          "isNumber",
          "toInteger",
          "toLong",
          "toBigDecimal",
          "toString",
          "equalsIgnoreCase",
          "count");

  /** Characters that mean something in a pattern, which Groovy's split takes. */
  private static final String PATTERN_CHARACTERS = "\\[](){}.*+?^$|";

  private final Evaluation evaluation;

  TextMethods(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  Datum call(Text receiver, MethodCall call) {
    String text = receiver.text();
    evaluation.budget().text(text.length(), call.span());
    return switch (call.name()) {
      case "size", "length" -> whole(call, 0, text.length());
      case "isEmpty" -> truth(call, 0, text.isEmpty());
      case "isBlank" -> truth(call, 0, text.isBlank());
      case "isInteger" -> truth(call, 0, isInteger(text.strip()));
      case "isNumber" -> truth(call, 0, isNumber(text.strip()));
      case "contains" -> search(call, text);
      case "startsWith" -> truth(call, 1, text.startsWith(call.text(0)));
      case "endsWith" -> truth(call, 1, text.endsWith(call.text(0)));
      case "equalsIgnoreCase" -> truth(call, 1, text.equalsIgnoreCase(call.text(0)));
      case "indexOf", "lastIndexOf", "count" -> find(call, text);
      case "toInteger", "toLong" -> toWhole(call, text.strip());
      case "toBigDecimal" -> toDecimal(call, text.strip());
      case "toString" -> same(call, receiver);
      case "trim", "strip", "substring", "take", "drop" -> part(receiver, call);
      case "stripIndent" ->
          same(call, new Text(call.span(), TextBlocks.stripIndent(receiver.content())));
      case "stripMargin" ->
          same(call, new Text(call.span(), TextBlocks.stripMargin(receiver.content())));
      case "tokenize", "split", "readLines", "toList" -> pieces(receiver, call);
      default -> changed(text, call);
    };
  }

  private Datum changed(String text, MethodCall call) {
    String result =
        switch (call.name()) {
          case "toUpperCase" -> text.toUpperCase(Locale.ROOT);
          case "toLowerCase" -> text.toLowerCase(Locale.ROOT);
          case "capitalize" -> first(text).toUpperCase(Locale.ROOT) + rest(text);
          case "uncapitalize" -> first(text).toLowerCase(Locale.ROOT) + rest(text);
          case "reverse" -> new StringBuilder(text).reverse().toString();
          case "replace" -> replace(text, call);
          case "padLeft" -> padding(text, call) + text;
          case "padRight" -> text + padding(text, call);
          default -> throw unknown(call);
        };
    boolean plain = !List.of("replace", "padLeft", "padRight").contains(call.name());
    if (plain) {
      call.expect(0, 0);
    }
    return evaluation.texts().computed(result, call.span());
  }

  private static Refusal unknown(MethodCall call) {
    if (call.name().startsWith("replaceAll")
        || call.name().startsWith("replaceFirst")
        || call.name().equals("matches")
        || call.name().startsWith("find")) {
      return Refusal.of(
          "groovy-unknown-method",
          call.place(),
          "methods with patterns are refused, such as " + call.name(),
          "replace(from, to), contains, startsWith and tokenize take plain texts");
    }
    return call.unknown("a text", NAMES);
  }

  private static String first(String text) {
    return text.isEmpty() ? "" : text.substring(0, 1);
  }

  private static String rest(String text) {
    return text.isEmpty() ? "" : text.substring(1);
  }

  private String replace(String text, MethodCall call) {
    call.expect(2, 2);
    String from = call.text(0);
    String to = call.text(1);
    long places = from.isEmpty() ? text.length() + 1L : occurrences(text, from, call);
    long length = text.length() + places * Math.max(0, to.length() - from.length());
    evaluation.budget().text(length, call.span());
    return text.replace(from, to);
  }

  /** Charges for the worst case: each place of the text compared with the whole part. */
  private int occurrences(String text, String part, MethodCall call) {
    chargeSearch(text, part, call);
    if (part.isEmpty()) {
      return 0;
    }
    int found = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      found++;
    }
    return found;
  }

  private void chargeSearch(String text, String part, MethodCall call) {
    evaluation.budget().charge((long) text.length() * part.length() / 64, call.span());
  }

  private Datum search(MethodCall call, String text) {
    call.expect(1, 1);
    chargeSearch(text, call.text(0), call);
    return new Truth(call.span(), text.contains(call.text(0)));
  }

  private Datum find(MethodCall call, String text) {
    call.expect(1, 1);
    String part = call.text(0);
    chargeSearch(text, part, call);
    return switch (call.name()) {
      case "indexOf" -> whole(call, 1, text.indexOf(part));
      case "lastIndexOf" -> whole(call, 1, text.lastIndexOf(part));
      default -> whole(call, 1, occurrences(text, part, call));
    };
  }

  private Text same(MethodCall call, Text text) {
    call.expect(0, 0);
    return text;
  }

  private Datum whole(MethodCall call, int arguments, long value) {
    call.expect(arguments, arguments);
    return new Whole(call.span(), BigInteger.valueOf(value));
  }

  private Datum truth(MethodCall call, int arguments, boolean value) {
    call.expect(arguments, arguments);
    return new Truth(call.span(), value);
  }

  static boolean isInteger(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    return text.length() > start
        && text.length() <= GroovyLimits.DIGITS
        && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isNumber(String text) {
    int point = text.indexOf('.');
    return isInteger(text)
        || point > 0
            && isInteger(text.substring(0, point))
            && isInteger("1" + text.substring(point + 1));
  }

  private Datum toWhole(MethodCall call, String text) {
    call.expect(0, 0);
    if (!isInteger(text)) {
      throw Refusal.of(call.place(), "\"" + shown(text) + "\" is no whole number", null);
    }
    return new Whole(call.span(), new BigInteger(text));
  }

  private Datum toDecimal(MethodCall call, String text) {
    call.expect(0, 0);
    if (!isNumber(text)) {
      throw Refusal.of(call.place(), "\"" + shown(text) + "\" is no number", null);
    }
    return new Decimal(call.span(), evaluation.budget().number(new BigDecimal(text), call.span()));
  }

  private static String shown(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  /** Returns a stretch of a text, which keeps its places. */
  private Datum part(Text receiver, MethodCall call) {
    SourceText content = receiver.content();
    String text = receiver.text();
    int start = 0;
    int end = text.length();
    switch (call.name()) {
      case "trim", "strip" -> {
        call.expect(0, 0);
        while (start < end && Character.isWhitespace(text.charAt(start))) {
          start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
          end--;
        }
      }
      case "take" -> {
        call.expect(1, 1);
        end = Math.min(end, Math.max(0, call.number(0)));
      }
      case "drop" -> {
        call.expect(1, 1);
        start = Math.min(end, Math.max(0, call.number(0)));
      }
      default -> {
        call.expect(1, 2);
        start = call.number(0);
        end = call.count() == 2 ? call.number(1) : end;
      }
    }
    if (start < 0 || end > text.length() || start > end) {
      throw Refusal.of(call.place(), "the text has only " + text.length() + " characters", null);
    }
    return new Text(call.span(), content.slice(start, end));
  }

  private String padding(String text, MethodCall call) {
    call.expect(1, 2);
    String pad = call.count() == 2 ? call.text(1) : " ";
    int missing = Math.max(0, call.number(0) - text.length());
    evaluation.budget().text((long) text.length() + missing + pad.length(), call.span());
    return pad.isEmpty() ? "" : pad.repeat(missing / pad.length() + 1).substring(0, missing);
  }

  private Datum pieces(Text receiver, MethodCall call) {
    evaluation.budget().charge(receiver.text().length(), call.span());
    List<int[]> bounds =
        switch (call.name()) {
          case "tokenize" -> tokens(receiver.text(), separators(call));
          case "split" -> split(receiver.text(), call);
          case "readLines" -> lines(receiver.text(), call);
          default -> characters(receiver.text(), call);
        };
    evaluation.budget().elements(bounds.size(), call.span());
    evaluation.budget().charge((long) bounds.size() * receiver.content().stretches(), call.span());
    List<Datum> pieces = new ArrayList<>();
    SourceSpan span = receiver.span();
    bounds.forEach(b -> pieces.add(new Text(span, receiver.content().slice(b[0], b[1]))));
    return new Listing(call.span(), pieces);
  }

  private static String separators(MethodCall call) {
    call.expect(0, 1);
    return call.count() == 0 ? " \t\n\r\f" : call.text(0);
  }

  private static List<int[]> tokens(String text, String separators) {
    List<int[]> bounds = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || separators.indexOf(text.charAt(i)) >= 0) {
        if (i > start) {
          bounds.add(new int[] {start, i});
        }
        start = i + 1;
      }
    }
    return bounds;
  }

  private List<int[]> split(String text, MethodCall call) {
    call.expect(0, 1);
    if (call.count() == 0) {
      return tokens(text, " \t\n\r\f");
    }
    String separator = call.text(0);
    if (separator.isEmpty()
        || separator.chars().anyMatch(c -> PATTERN_CHARACTERS.indexOf(c) >= 0)) {
      throw Refusal.of(
          call.place(),
          "split takes a pattern in Groovy, and patterns are refused",
          "tokenize(characters) splits at any of these characters");
    }
    chargeSearch(text, separator, call);
    List<int[]> bounds = new ArrayList<>();
    int start = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
      bounds.add(new int[] {start, at});
      start = at + separator.length();
    }
    bounds.add(new int[] {start, text.length()});
    while (bounds.size() > 1 && isEmpty(bounds.get(bounds.size() - 1))) {
      bounds.remove(bounds.size() - 1);
    }
    return bounds;
  }

  private static boolean isEmpty(int[] bound) {
    return bound[0] == bound[1];
  }

  private static List<int[]> lines(String text, MethodCall call) {
    call.expect(0, 0);
    List<int[]> bounds = new ArrayList<>();
    int start = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
      bounds.add(new int[] {start, at});
      start = at + 1;
    }
    if (start < text.length()) {
      bounds.add(new int[] {start, text.length()});
    }
    return bounds;
  }

  private static List<int[]> characters(String text, MethodCall call) {
    call.expect(0, 0);
    List<int[]> bounds = new ArrayList<>();
    for (int i = 0; i < text.length() && i <= GroovyLimits.ELEMENTS; i++) {
      bounds.add(new int[] {i, i + 1});
    }
    return bounds;
  }
}
