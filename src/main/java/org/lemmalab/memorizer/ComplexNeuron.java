package org.lemmalab.memorizer;

import java.util.Arrays;
import org.apache.commons.math3.complex.Complex;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.random.RandomStream;

/**
 * The complex neuron {@code g(x) = Re(z phi((w + i w') . x))} with {@code phi = h_m / sqrt(m)}, so that {@code phi' = h_(m-1)} (B20 section 5.2).
 *
 * @param degree m, at least 1
 * @param real w, length d
 * @param imaginary w', length d
 * @param factor z, on the unit circle
 */
public record ComplexNeuron(int degree, double[] real, double[] imaginary, Complex factor) {

    /**
     * Draws {@code w0 ~ N(0, I)}, moves it along {@code v = scale^-1/2 sum_i r_i h_(m-1)(w0 . x_i) x_i} by a complex phase a, {@code w + i w' = w0 + a v},
     * {@code z = 1/a}, and keeps the best of the 2m phases {@link #angles}. The mean over them of {@code r . g} is {@code scale^1/2 |v|^2} (B20 Lemma 5), so
     * the best has at least that.
     *
     * @param points n x d, unit rows
     * @param residual r, length n; zeros leave points out
     * @param degree m, at least 1
     * @param scale {@code n gamma^2}, finite and {@code > 0}
     * @throws IllegalArgumentException if an argument is not allowed
     */
    public static ComplexNeuron draw(
            DMatrixRMaj points, double[] residual, int degree, double scale, RandomStream stream) {
        Arguments.same("length of residual", residual.length, "rows of points", points.numRows);
        Arguments.atLeast("degree", degree, 1);
        Arguments.positive("scale", scale);
        double[] w = stream.gaussians(points.numCols);
        double[] v = direction(points, residual, degree, scale, w);
        double[] atStart = LinearAlgebra.product(points, w);
        double[] along = LinearAlgebra.product(points, v);
        double[] tries = angles(degree, stream);
        double angle = tries[0];
        double highest = Double.NEGATIVE_INFINITY;
        for (double tried : tries) {
            Complex phase = new Complex(Math.cos(tried), Math.sin(tried));
            double correlation = LinearAlgebra.dot(residual, values(degree, atStart, along, phase, phase.conjugate()));
            if (correlation > highest) {
                angle = tried;
                highest = correlation;
            }
        }
        return turned(degree, w, v, angle);
    }

    /**
     * The angles of the phases that {@link #draw} tries: 2m equispaced ones on the whole circle, from a random offset. The mean over them of {@code a^-1 a^j},
     * {@code a = exp(i angle)}, is 1 for j = 1 and 0 for the other j up to 2m, as for a uniform phase (B20 section 5.2).
     *
     * @param degree m, at least 1
     * @throws IllegalArgumentException if the degree is not allowed
     */
    public static double[] angles(int degree, RandomStream stream) {
        double[] angles = new double[2 * Arguments.atLeast("degree", degree, 1)];
        double offset = stream.uniform();
        Arrays.setAll(angles, k -> Math.PI * (k + offset) / degree);
        return angles;
    }

    /** The direction {@code v = scale^-1/2 sum_i r_i h_(m-1)(w . x_i) x_i} (B20 section 5.2); arguments as in {@link #draw}. */
    public static double[] direction(DMatrixRMaj points, double[] residual, int degree, double scale, double[] w) {
        double[] coefficients = LinearAlgebra.product(points, w);
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] =
                    residual[i] * HermitePolynomial.orthonormal(degree - 1, coefficients[i]) / Math.sqrt(scale);
        }
        return LinearAlgebra.productTransA(points, coefficients);
    }

    /** The neuron {@code w + i w' = w0 + a v}, {@code z = 1/a}, with the phase {@code a = exp(i angle)}. */
    public static ComplexNeuron turned(int degree, double[] w0, double[] v, double angle) {
        double[] real = new double[w0.length];
        double[] imaginary = new double[w0.length];
        for (int k = 0; k < w0.length; k++) {
            real[k] = w0[k] + Math.cos(angle) * v[k];
            imaginary[k] = Math.sin(angle) * v[k];
        }
        return new ComplexNeuron(degree, real, imaginary, new Complex(Math.cos(angle), -Math.sin(angle)));
    }

    /** The values {@code g(x_i)}, length n. @throws IllegalArgumentException if the points have another dimension */
    public double[] values(DMatrixRMaj points) {
        return values(
                degree,
                LinearAlgebra.product(points, real),
                LinearAlgebra.product(points, imaginary),
                Complex.I,
                factor);
    }

    /** {@code Re(factor phi(s_i + phase t_i))}. */
    private static double[] values(int degree, double[] s, double[] t, Complex phase, Complex factor) {
        double[] re = new double[s.length];
        double[] im = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            re[i] = s[i] + phase.getReal() * t[i];
            im[i] = phase.getImaginary() * t[i];
        }
        HermitePolynomial.orthonormal(degree, re, im);
        double[] values = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            values[i] = (factor.getReal() * re[i] - factor.getImaginary() * im[i]) / Math.sqrt(degree);
        }
        return values;
    }

    /** The ridge direction {@code w + j w'}, j from 0 to m. */
    public double[] ridge(int j) {
        double[] ridge = real.clone();
        for (int k = 0; k < ridge.length; k++) {
            ridge[k] += j * imaginary[k];
        }
        return ridge;
    }

    /** {@code M = m max_i (|w . x_i| + |w' . x_i|)}: every ridge's argument is within it on the points (B20 (25)). */
    public double reach(DMatrixRMaj points) {
        double[] s = LinearAlgebra.product(points, real);
        double[] t = LinearAlgebra.product(points, imaginary);
        double largest = 0;
        for (int i = 0; i < s.length; i++) {
            largest = Math.max(largest, Math.abs(s[i]) + Math.abs(t[i]));
        }
        return degree * largest;
    }
}
