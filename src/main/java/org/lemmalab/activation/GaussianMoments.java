package org.lemmalab.activation;

import org.lemmalab.numeric.GaussianIntegral;

/**
 * What D20 needs to know of an activation under the standard normal law, by quadrature split at the kinks.
 *
 * @param mean {@code E s(G)}
 * @param variance {@code Var s(G)}
 * @param meanSlope {@code E s'(G)}
 * @param squaredSlope {@code E s'(G)^2}
 * @param weightedSlope {@code E s'(G)^2 G^2}
 */
public record GaussianMoments(
        double mean, double variance, double meanSlope, double squaredSlope, double weightedSlope) {

    /** The moments of an activation of at most polynomial growth. */
    public static GaussianMoments of(Activation s) {
        double[] kinks = s.kinks();
        double mean = GaussianIntegral.expectation(s::value, kinks);
        return new GaussianMoments(
                mean,
                GaussianIntegral.expectation(z -> Math.pow(s.value(z) - mean, 2), kinks),
                GaussianIntegral.expectation(s::derivative, kinks),
                GaussianIntegral.expectation(z -> Math.pow(s.derivative(z), 2), kinks),
                GaussianIntegral.expectation(z -> Math.pow(z * s.derivative(z), 2), kinks));
    }
}
