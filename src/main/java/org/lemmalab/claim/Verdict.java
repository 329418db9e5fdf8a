package org.lemmalab.claim;

/** What a run says of a claim. */
public enum Verdict {
    /** Every check held on every instance, and every falsifier was refuted. */
    SUPPORTED,
    /** At least one check was refuted. */
    REFUTED,
    /** A check could not decide within its budget, or ended by an exception. */
    INCONCLUSIVE,
    /** A check without power: it has no falsifier, or one that was not refuted. */
    VACUOUS,
    /** Not checkable by experiment; the index says why. */
    CONTEXT,
    /** Selected but not carried out: interrupted, or its data are not there. */
    NOT_RUN
}
