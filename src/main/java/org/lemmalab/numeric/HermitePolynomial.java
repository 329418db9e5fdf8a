package org.lemmalab.numeric;

import java.util.Arrays;
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
        double[] re = {z.getReal()};
        double[] im = {z.getImaginary()};
        orthonormal(k, re, im);
        return new Complex(re[0], im[0]);
    }

    /**
     * Replaces complex numbers by the orthonormal {@code h_k} there.
     *
     * @param re the real parts, overwritten
     * @param im the imaginary parts, as many, overwritten
     * @throws IllegalArgumentException if {@code k < 0} or the lengths differ
     */
    public static void orthonormal(int k, double[] re, double[] im) {
        Arguments.atLeast("k", k, 0);
        int n = re.length;
        Arguments.same("length of im", im.length, "length of re", n);
        double[] x = re.clone();
        double[] y = im.clone();
        double[] lastRe = new double[n];
        double[] lastIm = new double[n];
        Arrays.fill(re, 1);
        Arrays.fill(im, 0);
        for (int i = 0; i < k; i++) {
            double weight = Math.sqrt(i);
            double inverse = 1 / Math.sqrt(i + 1);
            for (int j = 0; j < n; j++) {
                double nextRe = (x[j] * re[j] - y[j] * im[j] - weight * lastRe[j]) * inverse;
                double nextIm = (x[j] * im[j] + y[j] * re[j] - weight * lastIm[j]) * inverse;
                lastRe[j] = re[j];
                lastIm[j] = im[j];
                re[j] = nextRe;
                im[j] = nextIm;
            }
        }
    }
}
