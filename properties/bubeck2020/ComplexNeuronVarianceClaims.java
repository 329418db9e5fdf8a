package bubeck2020;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;

/**
 * The complex neuron has squared norm of order n when the squares of the labels are at most {@code n gamma^2}.
 *
 * <h2>Source</h2>
 *
 * B20, Lemma 6, first display. Its hypothesis is printed {@code y_i <= n gamma^2}; Lemma 4 and Theorem 4 print {@code y_i^2 <= n gamma^2}.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * n gamma^(m-2) <= 1/2,  y_i^2 <= n gamma^2,  |y|^2 <= n:   E |g|^2 <= C_m n
 * }</pre>
 *
 * <p>At orthonormal points {@code w.x_j} are independent and {@code v.x_j = tau_j h_(m-1)(w.x_j)}, {@code tau_j^2 = y_j^2/(n gamma^2)}; {@code E g_j^2} is a
 * polynomial in {@code tau_j^2} ({@link ComplexNeuronVariance}), and {@code C_m} its value at 1: 33/8, 701/9, 537248.3, 7.0e12 for m = 2 to 5, 5e36 for m = 7.
 *
 * <h2>Instances</h2>
 *
 * Orthonormal points, m = 5, 6, 7, n = 16 to 1024. Labels of one size on as many coordinates as {@code |y|^2 <= n} allows: {@code y_j^2 = n gamma^2},
 * {@code y_j^2 = 1}; {@code gamma = n^(-1/4)}, where {@code y_1 = n gamma^2 = sqrt n} has the norm {@code |y|^2 = n}, and {@code gamma = n^(-1/2)}, where all
 * {@code tau_j} are 1.
 *
 * <h2>How it is checked</h2>
 *
 * By integer moments, exact but for the last rounding; for m = 2, 3, 4 these are compared with 20 Gauss-Hermite nodes and 2m + 1 phases, exact for degree
 * {@code 2m(m-1) <= 24} in w and 2m - 2 in a.
 *
 * <h2>Falsifiers</h2>
 *
 * The printed condition; {@code |y_j| <= (n gamma^2)^(3/4)}; {@code 0.9 C_m}; no product {@code c_0 c_2}.
 */
class ComplexNeuronVarianceClaims {
    private static final double[] SIZES = {16, 64, 256, 1024};

    /** The largest label that a condition admits, as a function of {@code n gamma^2}. */
    private record Condition(DoubleUnaryOperator largest) {
        static final Condition SQUARED = new Condition(Math::sqrt);
        static final Condition PRINTED = new Condition(scale -> scale);

        /** {@code E |g|^2} for the largest labels on as many coordinates as {@code |y|^2 <= n} allows. */
        double squaredNorm(int m, double n, double gamma) {
            double scale = n * gamma * gamma;
            double square = Math.pow(largest.applyAsDouble(scale), 2);
            double count = Math.floor(n / square * (1 + 1e-12));
            ComplexNeuronVariance variance = ComplexNeuronVariance.of(m);
            return count * variance.at(square / scale) + (n - count) * variance.at(0);
        }
    }

