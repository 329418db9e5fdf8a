package org.lemmalab.risk;

import java.util.Arrays;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.numeric.Arguments;

/**
 * The least population risk of networks {@code f = c + sum_i a_i (w_i . x)^2} with N neurons, all parameters free (G19 (1), (4)): exact at
 * finite dimension and width.
 */
public final class NetworkRisk {
    private NetworkRisk() {}

    /**
     * For a quadratic target: twice the sum of {@code l_i(B)^2} over all but the N eigenvalues of largest modulus (Eckart and Young).
     *
     * @throws IllegalArgumentException if {@code n < 0}
     */
    public static double of(QuadraticTarget target, int n) {
        return 2 * squaresBeyond(target.eigenvalues(), n);
    }

    /**
     * For a quadratic target, with {@code a_i = 1}: positive eigenvalues alone can be represented, the N largest of them (G19, Theorem 3,
     * where {@code B >= 0}).
     *
     * @throws IllegalArgumentException if {@code n < 0}
     */
    public static double withPositiveSecondLayer(QuadraticTarget target, int n) {
        return withSigns(target, n, 0);
    }

    /**
     * For a quadratic target, with {@code a_i = 1} for some neurons and {@code a_i = -1} for the others: as many of the largest positive and
     * of the smallest negative eigenvalues can be represented.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public static double withSigns(QuadraticTarget target, int positive, int negative) {
        double[] values = target.eigenvalues();
        double[] above = Arrays.stream(values).filter(value -> value > 0).toArray();
        double[] below = Arrays.stream(values).filter(value -> value < 0).toArray();
        return 2 * (squaresBeyond(above, positive) + squaresBeyond(below, negative));
    }

    /**
     * For a mixture: {@code 2 / (2 + sum l_i^2 / (1 + l_i^2))} over the N eigenvalues {@code l_i} of {@code Sigma^(-1/2) Delta Sigma^(-1/2)} of
     * largest modulus.
     *
     * @throws IllegalArgumentException if {@code n < 0}
     */
    public static double of(GaussianMixture mixture, int n) {
        double sum = 0;
        for (double square : largestSquares(mixture, n)) {
            sum += square / (1 + square);
        }
        return 2 / (2 + sum);
    }

    /**
     * The limit of G19, Theorem 6: {@code 2 / (2 + sum l_i^2)} over the same eigenvalues.
     *
     * @throws IllegalArgumentException if {@code n < 0}
     */
    public static double limit(GaussianMixture mixture, int n) {
        return 2 / (2 + Arrays.stream(largestSquares(mixture, n)).sum());
    }

    /** The squares of the {@code min(n, d)} eigenvalues of {@code Sigma^(-1/2) Delta Sigma^(-1/2)} of largest modulus, descending. */
    private static double[] largestSquares(GaussianMixture mixture, int n) {
        double[] squares = squares(mixture.whitenedEigen().values());
        return Arrays.copyOf(squares, Math.min(Arguments.atLeast("n", n, 0), squares.length));
    }

    private static double squaresBeyond(double[] values, int n) {
        Arguments.atLeast("number of neurons", n, 0);
        double[] squares = squares(values);
        double sum = 0;
        for (int i = squares.length - 1; i >= n; i--) {
            sum += squares[i];
        }
        return sum;
    }

    private static double[] squares(double[] values) {
        double[] ascending =
                Arrays.stream(values).map(value -> value * value).sorted().toArray();
        double[] descending = new double[ascending.length];
        for (int i = 0; i < ascending.length; i++) {
            descending[i] = ascending[ascending.length - 1 - i];
        }
        return descending;
    }
}
