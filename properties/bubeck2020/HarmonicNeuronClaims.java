package bubeck2020;

import instances.UnbiasedBases;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.ComplexNeuron;
import org.lemmalab.memorizer.ReluMixture;
import org.lemmalab.memorizer.RidgeDecomposition;
import org.lemmalab.memorizer.RidgeNeuron;
import org.lemmalab.memorizer.RidgeNeuron.Selection;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * One ReLU neuron that correlates with the labels, found among the ridges of a complex neuron.
 *
 * <h2>Source</h2>
 *
 * B20, Theorem 4 and its proof.
 *
 * <h2>Statement</h2>
 *
 * For unit vectors with {@code |x_i . x_j| <= gamma}, {@code n gamma^(m-2) <= 1/2}, {@code y_i^2 <= n gamma^2}, {@code |y|^2 <= n} there is {@code f = s ReLU(w.x + b)} with
 *
 * <pre>{@code
 * y.f >= c_m log(n)^(-m^2/2) (n gamma^2)^(-1/2) |y|^2,   |f|^2 <= (n/c_m) log(n)^m,   |w|^2, b^2 <= C_m d log(n)^m.
 * }</pre>
 *
 * Its proof is a chain: a complex neuron g with {@code y.g >= (1/4) (n gamma^2)^(-1/2) |y|^2}; a mixture of ReLUs on its ridges, {@code |B| <= 2M}, whose mean correlation is
 * {@code (y.g)/K}, {@code K = sum_j |a_j| kappa(m, M)}; the best of them is at least as good; on the points {@code |w.x| <= M}, so that {@code |f|^2 <= 9 M^2 n}.
 *
 * <h2>Instances</h2>
 *
 * Two unbiased bases of R^16 and R^64, gamma = 1/4 and 1/8, m = 5; of R^64 with gamma = 1/4 and an orthonormal basis of R^64, m = 6. Random and balanced labels and spikes:
 * {@code 1/gamma^2} labels equal to {@code sqrt n gamma}.
 *
 * <h2>How it is checked</h2>
 *
 * Constants and logarithms are existential, so that the chain's links are what is checked. The mean over the mixture is computed, at m = 5, by exact integration of piecewise polynomials up to {@code 1e-15 n sum_j |a_j| phi(2M)/kappa}.
 * The bound on {@code |f|^2} at the knot -2M, where it is largest. How much one neuron explains, {@code (y.f)^2/(|f|^2 |y|^2)}, is at least half of {@code max_i y_i^2/|y|^2}, at least
 * {@code 1/(2n)}, in nine of ten draws, against one of two: a ridge that is positive at the point with the largest label alone explains that.
 *
 * <h2>Falsifiers</h2>
 *
 * K a tenth too large; {@code 3.6 M^2 n}; ten times {@code max_i y_i^2/|y|^2} explained.
 */
class HarmonicNeuronClaims {

    /** Points, coherence and labels within Theorem 4's hypotheses. */
    record Problem(String points, double gamma, int degree, String labels, long seed) {
        DMatrixRMaj matrix() {
            return switch (points) {
                case "bases of R^16" -> UnbiasedBases.pair(2);
                case "bases of R^64" -> UnbiasedBases.pair(3);
                default -> CommonOps_DDRM.identity(64);
            };
        }

        double scale() {
            return matrix().numRows * gamma * gamma;
        }

        double[] y() {
            int n = matrix().numRows;
            RandomStream stream = RandomStream.of(seed, "B20 labels");
            double[] y = labels.equals("random") ? stream.signs(n) : new double[n];
            int[] order = stream.permutation(n);
            for (int k = 0; k < n && !labels.equals("random"); k++) {
                if (labels.equals("balanced")) {
                    y[order[k]] = k < n / 2 ? 1 : -1;
                } else if (k < 1 / (gamma * gamma)) {
                    y[order[k]] = Math.sqrt(scale()) * stream.sign();
                }
            }
            return y;
        }

        /** A complex neuron that satisfies the first link. */
        ComplexNeuron neuron(RandomStream stream) {
            DMatrixRMaj x = matrix();
            double[] y = y();
            for (int k = 0; k < 1000; k++) {
                ComplexNeuron g = ComplexNeuron.draw(x, y, degree, scale(), stream.trial(k));
                if (LinearAlgebra.dot(y, g.values(x)) >= LinearAlgebra.dot(y, y) / 4 / Math.sqrt(scale())) {
                    return g;
                }
            }
            throw new ArithmeticException("no complex neuron in 1000 draws");
        }
    }

