package arora2019;

import static arora2019.PerturbedSequence.ROUNDING;
import static arora2019.PerturbedSequence.spectralNorm;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Comparison;

/**
 * The weights move by little more than the root of {@code y^T H^-1 y}.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma 5.3 (appendix D.1), (37) and (38).
 *
 * <h2>Statement</h2>
 *
 * With {@code T = eta sum (I - eta H)^k}, {@code H = H^inf}, {@code e(k) = u(k) - y + (I - eta H)^k y}, sums over {@code k < K}, and
 * {@code eta <= 1/lambda_max}:
 *
 * <pre>{@code
 * |Z(0) T y|^2 = y^T T H(0) T y <= y^T T H T y + |H(0) - H|_2 |T|_2^2 |y|^2,   |T|_2 = sum eta (1 - eta lambda_0)^k <= 1/lambda_0
 * sqrt(a + b) <= sqrt(a) + sqrt(b)
 * |W(K) - W(0)|_F <= sqrt(y^T T H T y) + sqrt(|H(0) - H|_2) |T|_2 |y| + max_k |Z(k) - Z(0)|_F |T|_2 |y| + eta sqrt(n) sum |e(k)|
 * }</pre>
 *
 * The last line is (34)-(38) together. The paper has {@code y^T H^-1 y} and {@code 1/lambda_0} in it for {@code y^T T H T y} and
 * {@code |T|_2}; the form with T is no larger ({@link AccumulatedStepClaims}), and also holds for singular H, where {@code |T|_2 = eta K}.
 *
 * <h2>Instances</h2>
 *
 * {@link SmallTraining}: K = 25 steps of networks with up to 512 neurons on up to 8 points, every second one on a single
 * point. For (38) the labels are +-1, +-1/10 or 0.
 *
 * <h2>How it is checked</h2>
 *
 * T from its sum; {@code |T|_2} by its eigenvalues. As {@code |T|_2 <= eta K}, a form in T y errs by less than
 * {@code (16 K (n + 4) + 4 m d) n^1.5 u (eta K |y|)^2}: twice the error of T ({@link AccumulatedStep}) times n, and the products with
 * H(0) or Z(0). The roots of the split are those of the training's a and b, and of labels 10 to 1000 times smaller.
 *
 * <h2>Falsifiers</h2>
 *
 * H for H(0); {@code |T|_2} without its square; {@code lambda_max} for {@code lambda_0}; a step fewer; b for its root; terms a third to
 * a half as large, or left out.
 */
class DisplacementBoundClaims {
    private static final int STEPS = SmallTraining.STEPS;
    private static final String FORMS = "(16 K (n + 4) + 4 m d) n^1.5 u (eta K |y|)^2: T, then H or Z(0)";

    @Provide
    Arbitrary<SmallTraining> trainings() {
        return SmallTraining.anyOrSinglePoint();
    }

    /** A training with T, its norm, and the forms of (37). */
    private static final class Accumulated {
        final PerturbedSequence sequence;
        final DMatrixRMaj t;
        final double[] ty;
        final double norm;
        final double distance;
        final double labels;

        Accumulated(SmallTraining training, double size, ClaimRun run) {
            training.cover(run);
            sequence = new PerturbedSequence(training.start(size).train());
            sequence.cover(run);
            t = AccumulatedStep.of(sequence.gram, sequence.run.eta(), STEPS);
            ty = LinearAlgebra.product(t, sequence.run.y());
            norm = spectralNorm(t);
            distance = PerturbedSequence.distance(sequence.run.initial().gram(), sequence.gram);
            labels = LinearAlgebra.norm(sequence.run.y());
        }

        /** {@code y^T T h T y}; at least 0. */
        double form(DMatrixRMaj h) {
            return Math.max(0, LinearAlgebra.dot(ty, LinearAlgebra.product(h, ty)));
        }

        /** {@code |Z(0) T y|}. */
        double frozenMovement() {
            return LinearAlgebra.norm(
                    LinearAlgebra.product(sequence.run.initial().features(), ty));
        }

        /** Rounding of a quadratic form in T y. */
        double rounding() {
            int n = sequence.run.n();
            int rows = sequence.run.initial().network.weights().getNumElements();
            double size = sequence.run.eta() * STEPS * labels;
            return (16 * STEPS * (n + 4) + 4 * rows) * Math.pow(n, 1.5) * 0x1p-53 * size * size;
        }
    }

