package dev.pgrunbook.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a {@link TestPostgres} parameter a server that nobody else uses: for tests that restart it,
 * set something server-wide, or must not lose a commit.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface OwnServer {

  /** Settings, each as {@code name=value}. */
  String[] settings() default {};

  /** Whether {@code fsync} is on. */
  boolean durable() default false;
}
