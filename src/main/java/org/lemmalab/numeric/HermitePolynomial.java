package org.lemmalab.numeric;

/** The probabilists' Hermite polynomials {@code He_0 = 1, He_1 = z, He_(k+1) = z He_k - k He_(k-1)}, unnormalised: {@code E He_k(G)^2 = k!}. */
public final class HermitePolynomial {
    private HermitePolynomial() {}

    /** {@code He_k(z)}. @throws IllegalArgumentException if {@code k < 0} */
    public static double probabilists(int k, double z) {
        Arguments.atLeast("k", k, 0);
        double last = 0;
        double value = 1;
        for (int i = 0; i < k; i++) {
            double next = z * value - i * last;
            last = value;
            value = next;
        }
        return value;
    }
}
