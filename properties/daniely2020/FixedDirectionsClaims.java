package daniely2020;

import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.ChiSquareTail;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;

/**
 * The step of all examples but one in two fixed directions, {@code T = sum_(i < m) y_i <s'(W x_i), u> <x_i, z>}.
 *
 * <h2>Source</h2>
 *
 * D20, proof of Lemma 9: Claim 10 and the display after it.
 *
 * <h2>Statement</h2>
 *
 * For unit u and z the summands are independent and centred, and with {@code K = (8/3) sup |s'|}
 *
 * <pre>{@code
 * P(|T| >= r) <= 2 exp(-min(r^2/(4 (m-1) K^2), r/(2K)));      the first entry is the smaller one for r <= 2 (m-1) K
 * E <s'(W x), u> = (sum_j u_j) E s'(G) = 0
 * }</pre>
 *
 * <p>The summand is centred through y alone, {@code <s'(W x), u>} only through the hypothesis {@code E s'(G) = 0}.
 *
 * <h2>Instances</h2>
 *
 * Directions {@code e_1}, the diagonal and uniformly random ones, random orthonormal W, every activation of the list. Exact laws for {@code |z|}: T is
 * {@code N(0, m-1)} for {@code u = e_1}, {@code z = w_1}; and with one example, the diagonal u and z orthogonal to all neurons, T is
 * {@code (2 Bin(q, 1/2) - q)/sqrt q} times an independent Gaussian.
 *
 * <h2>How it is checked</h2>
 *
 * The exact laws in logarithms, out to 60 standard deviations; samples at probability 0.1. The means: the summand cut to [-4, 4], which keeps the
 * symmetry that y gives; {@code <s'(W x), u>} as it is, at most {@code L sqrt q = 4 L} for unit u. Its terms are independent with variance at most
 * {@code L^2 u_j^2}, so the whole has variance at most {@code L^2}, and a tenth of L is told apart by some thousand samples.
 *
 * <h2>Falsifiers</h2>
 *
 * K a quarter too small for Gaussian sums; no linear branch; y left out; ReLU's slopes taken for centred ones; a twentieth of a slope that is too much.
 */
class FixedDirectionsClaims {
    private static final int D = 20;
    private static final int Q = 16;

    @Provide
    Arbitrary<DecentActivation> balanced() {
        return Arbitraries.of(BalancedActivations.ALL);
    }

    @Provide
    Arbitrary<Direction> directions() {
        return Arbitraries.of(Direction.values());
    }

    /** A unit vector. */
    enum Direction {
        AXIS,
        DIAGONAL,
        RANDOM;

        double[] in(int n, RandomStream stream) {
            double[] v = new double[n];
            if (this == RANDOM) {
                return OrthonormalRows.draw(1, n, stream).data;
            }
            for (int k = 0; k < n; k++) {
                v[k] = this == DIAGONAL ? 1 / Math.sqrt(n) : k == 0 ? 1 : 0;
            }
            return v;
        }
    }

    /** Neurons and directions; z is u carried over by the neurons, {@code z = W^T u}, when the two are aligned. */
    private record Pair(DecentActivation s, DMatrixRMaj w, double[] u, double[] z) {
        static Pair of(DecentActivation s, Direction first, Direction second, RandomStream stream) {
            DMatrixRMaj w = OrthonormalRows.draw(Q, D, stream.part("weights"));
            return new Pair(s, w, first.in(Q, stream.part("u")), second.in(D, stream.part("z")));
        }

        static Pair aligned(DecentActivation s, Direction direction, RandomStream stream) {
            DMatrixRMaj w = OrthonormalRows.draw(Q, D, stream.part("weights"));
            double[] u = direction.in(Q, stream.part("u"));
            return new Pair(s, w, u, LinearAlgebra.productTransA(w, u));
        }

        double summand(RandomStream stream) {
            double[] x = PointLaw.GAUSSIAN.rows(1, D, stream).data;
            return slopes(x) * LinearAlgebra.dot(x, z);
        }

        /** {@code <s'(W x), u>}. */
        double slopes(RandomStream stream) {
            return slopes(PointLaw.GAUSSIAN.rows(1, D, stream).data);
        }

