package org.lemmalab.stats;

/**
 * One repetition of an experiment at all sizes of a ladder: a pure function of its index.
 *
 * <p>The rungs of one repetition may share their randomness; different repetitions are independent.
 */
@FunctionalInterface
public interface LadderTrial {
    /** The observables of repetition {@code index >= 0}, one per size, in the order of the sizes. */
    double[] at(long index);
}
