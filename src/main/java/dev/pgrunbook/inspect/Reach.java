package dev.pgrunbook.inspect;

import dev.pgrunbook.inspect.Catalog.FunctionRow;
import dev.pgrunbook.inspect.Catalog.OperatorRow;
import dev.pgrunbook.inspect.Catalog.RelationRow;
import dev.pgrunbook.inspect.Catalog.TypeRow;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.sql.PlainQuery;
import dev.pgrunbook.sql.SqlNames;
import dev.pgrunbook.sql.SqlScript;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a query can lead to, object by object: a view to its query, a table to its
 * policies and index expressions, a function to its body, a type to its casts.
 */
final class Reach {

  /** Operators that words such as LIKE, IN and BETWEEN stand for, or that sorting needs. */
  private static final Set<String> UNWRITTEN =
      Set.of("=", "<>", "<", ">", "<=", ">=", "~~", "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*");

  private static final Set<String> FLAT_KINDS = Set.of("r", "p", "v", "m", "S", "i", "I", "c", "t");

  private final Catalog catalog;
  private final Pending functions = new Pending();
  private final Pending operators = new Pending();
  private final Pending relations = new Pending();
  private final Pending types = new Pending();
  private final Map<String, String> operatorNames = new LinkedHashMap<>();
  private final Set<String> written = new HashSet<>();
  private final Set<String> relationNames = new TreeSet<>();
  private @Nullable String objection;

  Reach(Catalog catalog) {
    this.catalog = catalog;
    UNWRITTEN.stream().sorted().forEach(name -> operatorNames.put(name, "it"));
  }

  /** Objects that were not looked at yet, with what leads to each. */
  private static final class Pending {
    private final Map<Long, String> waiting = new LinkedHashMap<>();
    private final Set<Long> seen = new HashSet<>();

    void add(long oid, String via) {
      if (oid != 0 && !seen.contains(oid)) {
        waiting.putIfAbsent(oid, via);
      }
    }

    Map<Long, String> take() {
      Map<Long, String> taken = new LinkedHashMap<>(waiting);
      seen.addAll(taken.keySet());
      waiting.clear();
      return taken;
    }

    boolean isFirstLook(long oid) {
      return seen.add(oid);
    }

    boolean isEmpty() {
      return waiting.isEmpty();
    }
  }

  void addFunctions(Collection<Long> oids, String via) {
    oids.forEach(oid -> functions.add(oid, via));
  }

  void addTypes(Collection<Long> oids, String via) {
    oids.forEach(oid -> types.add(oid, via));
  }

  /** Adds every object that a name of a text could mean. */
  void addNames(SqlNames names, String via) {
    for (FunctionRow function : catalog.functionsNamed(names.callable())) {
      if (functions.isFirstLook(function.oid())) {
        look(function, via);
      }
    }
    for (RelationRow relation : catalog.relationsNamed(names.names())) {
      if (relations.isFirstLook(relation.oid())) {
        look(relation, via);
      }
    }
    for (TypeRow type : catalog.typesNamed(names.names())) {
      if (types.isFirstLook(type.oid())) {
        look(type, via);
      }
    }
    for (String operator : names.operators()) {
      for (String spelling : spellings(operator)) {
        operatorNames.putIfAbsent(spelling, via);
        written.add(spelling);
      }
    }
  }

  /**
   * Adds what the server may call when it merely parses a text: it reads the literals, with the
   * input functions of the types that they are taken for, and so checks the constraints of domains
   * within arrays and rows.
   */
  void addTypesOf(SqlNames names) {
    catalog.typesNamed(names.names()).forEach(type -> types.add(type.oid(), "it"));
    for (RelationRow relation : catalog.relationsNamed(names.names())) {
      addTypes(relation.types(), relation.display());
    }
    for (FunctionRow function : catalog.functionsNamed(names.callable())) {
      addTypes(function.types(), function.display());
    }
    Set<String> spelled = new LinkedHashSet<>(UNWRITTEN);
    names.operators().forEach(operator -> spelled.addAll(spellings(operator)));
    for (OperatorRow operator : catalog.operatorsNamed(spelled)) {
      addTypes(operator.operands(), operator.schema() + "." + operator.name());
    }
    operatorNames.clear();
  }

  /**
   * The server ends an operator before a sign that belongs to the number behind it, and in a bound
   * statement a question mark may be a parameter: so every part of what is written may be meant.
   */
  private static Set<String> spellings(String written) {
    String operator = written.replace("??", "?");
    Set<String> spellings = new LinkedHashSet<>(List.of(written, operator));
    for (int start = 0; start < operator.length(); start++) {
      for (int end = start + 1; end <= operator.length(); end++) {
        spellings.add(operator.substring(start, end));
      }
    }
    return spellings;
  }

  /** Looks at everything and returns the first objection, or null. */
  @Nullable String objection() {
    do {
      while (objection == null && hasPending()) {
        lookAtPending();
      }
      if (objection == null) {
        lookAtOperators();
      }
    } while (objection == null && hasPending());
    return objection;
  }

  Set<String> relations() {
    return relationNames;
  }

  private boolean hasPending() {
    return !(functions.isEmpty() && operators.isEmpty() && relations.isEmpty() && types.isEmpty());
  }

