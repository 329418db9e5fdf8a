package org.lemmalab.concentration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.lemmalab.numeric.Arguments;

/** The law of a random variable with finitely many values; masses are kept as logarithms, so that tails of sums do not underflow. */
public final class DiscreteLaw {
    private final double[] values;
    private final double[] logMasses;

    private DiscreteLaw(double[] values, double[] logMasses) {
        this.values = values;
        this.logMasses = logMasses;
    }

    /**
     * The law with {@code P(X = values[i])} proportional to {@code masses[i]}; a value may stand more than once.
     *
     * @throws IllegalArgumentException when there is no value, the lengths differ, a value is not finite or a mass not finite and positive
     */
    public static DiscreteLaw of(double[] values, double[] masses) {
        Arguments.atLeast("number of values", values.length, 1);
        Arguments.same("number of masses", masses.length, "number of values", values.length);
        Arguments.finite("values", values);
        for (double mass : masses) {
            Arguments.positive("mass", mass);
        }
        double logTotal = Math.log(Arrays.stream(masses).sum());
        return new DiscreteLaw(
                values.clone(),
                Arrays.stream(masses).map(m -> Math.log(m) - logTotal).toArray());
    }

    /** Fair signs: 1 and -1 with probability 1/2 each. */
    public static DiscreteLaw signs() {
        return of(new double[] {1, -1}, new double[] {1, 1});
    }

    /** The values, in the order given; a new array. */
    public double[] values() {
        return values.clone();
    }

    /** {@code E f(X)}. */
    public double expectation(DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += Math.exp(logMasses[i]) * f.applyAsDouble(values[i]);
        }
        return sum;
    }

    /** {@code E X}. */
    public double mean() {
        return expectation(x -> x);
    }

    /** The largest {@code |x|} among the values. */
    public double bound() {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    /** {@code ln P(X = values[i])} for all i; a new array. */
    public double[] logMasses() {
        return logMasses.clone();
    }

    /** The law of {@code f(X)}. @throws IllegalArgumentException when {@code f} gives a value that is not finite */
    public DiscreteLaw map(DoubleUnaryOperator f) {
        return new DiscreteLaw(
                Arguments.finite("f(X)", Arrays.stream(values).map(f).toArray()), logMasses);
    }

    /** The law of {@code X - E X}. */
    public DiscreteLaw centered() {
        double mean = mean();
        return map(x -> x - mean);
    }

    /** The law of {@code X + Y} for independent X and Y; it lists all pairs of values. */
    public DiscreteLaw plus(DiscreteLaw other) {
        int n = other.values.length;
        double[] sums = new double[values.length * n];
        double[] logs = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = values[i / n] + other.values[i % n];
            logs[i] = logMasses[i / n] + other.logMasses[i % n];
        }
        return new DiscreteLaw(sums, logs);
    }

    /**
     * The law of the sum of {@code n} independent copies of X, which takes two values: a binomial law, {@code n + 1} values.
     *
     * @throws IllegalArgumentException when {@code n < 1} or X is not listed with two values
     */
    public DiscreteLaw copies(int n) {
        Arguments.atLeast("n", n, 1);
        Arguments.same("number of values", values.length, "two", 2);
        BinomialDistribution count = new BinomialDistribution(null, n, Math.exp(logMasses[0]));
        double[] sums = new double[n + 1];
        double[] logs = new double[n + 1];
        for (int k = 0; k <= n; k++) {
            sums[k] = k * values[0] + (n - k) * values[1];
            logs[k] = count.logProbability(k);
        }
        return new DiscreteLaw(sums, logs);
    }

    /** {@code ln P(|X| >= |values[i]|)} for all i. */
    public double[] logTails() {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(values[i])))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] tails = new double[values.length];
        double log = Double.NEGATIVE_INFINITY;
        int start = 0;
        while (start < order.length) { // values of equal size share their tail
            int end = start;
            double size = Math.abs(values[order[start]]);
            while (end < order.length && Math.abs(values[order[end]]) == size) {
                log = logOfSum(log, logMasses[order[end]]);
                end++;
            }
            for (; start < end; start++) {
                tails[order[start]] = Math.min(0, log);
            }
        }
        return tails;
    }

    private static double logOfSum(double a, double b) {
        double high = Math.max(a, b);
        return high + Math.log1p(Math.exp(Math.min(a, b) - high));
    }
}