    @Claim(
            id = "A19.eq37",
            statement =
                    "\\|Z(0) T y\\|_2^2 = y^\\top T H(0) T y \\le y^\\top T H^\\infty T y + \\|H(0) - H^\\infty\\|_2 \\|T\\|_2^2"
                            + " \\|y\\|_2^2, \\qquad \\|T\\|_2 = \\sum_{k<K} \\eta (1 - \\eta\\lambda_0)^k \\le 1/\\lambda_0",
            hypotheses =
                    "$T = \\eta \\sum_{k<K} (I - \\eta H^\\infty)^k$, $\\eta \\le 1/\\lambda_{\\max}(H^\\infty)$; without the last"
                            + " bound for $\\lambda_0 = 0$",
            instances = 400)
    void frozenDisplacementIsAQuadraticForm(@ForAll("trainings") SmallTraining training, ClaimRun run) {
        Accumulated steps = new Accumulated(training, 1, run);
        PerturbedSequence sequence = steps.sequence;
        DisplacementTerms terms = new DisplacementTerms(sequence);
        double least = sequence.leastEigenvalue();
        double tolerance = AccumulatedStep.rounding(sequence.run.eigen(), sequence.run.eta(), STEPS);
        run.note(
                "The sum of (1 - eta lambda_0)^k that bounds |T| is printed with a bold I for the 1: a slip of the font.");
        DMatrixRMaj initial = sequence.run.initial().gram();
        run.check(
                        "|Z(0) T y|^2",
                        initial,
                        (gram, lab) -> Comparison.equal(
                                Math.pow(steps.frozenMovement(), 2), steps.form(gram), steps.rounding(), FORMS))
                .falsifiedBy("H for H(0)", sequence.gram);
        run.check(
                        "bound",
                        2.0,
                        (power, lab) -> Comparison.atMost(
                                steps.form(initial),
                                steps.form(sequence.gram)
                                        + steps.distance * Math.pow(steps.norm, power) * Math.pow(steps.labels, 2),
                                steps.rounding(),
                                FORMS))
                .falsifiedBy("|T| for |T|^2", 1.0);
        run.check(
                        "|T|",
                        terms.accumulated(least),
                        (norm, lab) -> Comparison.equal(steps.norm, norm, tolerance, AccumulatedStep.ROUNDING))
                .falsifiedBy(
                        "lambda_max for lambda_0",
                        terms.accumulated(sequence.run.eigen().largest()))
                .falsifiedBy(
                        "a step fewer",
                        terms.accumulated(least) - sequence.run.eta() * Math.pow(sequence.contraction(), STEPS - 1));
        run.check(
                        "|T| lambda_0",
                        1.0,
                        (bound, lab) -> Comparison.atMost(
                                steps.norm * least, bound, tolerance, AccumulatedStep.ROUNDING + ", lambda_0 <= 1/2"))
                .falsifiedBy("0.9", 0.9);
    }

    /** The size of the labels. */
    @Provide
    Arbitrary<Double> sizes() {
        return Arbitraries.of(0.0, 0.1, 1.0);
    }

    @Claim(
            id = "A19.eq38",
            statement =
                    "\\sqrt{a + b} \\le \\sqrt a + \\sqrt b: \\quad \\|W(K) - W(0)\\|_F \\le \\sqrt{y^\\top T H^\\infty T y}"
                            + " + \\sqrt{\\|H(0) - H^\\infty\\|_2}\\, \\|T\\|_2 \\|y\\|_2 + \\max_k \\|Z(k) - Z(0)\\|_F \\|T\\|_2 \\|y\\|_2"
                            + " + \\eta \\sqrt n \\sum_{k<K} \\|e(k)\\|_2",
            hypotheses =
                    "$a, b \\ge 0$; $\\eta \\le 1/\\lambda_{\\max}(H^\\infty)$; for regular $H^\\infty$ this is at most the paper's"
                            + " form, with $y^\\top (H^\\infty)^{-1} y$ and $1/\\lambda_0$",
            instances = 400)
    void rootOfASumSplits(@ForAll("trainings") SmallTraining training, @ForAll("sizes") double size, ClaimRun run) {
        Accumulated steps = new Accumulated(training, size, run);
        PerturbedSequence sequence = steps.sequence;
        DisplacementTerms terms = new DisplacementTerms(sequence);
        run.covers("|y_i| = " + size);
        double a = steps.form(sequence.gram);
        double b = steps.distance * Math.pow(steps.norm * steps.labels, 2);
        double[] scales = {1, 0.1, 1e-2, 1e-3};
        run.check(
                        "root of a sum",
                        (x, z) -> Math.sqrt(x) + Math.sqrt(z),
                        (DoubleBinaryOperator split, Lab lab) -> Comparison.atMost(
                                Arrays.stream(scales)
                                        .map(c -> Math.sqrt(c * c * (a + b)))
                                        .toArray(),
                                Arrays.stream(scales)
                                        .map(c -> split.applyAsDouble(c * c * a, c * c * b))
                                        .toArray(),
                                8 * 0x1p-53 * Math.sqrt(a + b),
                                "8 u sqrt(a + b)"))
                .falsifiedBy("sqrt(a) + b", (x, z) -> Math.sqrt(x) + z)
                .falsifiedBy("the larger root", (x, z) -> Math.sqrt(Math.max(x, z)));
        run.check(
                        "|Z(0) T y|",
                        1.0,
                        (root, lab) -> Comparison.atMost(
                                steps.frozenMovement(),
                                root * Math.sqrt(a) + Math.sqrt(b),
                                Math.sqrt(steps.rounding()),
                                "root of " + FORMS))
                .falsifiedBy("half of the first root", 0.5);
        double moved = terms.featureMovement() * steps.norm * steps.labels;
        double errors = Math.sqrt(sequence.run.n()) * terms.deviations();
        run.check(
                        "displacement",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                LinearAlgebra.norm(terms.displacement()),
                                Math.sqrt(a) + Math.sqrt(b) + moved + factor * errors,
                                sequence.rounding(STEPS) + Math.sqrt(steps.rounding()),
                                ROUNDING + ", k = 25, and the root of " + FORMS))
                .falsifiedBy("a third of the errors e(k)", 1.0 / 3)
                .falsifiedBy("no errors e(k)", 0.0);
    }
}
