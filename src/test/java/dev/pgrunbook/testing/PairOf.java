package dev.pgrunbook.testing;

import dev.pgrunbook.demo.ReplicationKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a {@link TestPair} parameter is made of. The pair belongs to the test (of
 * {@code @BeforeAll}: to the class) and is thrown away after it.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface PairOf {

  /** With pglogical the test is skipped, and said to be, where pglogical is not installed. */
  ReplicationKind value() default ReplicationKind.PGLOGICAL;

  /**
   * Scripts run on the publisher, in order: resources such as {@code pairs/person.publisher.sql}.
   */
  String[] publisher() default {};

  /** Scripts run on the subscriber before it subscribes. */
  String[] subscriber() default {};

  /** SQL run before the publisher's scripts, such as {@code SET test.rows = 100000}. */
  String before() default "";
}
