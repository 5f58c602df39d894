package dev.pgrunbook.sql;

/** Advice about a statement and its transaction block. */
final class TransactionAdvice {

  private TransactionAdvice() {}

  static void add(EffectDraft draft) {
    TransactionRule rule = draft.analysis().transactionRule();
    boolean block = draft.context().block() != StatementContext.Block.NONE;
    if (rule == TransactionRule.BARRED && block) {
      draft.advise(
          AdviceCode.BARRED_FROM_TRANSACTION,
          "PostgreSQL refuses " + draft.tag() + " in a transaction block",
          "transaction: none in the step");
    } else if (rule == TransactionRule.CONTROL) {
      draft.advise(
          AdviceCode.TRANSACTION_CONTROL,
          draft.tag() + " begins, ends or sets a transaction that is the program's",
          "transaction and isolation in the step");
    }
  }
}
