package net.homeport.interop.harness;

import io.avaje.jsonb.Jsonb;
import java.util.List;
import java.util.Map;

/** Reads JSON as a program of a user would: by names, without Homeport's classes. */
public final class Json {
  private static final Jsonb JSON = Jsonb.builder().build();

  private Json() {}

  /** The object of this text. */
  public static Map<?, ?> object(String text) {
    if (JSON.type(Object.class).fromJson(text) instanceof Map<?, ?> map) {
      return map;
    }
    throw new AssertionError("not a JSON object: " + text);
  }

  /** The texts of an array in an object. */
  public static List<String> texts(Map<?, ?> object, String name) {
    if (object.get(name) instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    throw new AssertionError("no array '" + name + "' in " + object);
  }

  /** The objects of an array in an object. */
  public static List<Map<?, ?>> objects(Map<?, ?> object, String name) {
    if (object.get(name) instanceof List<?> list) {
      return list.stream().<Map<?, ?>>map(element -> (Map<?, ?>) element).toList();
    }
    throw new AssertionError("no array '" + name + "' in " + object);
  }
}
