package net.homeport.registry.enrolment;

/** What became of the wish for a code. */
public sealed interface EnrolmentOffer {
  /**
   * Made.
   *
   * @param code to be shown once
   */
  record Offered(String code, PendingEnrolment enrolment) implements EnrolmentOffer {
    /** Without the code. */
    @Override
    public String toString() {
      return "Offered[" + enrolment + "]";
    }
  }

  /** It makes no sense; the words say why and what to do. */
  record Refused(String why) implements EnrolmentOffer {}
}
