package net.homeport.app.assembly;

/** The version of this program. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** As in the jar's manifest; "development" when run from class files. */
  public static String text() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
