package dev.pgrunbook.plan;

import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.StatementAnalysis;

/**
 * A statement as it is sent, for one item of one step.
 *
 * @param index its place among the step's or item's statements, from one
 * @param sql what is sent, with its values
 * @param display the same with its values written out, secrets masked; pastes into psql
 * @param analysis what it does
 */
public record ExpandedStatement(
    int index, BoundSql sql, String display, StatementAnalysis analysis) {}
