package org.lemmalab.claim;

import org.lemmalab.stats.Decision;

/**
 * How a form of a claim is put to the test. The same experiment decides the claimed form and every wrong one, with the same
 * streams, sizes and error rates.
 *
 * @param <F> a form of the claim: a constant, a formula, a kernel
 */
@FunctionalInterface
public interface Experiment<F> {
    /** Decides one form. */
    Decision decide(F form, Lab lab);
}