    @Provide
    Arbitrary<Problem> problems() {
        Arbitrary<Problem> data = Arbitraries.of(
                new Problem("bases of R^16", 0.25, 5, "", 0),
                new Problem("bases of R^64", 0.125, 5, "", 0),
                new Problem("bases of R^64", 0.25, 6, "", 0),
                new Problem("basis of R^64", 0.25, 6, "", 0));
        return Combinators.combine(
                        data,
                        Arbitraries.of("random", "balanced", "spikes"),
                        Arbitraries.longs().between(0, 1_000_000))
                .as((of, labels, seed) -> new Problem(of.points, of.gamma, of.degree, labels, seed));
    }

    @Claim(
            id = "B20.thm4",
            statement =
                    "y\\cdot\\mathbf f \\ge c_m \\log(n)^{-m^2/2} \\frac{\\|y\\|^2}{\\sqrt{n\\gamma^2}}, \\quad \\|\\mathbf f\\|^2 \\le \\frac{n}{c_m}\\log(n)^m, \\quad f = \\sigma\\,\\mathrm{ReLU}(w\\cdot x + b)",
            hypotheses =
                    "$\\|x_i\\| = 1$, $|x_i\\cdot x_j| \\le \\gamma$, $n\\gamma^{m-2} \\le 1/2$, $y_i^2 \\le n\\gamma^2$, $\\|y\\|^2 \\le n$; the links of the proof's chain")
    void oneNeuronCorrelatesWithTheLabels(@ForAll("problems") Problem problem, ClaimRun run) {
        run.note("The theorem needs n >= 2; small |y| is no exception, as the proof applies to s y with s >= 1.");
        run.covers(problem.points + ", m = " + problem.degree);
        run.covers(problem.labels + " labels");
        DMatrixRMaj x = problem.matrix();
        double[] y = problem.y();
        ComplexNeuron neuron = problem.neuron(run.stream().part("neuron"));
        double reach = neuron.reach(x);
        if (problem.degree == 5) {
            run.check("mean of the mixture", 1.0, (factor, lab) -> mixture(neuron, x, y, factor))
                    .falsifiedBy("K a tenth too large", 1.1);
        }
        run.check("norm, knot -2M", 9.0, (factor, lab) -> {
                    double[] weights = neuron.ridge(neuron.degree());
                    double[] p = LinearAlgebra.product(x, weights);
                    double squares = 0;
                    for (double value : p) {
                        squares += Math.pow(value + 2 * reach, 2);
                    }
                    return Comparison.atMost(
                            squares,
                            factor * reach * reach * p.length,
                            1e-10 * reach * reach * p.length,
                            "n squares of numbers below 3M, relative rounding below 1e-11");
                })
                .falsifiedBy("3.6 for 9", 3.6);
        double largest = Arrays.stream(y).map(Math::abs).max().orElseThrow();
        run.check(
                        "share explained",
                        0.5,
                        (constant, lab) -> lab.failsAtMost(0.1, 0.5, stream -> {
                            RidgeNeuron best = RidgeNeuron.best(problem.neuron(stream), x, y, Selection.PER_NORM);
                            return best == null || Math.abs(best.score()) < Math.sqrt(constant) * largest;
                        }))
                .falsifiedBy("ten times the largest label's", 10.0);
    }

    /** Compares the mixture's mean correlation with {@code y.g / (factor K)}. */
    private static Decision mixture(ComplexNeuron neuron, DMatrixRMaj x, double[] y, double factor) {
        double reach = neuron.reach(x);
        ReluMixture mixture = ReluMixture.ofHermite(neuron.degree(), reach);
        double[] a = RidgeDecomposition.coefficients(neuron.degree(), neuron.factor());
        double sum = 0;
        double mean = 0;
        for (int j = 0; j < a.length; j++) {
            double[] p = LinearAlgebra.product(x, neuron.ridge(j));
            sum += Math.abs(a[j]);
            for (int i = 0; i < y.length; i++) {
                mean += y[i] * a[j] * mixture.expectation(p[i]);
            }
        }
        double k = sum * mixture.mass();
        double size = Math.abs(ReluMixture.hermite(neuron.degree()).value(2 * reach));
        double expected = LinearAlgebra.dot(y, neuron.values(x)) / (factor * k);
        return Comparison.equal(
                mean / sum,
                expected,
                1e-15 * y.length * size / mixture.mass(),
                "n integrals of polynomials up to phi(2M)/kappa, unit roundoff");
    }
}
