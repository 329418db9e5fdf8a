package org.lemmalab.memorizer;

import org.apache.commons.math3.complex.Complex;
import org.lemmalab.numeric.Arguments;

/**
 * Writes the real part of a polynomial p of degree m at a complex point as a sum of m + 1 ridge functions of two real variables,
 * {@code Re(z p(s + i t)) = sum_j Re(z l_j(i)) p(s + j t)}, j = 0 .. m, for p with real coefficients (B20 Lemma 9 and Corollary 1): Lagrange
 * interpolation of {@code tau -> p(s + tau t)} at the nodes 0 .. m, evaluated at {@code tau = i}.
 */
public final class RidgeDecomposition {
    private RidgeDecomposition() {}

    /**
     * The values {@code l_0(i), ..., l_m(i)} of the Lagrange polynomials of the nodes 0 .. m at the imaginary unit; their sum is 1.
     *
     * @param m degree, at least 1
     * @throws IllegalArgumentException if {@code m < 1}
     */
    public static Complex[] lagrangeAtI(int m) {
        Arguments.atLeast("m", m, 1);
        Complex[] values = new Complex[m + 1];
        for (int j = 0; j <= m; j++) {
            Complex product = Complex.ONE;
            for (int l = 0; l <= m; l++) {
                if (l != j) {
                    product = product.multiply(new Complex(-l, 1)).divide(j - l);
                }
            }
            values[j] = product;
        }
        return values;
    }

    /**
     * The real coefficients {@code a_j = Re(z l_j(i))}, j = 0 .. m.
     *
     * @param m degree, at least 1
     * @param z any complex number
     * @throws IllegalArgumentException if {@code m < 1}
     */
    public static double[] coefficients(int m, Complex z) {
        Complex[] lagrange = lagrangeAtI(m);
        double[] a = new double[m + 1];
        for (int j = 0; j <= m; j++) {
            a[j] = z.multiply(lagrange[j]).getReal();
        }
        return a;
    }
}