        private double slopes(double[] x) {
            double[] slopes = LinearAlgebra.product(w, x);
            for (int j = 0; j < slopes.length; j++) {
                slopes[j] = s.derivative(slopes[j]);
            }
            return LinearAlgebra.dot(slopes, u);
        }
    }

    /** The exponent of the bound for n summands. */
    private interface Exponent {
        double at(double r, double n);
    }

    private static double bernstein(double r, double n, double k) {
        return Math.min(r * r / (4 * n * k * k), r / (2 * k));
    }

    /** The r at which the bound is delta. */
    private static double quantile(double delta, double n, double k) {
        double log = Math.log(2 / delta);
        return 2 * k * Math.max(Math.sqrt(n * log), log);
    }

    @Claim(
            id = "D20.lem9.bern",
            statement =
                    "P\\Big(\\Big|\\tfrac{\\ln d}{d \\sqrt q} \\sum_{i < m} y_i \\langle \\sigma'(W x_i), u \\rangle \\langle x_i, z"
                            + " \\rangle\\Big| \\ge t\\Big) \\le \\exp\\Big(-\\Omega\\Big(\\min\\Big(\\frac{t^2 d^2 q}{m \\ln^2 d}, \\frac{t d \\sqrt"
                            + " q}{\\ln d}\\Big)\\Big)\\Big)",
            hypotheses =
                    "$\\|u\\| = \\|z\\| = 1$; with constants: $P(|T| \\ge r) \\le 2\\exp(-\\min(r^2/(4(m-1)K^2), r/(2K)))$ for the sum $T$ and"
                            + " $K = \\tfrac83 \\|\\sigma'\\|_\\infty$")
    void theSumInTwoFixedDirectionsHasABernsteinTail(
            @ForAll("balanced") DecentActivation s,
            @ForAll("directions") Direction u,
            @ForAll("directions") Direction z,
            ClaimRun run) {
        run.covers(s.name()).covers(u + ", " + z).covers("one summand").covers("aligned directions");
        run.note("The factor 2 of the two-sided inequality is left to the Omega in the paper.");
        double k = 8.0 / 3;
        double[] counts = {1, 50, 10_000};
        double[] deviations = DoubleStream.iterate(1, r -> r <= 60, r -> r + 1).toArray();
        Exponent claimed = (r, n) -> bernstein(r, n, k);
        run.check("one neuron of the absolute value, exact", claimed, (form, lab) -> {
                    double[] exponents = new double[counts.length * deviations.length];
                    double[] logs = new double[exponents.length];
                    for (int i = 0; i < exponents.length; i++) {
                        double n = counts[i / deviations.length];
                        double standard = deviations[i % deviations.length];
                        exponents[i] = form.at(standard * Math.sqrt(n), n);
                        logs[i] = Math.log(2) - ChiSquareTail.logUpper(1, standard * standard);
                    }
                    return Comparison.atMost(exponents, logs, 1e-9, "1e-12 of logarithms of at most 1801");
                })
                .falsifiedBy("K = 0.65", (r, n) -> bernstein(r, n, 0.65))
                .falsifiedBy("1/n for 1/(4 n K^2)", (r, n) -> r * r / n);
        run.check("one example, all neurons of the absolute value, exact", claimed, (form, lab) -> {
                    double[] exponents = DoubleStream.of(deviations)
                            .map(r -> form.at(4 * r, 1))
                            .toArray();
                    double[] logs = DoubleStream.of(deviations)
                            .map(r -> Math.log(2) - productLog(4 * r, 400))
                            .toArray();
                    return Comparison.atMost(exponents, logs, 1e-9, "1e-12 of logarithms of at most 300");
                })
                .falsifiedBy("no linear branch", (r, n) -> r * r / (4 * n * k * k))
                .falsifiedBy("K = 0.4", (r, n) -> bernstein(r, n, 0.4));
        int n = 20;
        run.check("drawn, probability 0.1", k, (norm, lab) -> {
                    RandomStream setting = lab.stream().part("setting");
                    Pair drawn = Pair.of(s, u, z, setting);
                    Pair diagonal = Pair.aligned(BalancedActivations.ABSOLUTE_VALUE, Direction.DIAGONAL, setting);
                    double radius = quantile(0.05, n, norm);
                    return lab.failsAtMost(0.1, stream -> {
                        double first = 0;
                        double second = 0;
                        for (int i = 0; i < n; i++) {
                            first += stream.sign() * drawn.summand(stream);
                            second += stream.sign() * diagonal.summand(stream);
                        }
                        return Math.abs(first) >= s.lipschitz() * radius || Math.abs(second) >= radius;
                    });
                })
                .falsifiedBy("K = 0.45", 0.45);
    }

