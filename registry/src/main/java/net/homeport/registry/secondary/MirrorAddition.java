package net.homeport.registry.secondary;

import org.xbill.DNS.Name;

/** What became of the wish to mirror a zone. */
public sealed interface MirrorAddition {
  /** Its primaries are being asked. */
  record Added(MirroredZone zone) implements MirrorAddition {}

  /** There is a zone of that name. */
  record AlreadyThere(Name zone) implements MirrorAddition {}

  /** It cannot be; {@code why} says what to do. */
  record Refused(String why) implements MirrorAddition {}
}
