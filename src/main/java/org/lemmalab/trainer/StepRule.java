package org.lemmalab.trainer;

import org.lemmalab.numeric.Arguments;

/**
 * How one gradient step on {@code (1/m) sum_i (threshold - y_i h(x_i))_+} is made (D20, section 1).
 *
 * @param threshold where the hinge ends
 * @param rate eta; a negative one climbs the loss
 * @param hinge whether an example beyond the hinge is left out; false gives Lemma 7's {@code W + eta G}
 */
public record StepRule(double threshold, double rate, boolean hinge) {

    /** @throws IllegalArgumentException if a number is not finite */
    public StepRule {
        Arguments.finite("threshold and rate", new double[] {threshold, rate});
    }

    /** Theorem 1's step: threshold {@code ln d}, {@code eta = m ln d / d}. */
    public static StepRule of(int d, int m) {
        double threshold = Math.log(Arguments.atLeast("d", d, 1));
        return new StepRule(threshold, Arguments.atLeast("m", m, 1) * threshold / d, true);
    }

    /** The same with another threshold. */
    public StepRule withThreshold(double other) {
        return new StepRule(other, rate, hinge);
    }

    /** The same with another rate. */
    public StepRule withRate(double other) {
        return new StepRule(threshold, other, hinge);
    }

    /** The same with every example taking part. */
    public StepRule withoutHinge() {
        return new StepRule(threshold, rate, false);
    }

    /** Whether an example with output h and label y takes part. */
    boolean uses(double h, double y) {
        return !hinge || y * h < threshold;
    }
}