    /** {@code ln P(|A G| >= r)}, A the normalized sum of q signs and G standard normal. */
    private static double productLog(double r, int q) {
        double logMass = -q * Math.log(2);
        double[] logs = new double[q + 1];
        double best = Double.NEGATIVE_INFINITY;
        for (int j = 0; j <= q; j++) {
            double a = (2 * j - q) / Math.sqrt(q);
            logs[j] = a == 0 ? Double.NEGATIVE_INFINITY : logMass + ChiSquareTail.logUpper(1, Math.pow(r / a, 2));
            best = Math.max(best, logs[j]);
            logMass += Math.log((q - j) / (j + 1.0));
        }
        double most = best;
        return best
                + Math.log(DoubleStream.of(logs).map(v -> Math.exp(v - most)).sum());
    }

    @Claim(
            id = "D20.claim10.centered",
            statement =
                    "\\mathbb E\\, y \\langle \\sigma'(Wx), u \\rangle \\langle x, z \\rangle = 0, \\qquad \\mathbb E \\langle \\sigma'(Wx), u"
                            + " \\rangle = \\mathbb E \\sigma'(G) \\sum_j u_j = 0",
            hypotheses = "$y$ a fair sign independent of $x$; the second by $\\mathbb E \\sigma'(G) = 0$")
    void theSummandsAreCentred(
            @ForAll("balanced") DecentActivation s,
            @ForAll("directions") Direction u,
            @ForAll("directions") Direction z,
            ClaimRun run) {
        run.covers(s.name()).covers(u + ", " + z).covers("aligned directions");
        run.note("The sum has m - 1 terms, one less than its index in the paper says.");
        run.check("drawn pair and aligned pair", true, (labelled, lab) -> {
                    RandomStream setting = lab.stream().part("setting");
                    Pair drawn = Pair.of(s, u, z, setting);
                    Pair aligned = Pair.aligned(BalancedActivations.ABSOLUTE_VALUE, Direction.AXIS, setting);
                    return lab.meanEquals(
                            0,
                            0.2,
                            new Bounded(-8, 8),
                            stream -> stream.sign() * cut(drawn.summand(stream))
                                    + (labelled ? stream.sign() : 1) * cut(aligned.summand(stream)));
                })
                .falsifiedBy("y left out for the aligned pair", false);
        double sum = 4; // of the diagonal's 16 coordinates
        run.check("slopes in the diagonal direction, ReLU", 0.5, (meanSlope, lab) -> {
                    Pair relu = Pair.aligned(
                            DecentActivation.RELU,
                            Direction.DIAGONAL,
                            lab.stream().part("setting"));
                    return lab.meanEquals(meanSlope * sum, 0.1, new Bounded(0, sum), relu::slopes);
                })
                .falsifiedBy("0, without E s' = 0", 0.0)
                .falsifiedBy("1.2 of it", 0.6);
        run.check("slopes in the diagonal direction", s, (form, lab) -> {
                    Pair pair =
                            Pair.aligned(form, Direction.DIAGONAL, lab.stream().part("setting"));
                    double most = sum * form.lipschitz() * (1 + 16 * 0x1p-53); // attained up to rounding
                    return lab.meanEquals(0, form.lipschitz() / 10, new Bounded(-most, most), pair::slopes);
                })
                .falsifiedBy("s + L z/20", s.plusLinear("tilted", s.lipschitz() / 20, 1.05 * s.lipschitz()))
                .falsifiedBy("tanh", DecentActivation.TANH);
    }

    private static double cut(double value) {
        return Math.max(-4, Math.min(4, value));
    }
}
