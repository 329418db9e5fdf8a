package daniely2019;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.HermiteExpansion;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Rate;

/**
 * The explicit classifier of the memorization theorem: its values at the sample and its norm.
 *
 * <h2>Source</h2>
 *
 * D19, Theorem 16 and appendix A.4.
 *
 * <h2>Statement</h2>
 *
 * With {@code f(x) = sum_i y_i <x_i, x>^c'}, {@code g(w) = sum_i (y_i / a'_(c'-1)) h_(c'-1)(<x_i, w>) x_i}, {@code v = (g(w_1), ..., g(w_q)) / sqrt(q)} and
 * {@code f_omega(x) = <v, Psi(x)> = 1/q sum_j <g(w_j), s'(<w_j, x>) x>}, for {@code m = d^c}, with high probability
 *
 * <pre>{@code
 * f_omega(x_i) = y_i + (f(x_i) - y_i) + O~(sqrt(m / (d q))),
 * P(|v|^2 >= |g|^2 / delta) <= delta,     E |v|^2 = |g|^2 = sum_ij y_i y_j <x_i, x_j>^c' / a'_(c'-1)^2 = O(m).
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * ReLU, {@code m = d^1.5}, c' = 2 and 4; d = 16, 36 and 64.
 *
 * <h2>How it is checked</h2>
 *
 * The root mean square over the sample of {@code f_omega - f} has exponent -1/2 in q (from 64 to 1024 neurons, up to 0.15) and at most 1/2 in m/d (from d = 16
 * to 64 at q = 128, c' = 2, up to 0.2). At {@code q = 512 m/d} more than 0.98 of the signs are right, and at d = 36 all signs of f itself are right for c' = 4, with failures in one
 * of twenty draws at most against one in five. Markov's inequality by frequencies at delta = 1/2, 1/5, 1/10; {@code |g|^2} within
 * a tenth of {@code m / a'_3^2} at d = 36, where the products {@code <x_i, x_j>^4} add about a hundredth.
 *
 * <h2>Falsifiers</h2>
 *
 * Exponents -1 and -1/6 in q, 0 in m/d; {@code q = m/d} and {@code 16 m/d}; c' = 2, which is not above {@code 4 c + 2}. {@code |v|^2 >= |g|^2} without 1/delta;
 * and for {@code |g|^2} the squared norm of the least interpolant of the values of f, or {@code c'} times {@code m / a'_3^2}.
 */
class ExplicitClassifierClaims {
    /** A sample, the classifier's exponent c', 2 or 4, and its drawn neurons. */
    private record Classifier(DMatrixRMaj points, double[] y, int exponent, DMatrixRMaj weights) {
        static Classifier draw(int d, int exponent, int q, RandomStream stream) {
            int m = MemorizationTask.size(d);
            return new Classifier(
                    PointLaw.SPHERE.rows(m, d, stream.part("points")),
                    stream.part("labels").signs(m),
                    exponent,
                    PointLaw.GAUSSIAN.rows(q, d, stream.part("omegas")));
        }

        /** {@code <x_i, x_j>^c'}. */
        private DMatrixRMaj powers() {
            DMatrixRMaj powers = LinearAlgebra.gram(points);
            for (int k = 0; k < powers.getNumElements(); k++) {
                double square = powers.data[k] * powers.data[k];
                powers.data[k] = exponent == 2 ? square : square * square;
            }
            return powers;
        }

        /** {@code f(x_i)}. */
        double[] limits() {
            return LinearAlgebra.product(powers(), y);
        }

        /** {@code |g|^2}. */
        double normOfG() {
            return LinearAlgebra.dot(y, limits()) / (COEFFICIENTS[exponent - 1] * COEFFICIENTS[exponent - 1]);
        }

        /** {@code g(w_j)}, q x d. */
        private DMatrixRMaj directions(DMatrixRMaj z) {
            DMatrixRMaj h = new DMatrixRMaj(z.numRows, z.numCols);
            for (int k = 0; k < z.getNumElements(); k++) {
                h.data[k] = y[k % y.length]
                        / COEFFICIENTS[exponent - 1]
                        * HermitePolynomial.orthonormal(exponent - 1, z.data[k]);
            }
            return LinearAlgebra.product(h, points);
        }

        /** {@code |v|^2}. */
        double normOfV() {
            DMatrixRMaj g = directions(LinearAlgebra.productTransB(weights, points));
            return LinearAlgebra.dot(g.data, g.data) / g.numRows;
        }

        /** {@code f_omega(x_i)}. */
        double[] values() {
            DMatrixRMaj z = LinearAlgebra.productTransB(weights, points);
            DMatrixRMaj products = LinearAlgebra.productTransB(directions(z), points);
            double[] values = new double[y.length];
            for (int k = 0; k < z.getNumElements(); k++) {
                values[k % y.length] += products.data[k] * DecentActivation.RELU.derivative(z.data[k]) / z.numRows;
            }
            return values;
        }

