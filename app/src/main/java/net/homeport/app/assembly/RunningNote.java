package net.homeport.app.assembly;

import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.util.List;

/**
 * The note that a running server leaves in its data folder, so that commands on the same machine
 * find it.
 *
 * @param pid its process
 * @param web URLs where it serves the web
 * @param dns addresses and ports where it serves DNS
 */
@Json
public record RunningNote(long pid, List<String> web, List<String> dns) {
  static RunningNote of(long pid, List<String> web, List<String> dns) {
    return new RunningNote(pid, web, dns);
  }

  /** The note as text. */
  String json() {
    return Jsonb.instance().toJson(this);
  }

  /**
   * Reads a note.
   *
   * @throws RuntimeException if it is none
   */
  public static RunningNote parse(String json) {
    return Jsonb.instance().type(RunningNote.class).fromJson(json);
  }
}
