package net.homeport.zone.text;

/**
 * What is wrong at one place of a zone file.
 *
 * @param place of the offending word
 * @param message what is wrong, and what to do
 */
public record ZoneTextProblem(Place place, String message) {
  @Override
  public String toString() {
    return place + ": " + message;
  }
}
