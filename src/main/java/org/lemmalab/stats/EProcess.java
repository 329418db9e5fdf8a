package org.lemmalab.stats;

/**
 * An e-process: evidence against a null hypothesis that may be looked at after every observation.
 *
 * <p>Under the null, {@code P(sup_n E_n >= 1/alpha) <= alpha} (Ville's inequality), however long one looks and whatever rule stops.
 */
public interface EProcess {
    /** Takes the next observation. */
    void add(double x);

    /** Natural logarithm of the evidence against the null after the observations so far; 0 at first. */
    double logE();

    /** Number of observations so far. */
    long samples();
}
