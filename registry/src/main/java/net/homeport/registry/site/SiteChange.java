package net.homeport.registry.site;

/** What became of an administrator's wish to change a site. */
public sealed interface SiteChange {
  /** Done, and stored. */
  record Done(SiteState site) implements SiteChange {}

  /** A site of that name exists. */
  record AlreadyThere(SiteState site) implements SiteChange {}

  /** There is no such site. */
  record NoSuchSite(String name) implements SiteChange {}

  /**
   * It may not be, or makes no sense; nothing changed.
   *
   * @param why what is wrong, and what to do, in words for a person
   */
  record Refused(String why) implements SiteChange {}

  /**
   * It is stored, and could not be published; the next report, or the same command, will.
   *
   * @param why what the log calls it
   */
  record NotPublished(SiteState site, String why) implements SiteChange {}
}
