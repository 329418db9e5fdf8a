package org.lemmalab.stats;

/**
 * One repetition of a random experiment: a pure function of its index, so that a trial is the same on every thread.
 *
 * <p>A trial that throws, or gives a value that is not finite, is counted as invalid and against the claim.
 */
@FunctionalInterface
public interface Trial {
    /** The value of trial {@code index >= 0}; 1 for a failure and 0 otherwise where a {@link Proportion} decides. */
    double at(long index);
}
