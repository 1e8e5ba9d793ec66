package net.homeport.registry.site;

import net.homeport.zone.address.AddressBlock;

/** What a report says of one address source. */
public sealed interface SourceReport {
  /** Nothing. */
  SourceReport SILENT = new Silent();

  /** It is gone. */
  SourceReport GONE = new Gone();

  /** Nothing. */
  record Silent() implements SourceReport {}

  /** It is gone. */
  record Gone() implements SourceReport {}

  /** It is this: an address or a network. */
  record Is(AddressBlock value) implements SourceReport {}
}
