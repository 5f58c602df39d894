/**
 * Values at run time: parameters, columns of rows, variables; and their JSON form.
 *
 * <p>Allowed imports: the JDK and Gson.
 */
@NullMarked
package dev.pgrunbook.value;

import org.jspecify.annotations.NullMarked;
