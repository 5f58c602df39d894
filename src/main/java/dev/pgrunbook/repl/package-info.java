/**
 * The step-through session: a run under the operator's hand, as requests and responses.
 *
 * <p>Nothing here knows a terminal but {@code JLineShell}, which alone uses JLine and prints.
 *
 * <p>Allowed imports: {@code engine}, {@code render}, and what these lead to.
 */
@NullMarked
package dev.pgrunbook.repl;

import org.jspecify.annotations.NullMarked;