        /** The root mean square of {@code f_omega - f} over the sample. */
        double fluctuation() {
            double[] values = values();
            double[] limits = limits();
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += (values[i] - limits[i]) * (values[i] - limits[i]);
            }
            return Math.sqrt(sum / values.length);
        }
    }

    private static final double[] COEFFICIENTS = HermiteExpansion.ofDerivative(DecentActivation.RELU, 4);

    @Claim(
            id = "D19.thm16-a",
            statement = "f_\\omega(x_i) = y_i + O\\Big(\\frac{\\log^{c'/2}(d/\\delta)}{d}\\Big)"
                    + " + O\\Big(\\sqrt{\\frac{d^{c-1} \\log^{c'+2}(d/\\delta)}{q}}\\Big)",
            hypotheses = "for all $i$, w.p. $1 - \\delta - 2^{-\\Omega(d)}$; here ReLU, $c = 1.5$, $c' = 2, 4$",
            instances = 1)
    void explicitClassifierHasTheLabelsAsValues(ClaimRun run) {
        run.note("The exponent of 2 in the probability is printed without its sign; the proof has it.");
        for (int exponent : new int[] {2, 4}) {
            run.covers("c' = " + exponent);
            run.check("exponent in q, c' = " + exponent, -0.5, (b, lab) -> neurons(b, exponent, lab))
                    .falsifiedBy("-1", -1.0)
                    .falsifiedBy("-1/6", -1.0 / 6);
        }
        run.check("exponent in m/d, c' = 2", 0.5, (b, lab) -> dimensions(b, lab))
                .falsifiedBy("0", 0.0);
        run.check(
                        "share of right signs, c' = 4, d = 16",
                        512,
                        (kappa, lab) -> Mean.atLeast(0.98, 0.12, new Bounded(0, 1))
                                .decide(
                                        index -> {
                                            Classifier drawn = Classifier.draw(
                                                    16,
                                                    4,
                                                    4 * kappa,
                                                    lab.stream().trial(index));
                                            return MemorizationTask.memorized(drawn.values(), drawn.y);
                                        },
                                        lab.terms()))
                .falsifiedBy("q = m/d", 1)
                .falsifiedBy("q = 16 m/d", 16);
        run.check(
                        "all signs of f, d = 36",
                        4,
                        (exponent, lab) -> lab.failsAtMost(0.05, 0.2, stream -> {
                            Classifier drawn = Classifier.draw(36, exponent, 1, stream);
                            return MemorizationTask.memorized(drawn.limits(), drawn.y) < 1;
                        }))
                .falsifiedBy("c' = 2", 2);
    }

    private static Decision neurons(double b, int exponent, Lab lab) {
        double[] sizes = {64, 1024};
        return Rate.perReplicate(b, 0.15, sizes)
                .decide(
                        index -> new double[] {
                            fluctuation(16, exponent, 64, lab.stream().trial(index)),
                            fluctuation(16, exponent, 1024, lab.stream().trial(index))
                        },
                        lab.terms());
    }

    private static Decision dimensions(double b, Lab lab) {
        double[] ratios = {4, 8};
        return Rate.perReplicate(b, 0.2, ratios)
                .atMost()
                .clippedTo(b - 0.5, b + 1)
                .decide(
                        index -> new double[] {
                            fluctuation(16, 2, 128, lab.stream().trial(index)),
                            fluctuation(64, 2, 128, lab.stream().trial(index))
                        },
                        lab.terms());
    }

    private static double fluctuation(int d, int exponent, int q, RandomStream stream) {
        return Classifier.draw(d, exponent, q, stream.part("d = " + d).part("q = " + q))
                .fluctuation();
    }

    /** What divides: {@code |v|^2 >= size / delta^power}. */
    private record Threshold(double power, boolean interpolant) {
        boolean exceededBy(Classifier drawn, double delta) {
            double[] f = drawn.limits();
            double size = interpolant
                    ? LinearAlgebra.cholesky(ReluGramMatrix.of(drawn.points)).quadraticForm(f)
                    : drawn.normOfG();
            return drawn.normOfV() >= size / Math.pow(delta, power);
        }
    }

    @Claim(
            id = "D19.thm16-b",
            statement = "P\\big(\\|v\\|^2 \\ge \\|g\\|^2/\\delta\\big) \\le \\delta, \\qquad"
                    + " \\mathbb E \\|v\\|^2 = \\|g\\|^2 = O(m) + O\\Big(\\frac{\\log^{c'/2}(d/\\delta)}{d}\\Big)",
            hypotheses = "here ReLU, $c = 1.5$, $c' = 2, 4$, $q = 50$",
            instances = 1)
    void explicitClassifierIsShort(ClaimRun run) {
        run.note(
                "Printed with the norm of f; that of the representative g is what is computed, and at least as large (D19.lem8-2).");
        for (double delta : new double[] {0.5, 0.2, 0.1}) {
            if (delta < 0.5) {
                markov(run, 2, delta).falsifiedBy("no 1/delta", new Threshold(0, false));
                markov(run, 4, delta).falsifiedBy("no 1/delta", new Threshold(0, false));
            } else {
                markov(run, 4, delta).falsifiedBy("least interpolant of f for g", new Threshold(1, true));
            }
        }
        run.check(
                        "|g|^2 is m/a'^2 up to 10%, c' = 4, d = 36",
                        1.0,
                        (factor, lab) -> lab.failsAtMost(0.02, 0.1, stream -> {
                            Classifier drawn = Classifier.draw(36, 4, 1, stream);
                            double unit = drawn.y.length / (COEFFICIENTS[3] * COEFFICIENTS[3]);
                            return Math.abs(drawn.normOfG() - factor * unit) > 0.1 * unit;
                        }))
                .falsifiedBy("c'/a'^2", 4.0)
                .falsifiedBy("1.25/a'^2", 1.25);
    }

    private static Check<Threshold> markov(ClaimRun run, int exponent, double delta) {
        return run.check(
                "Markov, delta = " + delta + ", c' = " + exponent + ", d = 16",
                new Threshold(1, false),
                (threshold, lab) -> lab.failsAtMost(
                        delta,
                        Math.min(0.75, 2 * delta),
                        stream -> threshold.exceededBy(Classifier.draw(16, exponent, 50, stream), delta)));
    }
}