    @Claim(
            id = "B20.lem6",
            statement = "y_i \\le n\\gamma^2 \\;\\Longrightarrow\\; \\mathbb E \\|\\mathbf g\\|^2 \\le C_m n",
            hypotheses = "(14), (19): $n \\gamma^{m-2} \\le 1/2$; $C_m$ depends on $m$ only",
            correction =
                    "y_i^2 \\le n\\gamma^2,\\; \\|\\mathbf y\\|^2 \\le n \\;\\Longrightarrow\\; \\mathbb E \\|\\mathbf g\\|^2 \\le C_m n",
            derivation =
                    "For orthonormal points $v \\cdot x_1 = \\tau h_{m-1}(w \\cdot x_1)$ with $\\tau^2 = y_1^2/(n\\gamma^2)$, and $\\mathbb E g_1^2$ is a polynomial of"
                            + " degree $m$ in $\\tau^2$. With $\\gamma = n^{-1/4}$, $y_1 = n\\gamma^2 = \\sqrt n$, $m = 7$ it grows like $n^{7/2}$:"
                            + " $\\mathbb E g_1^2/n = 5.8\\cdot 10^{39}, \\ldots, 1.9\\cdot 10^{44}$ for $n = 16, \\ldots, 1024$. The square is in Lemma 4 and Theorem 4; the proof"
                            + " uses it with $\\|\\mathbf y\\|^2 = O(n)$.")
    void squaresOfLabelsKeepTheVarianceBounded(ClaimRun run) {
        run.covers("gamma = n^(-1/4)").covers("gamma = n^(-1/2)");
        run.note("C_m is 5e36 at m = 7: the lemma says that a constant exists, no more.");
        run.check("growth, m = 7, gamma = n^(-1/4)", Condition.SQUARED, (condition, lab) -> {
                    double[] norms = new double[SIZES.length];
                    for (int k = 0; k < SIZES.length; k++) {
                        norms[k] = condition.squaredNorm(7, SIZES[k], Math.pow(SIZES[k], -0.25));
                    }
                    return Rate.perReplicate(1, 0.05, SIZES).atMost().decideExactly(norms);
                })
                .printedAs("y_i <= n gamma^2", Condition.PRINTED)
                .falsifiedBy("|y_i| <= (n gamma^2)^(3/4)", new Condition(scale -> Math.pow(scale, 0.75)));
        run.check("constant E g^2 at tau = 1", new Bound(Condition.SQUARED, 1), (bound, lab) -> bound.decide())
                .printedAs("y_i <= n gamma^2", new Bound(Condition.PRINTED, 1))
                .falsifiedBy("0.9 of it", new Bound(Condition.SQUARED, 0.9));
        run.check("moments by quadrature, m = 2, 3, 4", 1.0, (cross, lab) -> {
                    List<Double> exact = new ArrayList<>();
                    List<Double> quadrature = new ArrayList<>();
                    for (int m = 2; m <= 4; m++) {
                        for (double tauSquared : new double[] {0, 0.25, 1, 2}) {
                            double value = quadrature(m, Math.sqrt(tauSquared));
                            exact.add(new ComplexNeuronVariance(m, cross).at(tauSquared) / value);
                            quadrature.add(1.0);
                        }
                    }
                    return Comparison.equal(
                            array(exact), array(quadrature), 1e-10, "positive terms, nodes and weights to 1e-12");
                })
                .falsifiedBy("no product c_0 c_2", 0.0)
                .falsifiedBy("half of it", 0.5);
    }

    /** {@code E |g|^2 <= factor C_m n} for labels under a condition. */
    private record Bound(Condition condition, double factor) {
        Decision decide() {
            List<Double> ratios = new ArrayList<>();
            for (int m = 5; m <= 7; m++) {
                double constant = ComplexNeuronVariance.of(m).at(1);
                for (double n : SIZES) {
                    for (double gamma : new double[] {Math.pow(n, -0.5), Math.pow(n, -0.4), Math.pow(n, -0.25)}) {
                        if (n * Math.pow(gamma, m - 2) <= 0.5) {
                            ratios.add(condition.squaredNorm(m, n, gamma) / (constant * n));
                        }
                    }
                }
            }
            return Comparison.atMost(array(ratios), factor, 1e-12, "a polynomial of degree 7 with positive values");
        }
    }

    /** {@code E g^2} at tau by nodes and phases. */
    private static double quadrature(int m, double tau) {
        int phases = 2 * m + 1;
        return GaussHermite.of(20).expectation(w -> {
            double step = tau * HermitePolynomial.orthonormal(m - 1, w);
            double sum = 0;
            for (int k = 0; k < phases; k++) {
                double g = HarmonicSample.neuron(m, w, step, 2 * Math.PI * k / phases);
                sum += g * g / phases;
            }
            return sum;
        });
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(x -> x).toArray();
    }
}
