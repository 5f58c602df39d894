package dev.pgrunbook.expression;

import dev.pgrunbook.value.Value;
import java.util.List;

/** A part of a parsed expression; offsets are UTF-16 code units of the expression's text. */
sealed interface Node {

  int start();

  int end();

  /** Returns what to point at when this part has no value. */
  default int position() {
    return start();
  }

  <R> R fold(Fold<R> fold);

  /** One answer for each kind of part. */
  interface Fold<R> {
    R literal(Literal node);

    R listLiteral(ListLiteral node);

    R name(Name node);

    R member(Member node);

    R index(Index node);

    R call(Call node);

    R not(Not node);

    R negate(Negate node);

    R binary(Binary node);

    R logical(Logical node);

    R conditional(Conditional node);
  }

  record Literal(int start, int end, Value value) implements Node {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.literal(this);
    }
  }

  record ListLiteral(int start, int end, List<Node> items) implements Node {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.listLiteral(this);
    }
  }

  record Name(int start, int end, String name) implements Node {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.name(this);
    }
  }

  record Member(int start, int end, Node target, String name) implements Node {
    @Override
    public int position() {
      return end - name.length();
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.member(this);
    }
  }

  record Index(int start, int end, Node target, Node key) implements Node {
    @Override
    public int position() {
      return key.start();
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.index(this);
    }
  }

  /** What stands before the dot is the first operand. */
  record Call(int start, int end, int position, Function function, List<Node> operands)
      implements Node {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.call(this);
    }
  }

  record Not(int start, int end, Node operand) implements Node {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.not(this);
    }
  }

  record Negate(int start, int end, Node operand) implements Node {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.negate(this);
    }
  }

  record Binary(int position, BinaryOperator operator, Node left, Node right) implements Node {
    @Override
    public int start() {
      return left.start();
    }

    @Override
    public int end() {
      return right.end();
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.binary(this);
    }
  }

  /** {@code &&}, whose deciding operand is false, or {@code ||}, whose deciding operand is true. */
  record Logical(int position, boolean deciding, Node left, Node right) implements Node {
    @Override
    public int start() {
      return left.start();
    }

    @Override
    public int end() {
      return right.end();
    }

    String sign() {
      return deciding ? "||" : "&&";
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.logical(this);
    }
  }

  record Conditional(int position, Node condition, Node then, Node otherwise) implements Node {
    @Override
    public int start() {
      return condition.start();
    }

    @Override
    public int end() {
      return otherwise.end();
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.conditional(this);
    }
  }
}
