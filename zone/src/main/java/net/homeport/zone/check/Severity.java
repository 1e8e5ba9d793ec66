package net.homeport.zone.check;

/** How bad a finding is. */
public enum Severity {
  /** The zone is not taken like that, or names in it do not work. */
  ERROR,
  /** Probably not what was meant. */
  WARNING,
  /** Good to know. */
  NOTICE
}
