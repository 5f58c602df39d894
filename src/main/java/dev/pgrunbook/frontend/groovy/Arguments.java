package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Mapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call is given.
 *
 * @param named the named arguments, if any
 * @param positional the others, in order
 */
record Arguments(@Nullable Mapping named, List<Datum> positional) {

  /** Returns all of them as a method sees them: the named ones are a map in front. */
  List<Datum> all() {
    if (named == null) {
      return positional;
    }
    List<Datum> all = new ArrayList<>();
    all.add(named);
    all.addAll(positional);
    return all;
  }
}
