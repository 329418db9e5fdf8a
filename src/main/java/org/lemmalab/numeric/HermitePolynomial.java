package org.lemmalab.numeric;

/** The probabilists' Hermite polynomials {@code He_0 = 1, He_1 = z, He_(k+1) = z He_k - k He_(k-1)}, orthogonal under N(0, 1). */
public final class HermitePolynomial {
    private HermitePolynomial() {}

    /** The unnormalised {@code He_k(z)}, {@code E He_k(G)^2 = k!}. @throws IllegalArgumentException if {@code k < 0} */
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

    /** The orthonormal {@code h_k = He_k / sqrt(k!)}: {@code h_(k+1) = (z h_k - sqrt(k) h_(k-1)) / sqrt(k+1)}. @throws IllegalArgumentException if {@code k < 0} */
    public static double orthonormal(int k, double z) {
        Arguments.atLeast("k", k, 0);
        double last = 0;
        double value = 1;
        for (int i = 0; i < k; i++) {
            double next = (z * value - Math.sqrt(i) * last) / Math.sqrt(i + 1);
            last = value;
            value = next;
        }
        return value;
    }
}
