package dev.pgrunbook.journal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The components of a record type, found once: reflection is slow where it is asked anew. */
final class RecordShape {

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  /**
   * A component.
   *
   * @param optional whether it may be null
   */
  record Part(String name, Class<?> type, Type genericType, boolean optional, Method accessor) {

    @Nullable Object get(Record entry) {
      try {
        return accessor.invoke(entry);
      } catch (ReflectiveOperationException impossible) {
        throw new LinkageError("events are records that this package sees", impossible);
      }
    }
  }

  private final Class<?> type;
  private final List<Part> parts;
  private final Constructor<?> constructor;

  private RecordShape(Class<?> type) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    List<Part> found = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      types[i] = component.getType();
      Method accessor = component.getAccessor();
      // Not for access, which there is: the check of it on every call is what costs.
      accessor.setAccessible(true);
      found.add(
          new Part(
              component.getName(),
              component.getType(),
              component.getGenericType(),
              component.getAnnotatedType().isAnnotationPresent(Nullable.class),
              accessor));
    }
    this.parts = List.copyOf(found);
    try {
      this.constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
    } catch (NoSuchMethodException impossible) {
      throw new LinkageError("every record has its canonical constructor", impossible);
    }
  }

  /** Returns the shape of a record type. */
  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  List<Part> parts() {
    return parts;
  }

  /**
   * Returns a record of the type.
   *
   * @throws IllegalArgumentException when the record does not take these components
   */
  Object create(@Nullable Object[] components) {
    try {
      return constructor.newInstance(components);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + ": " + refused.getCause(), refused.getCause());
    } catch (InstantiationException | IllegalAccessException impossible) {
      throw new LinkageError("events are records that this package sees", impossible);
    }
  }
}
