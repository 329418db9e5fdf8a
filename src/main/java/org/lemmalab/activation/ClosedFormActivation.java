package org.lemmalab.activation;

/**
 * An activation {@code s} whose Gaussian expectations are known in closed form. G is standard normal; the Hermite coefficients are
 * unnormalised, {@code l_k = E s(G) He_k(G)} with {@code E He_k^2 = k!} (G19, Theorem 1).
 */
public interface ClosedFormActivation extends Activation {

    /** The mean {@code m(v) = E s(sqrt(v) G)}, v at least 0. */
    double mean(double variance);

    /** The mean of the derivative, {@code E s'(sqrt(v) G)}; v above 0. */
    double meanDerivative(double variance);

    /** The derivative {@code m'(v) = E s''(sqrt(v) G) / 2} of the mean in the variance (Price's theorem); v above 0. */
    double meanSlope(double variance);

    /**
     * The product moment {@code E s(U) s(V)} of centred Gaussians.
     *
     * @param varianceU {@code E U^2}, above 0
     * @param varianceV {@code E V^2}, above 0
     * @param covariance {@code E U V}; what rounding adds beyond {@code sqrt(E U^2 E V^2)} is cut off
     */
    double productMoment(double varianceU, double varianceV, double covariance);

    /** The Hermite coefficient {@code l_0 = E s(G)}. */
    default double hermite0() {
        return mean(1);
    }

    /** The Hermite coefficient {@code l_1 = E s(G) G = E s'(G)}. */
    default double hermite1() {
        return meanDerivative(1);
    }

    /** The Hermite coefficient {@code l_2 = E s(G) (G^2 - 1) = E s''(G)}. */
    default double hermite2() {
        return 2 * meanSlope(1);
    }

    /** {@code E s(G)^2}. */
    default double secondMoment() {
        return productMoment(1, 1, 1);
    }

    /** What is left beyond the constant and the linear part: {@code l~ = E s(G)^2 - l_0^2 - l_1^2} (G19, Theorem 1, where {@code l_0 = 0}). */
    default double nonlinearity() {
        return secondMoment() - hermite0() * hermite0() - hermite1() * hermite1();
    }

    /** This activation less its mean {@code l_0}. */
    default ClosedFormActivation centred() {
        return new Shifted(this, hermite0());
    }
}
