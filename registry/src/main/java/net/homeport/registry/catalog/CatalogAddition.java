package net.homeport.registry.catalog;

import org.xbill.DNS.Name;

/** What became of the wish to add a catalog. */
public sealed interface CatalogAddition {
  /** It is there, and lists the zones in a moment. */
  record Added(Catalog catalog) implements CatalogAddition {}

  /** There is a zone of that name. */
  record AlreadyThere(Name zone) implements CatalogAddition {}

  /** It cannot be; {@code why} says what to do. */
  record Refused(String why) implements CatalogAddition {}

  /** It could not be stored. */
  record Failed(String incident) implements CatalogAddition {}
}
