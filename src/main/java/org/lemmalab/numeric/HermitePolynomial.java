package org.lemmalab.numeric;

import org.apache.commons.math3.complex.Complex;

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

    /** The orthonormal {@code h_k} at a complex number. @throws IllegalArgumentException if {@code k < 0} */
    public static Complex orthonormal(int k, Complex z) {
        Arguments.atLeast("k", k, 0);
        double re = 1;
        double im = 0;
        double lastRe = 0;
        double lastIm = 0;
        double weight = 0;
        for (int i = 0; i < k; i++) {
            double root = Math.sqrt(i + 1);
            double inverse = 1 / root;
            double nextRe = (z.getReal() * re - z.getImaginary() * im - weight * lastRe) * inverse;
            double nextIm = (z.getReal() * im + z.getImaginary() * re - weight * lastIm) * inverse;
            lastRe = re;
            lastIm = im;
            re = nextRe;
            im = nextIm;
            weight = root;
        }
        return new Complex(re, im);
    }
}