  private void lookAtPending() {
    Map<Long, String> vias = relations.take();
    catalog.relations(vias.keySet()).forEach(row -> look(row, via(vias, row.oid())));
    Map<Long, String> viasOfTypes = types.take();
    catalog.types(viasOfTypes.keySet()).forEach(row -> look(row, via(viasOfTypes, row.oid())));
    Map<Long, String> viasOfOperators = operators.take();
    catalog
        .operators(viasOfOperators.keySet())
        .forEach(row -> look(row, via(viasOfOperators, row.oid())));
    Map<Long, String> viasOfFunctions = functions.take();
    catalog
        .functions(viasOfFunctions.keySet())
        .forEach(row -> look(row, via(viasOfFunctions, row.oid())));
  }

  private static String via(Map<Long, String> vias, long oid) {
    return vias.getOrDefault(oid, "it");
  }

  /** What somebody made counts when its operands may be what the query has. */
  private void lookAtOperators() {
    for (OperatorRow operator : catalog.operatorsNamed(operatorNames.keySet())) {
      boolean own = operator.operands().stream().allMatch(type -> type < NodeTree.FIRST_MADE);
      boolean involved = operator.operands().stream().anyMatch(types.seen::contains);
      boolean alone = written.contains(operator.name()) && !operator.hasNamesake();
      if ((own || involved || alone) && operators.isFirstLook(operator.oid())) {
        look(operator, operatorNames.getOrDefault(operator.name(), "it"));
      }
    }
  }

  private void object(String via, String what) {
    if (objection == null) {
      objection = via + " " + what;
    }
  }

  private void look(FunctionRow function, String via) {
    if (objection != null || function.kind().equals("p") || function.isTrigger()) {
      return;
    }
    if (function.isOwn()) {
      String why = ReviewedFunctions.objectionToOwn(function.name(), function.isVolatile());
      if (why != null) {
        object(via, "calls " + function.name() + ", which " + why);
      }
      return;
    }
    addTypes(function.types(), via);
    String extension = function.extension();
    boolean compiled = function.language().equals("c") || function.language().equals("internal");
    if (compiled
        && extension != null
        && ReviewedFunctions.isReader(extension, function.name(), function.isVolatile())) {
      return;
    }
    if (function.kind().equals("a")) {
      addFunctions(
          function.parts(), "the aggregate " + function.display() + ", which " + via + " calls,");
      return;
    }
    String why = objectionTo(function);
    if (why != null) {
      object(via, "calls " + function.display() + ", " + why);
    } else {
      readBody(function, via);
    }
  }

  private static @Nullable String objectionTo(FunctionRow function) {
    if (!function.language().equals("sql")) {
      return "whose " + function.language() + " code nobody has reviewed";
    }
    if (function.isVolatile()) {
      return "which is volatile";
    }
    return function.hasSettings() ? "which changes settings" : null;
  }

  private void readBody(FunctionRow function, String via) {
    String inside = within(function.display(), via, "calls");
    function.trees().forEach(tree -> addTree(tree, inside));
    List<String> statements = SqlScript.split(SourceText.of("<body>", function.source())).orNull();
    if (statements == null) {
      object(inside, "cannot be read");
      return;
    }
    for (String statement : statements) {
      String why = PlainQuery.objection(statement);
      SqlNames names = SqlNames.of(statement);
      if (why != null || !names.certain()) {
        object(via, "calls " + function.display() + ", whose body does more than read");
        return;
      }
      addNames(names, inside);
    }
  }

  private void look(OperatorRow operator, String via) {
    String inside = "the operator " + operator.schema() + "." + operator.name();
    addFunctions(operator.functions(), inside + ", which " + via + " may mean,");
    operator.related().forEach(oid -> operators.add(oid, inside));
  }

  private void look(RelationRow relation, String via) {
    if (objection != null) {
      return;
    }
    boolean own = relation.oid() < NodeTree.FIRST_MADE;
    if (!own) {
      relationNames.add(relation.display());
    }
    if (relation.kind().equals("f")) {
      object(via, "reads the foreign table " + relation.display());
    } else if (!FLAT_KINDS.contains(relation.kind())) {
      object(via, "reads " + relation.display() + ", a relation of an unknown kind");
    } else if (hasOtherStorage(relation)) {
      object(via, "reads " + relation.display() + ", whose access method nobody has reviewed");
    } else {
      String inside = within(relation.display(), via, "reads");
      relation.trees().forEach(tree -> addTree(tree, inside));
      addTypes(relation.types(), inside);
      addFunctions(relation.functions(), inside);
      relation.children().forEach(oid -> relations.add(oid, inside));
    }
  }

  private static boolean hasOtherStorage(RelationRow relation) {
    boolean table = relation.kind().equals("r") || relation.kind().equals("m");
    return table && relation.accessMethod() != null && !relation.accessMethod().equals("heap");
  }

  private void look(TypeRow type, String via) {
    String inside = within("the type " + type.schema() + "." + type.name(), via, "uses");
    addFunctions(type.functions(), inside);
    addTypes(type.types(), inside);
    type.trees().forEach(tree -> addTree(tree, inside));
  }

  private void addTree(String text, String via) {
    NodeTree tree = NodeTree.of(text);
    addFunctions(tree.functions(), via);
    tree.relations().forEach(oid -> relations.add(oid, via));
    for (long oid : tree.others()) {
      functions.add(oid, via);
      operators.add(oid, via);
      relations.add(oid, via);
      types.add(oid, via);
    }
  }

  /** The innermost object is what a reader needs; how the query gets there is told once. */
  private static String within(String object, String via, String verb) {
    return via.equals("it") ? object + ", which it " + verb + "," : object;
  }
}
