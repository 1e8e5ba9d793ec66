package net.homeport.zone.text;

/**
 * Where something stands in a zone file.
 *
 * @param file what the file is called
 * @param line from 1
 * @param column in characters, from 1
 */
public record Place(String file, int line, int column) {
  /** As compilers write it: {@code file:line:column}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
