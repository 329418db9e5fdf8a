package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.KernelGradientDescent;

/**
 * The linear sequence, which wide networks follow, decays by powers of {@code 1 - eta lambda_i} along the eigenvectors of {@code H^inf}.
 *
 * <h2>Source</h2>
 *
 * A19, sections 4 and 4.1, (7) and (28).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * u~(0) = 0,  u~(k+1) = u~(k) - eta H (u~(k) - y),  H = sum_i lambda_i v_i v_i^T:
 *   y - u~(k)     = (I - eta H)^k y = sum_i (1 - eta lambda_i)^k (v_i.y) v_i
 *   |y - u~(k)|^2 = sum_i (1 - eta lambda_i)^2k (v_i.y)^2
 *   eta <= 1/lambda_max, |y| = |y'|, and for every q y has at least as much mass on the top q eigenvectors as y':
 *     |y - u~(k)| <= |y' - u~'(k)| for all k
 * }</pre>
 *
 * The first two hold for every eta, also where the sequence diverges. The third's hypothesis on eta is not printed beside it; the
 * section assumes {@code eta = O(lambda_0/n^2)}.
 *
 * <h2>Instances</h2>
 *
 * {@link LinearSequence}: every geometry, so singular H too, {@code eta lambda_max} up to 2.5, up to 50 steps, Gaussian labels. For the
 * order {@code eta lambda_max} in {0.3, 1}, and labels with masses sorted downwards against the same masses in random order, a single
 * eigenvector against a later one, and the first against the second.
 *
 * <h2>How it is checked</h2>
 *
 * The recursion against the closed form, up to the rounding that {@link LinearSequence} derives.
 *
 * <h2>Falsifiers</h2>
 *
 * A step more; the sign; {@code u~(0) = y/10}; exponent k instead of 2k; {@code eta = 1.5/lambda_max}, where the largest eigenvalue is no
 * longer the fastest; masses sorted upwards.
 */
class LinearDynamicsClaims {
    @Provide
    Arbitrary<LinearSequence> sequences() {
        return LinearSequence.any();
    }

    /** {@code factor (I - eta H)^(k + shift) y}. */
    private record Closed(double factor, int shift) {}

    @Claim(
            id = "A19.sec4.1-vector",
            statement = "\\tilde u(k) - y = -(I - \\eta H^\\infty)^k y"
                    + " = -\\sum_i (1 - \\eta\\lambda_i)^k (v_i^\\top y)\\, v_i",
            hypotheses = "any $\\eta > 0$ and $k \\ge 0$; $H^\\infty$ may be singular")
    void residualOfTheLinearSequenceIsAPower(@ForAll("sequences") LinearSequence instance, ClaimRun run) {
        SymmetricEigen eigen = LinearAlgebra.eigen(instance.gram());
        double[] y = instance.labels();
        double eta = instance.step() / eigen.largest();
        run.covers(instance.set().geometry().label()).covers(instance.step() > 2 ? "divergent" : "convergent");
        run.check("residual", new Closed(1, 0), (closed, lab) -> {
                    double[] expected = new KernelGradientDescent(eigen, y, eta).residual(instance.k() + closed.shift);
                    Arrays.setAll(expected, i -> closed.factor * expected[i]);
                    return Comparison.equal(
                            LinearSequence.residual(instance.gram(), y, eta, instance.k()),
                            expected,
                            LinearSequence.tolerance(eigen, eta, instance.k(), y),
                            LinearSequence.TOLERANCE);
                })
                .falsifiedBy("a step more", new Closed(1, 1))
                .falsifiedBy("sign", new Closed(-1, 0))
                .falsifiedBy("u~(0) = y/10", new Closed(0.9, 0));
    }

    @Claim(
            id = "A19.sec4.1-norm",
            statement = "\\|y - \\tilde u(k)\\|_2^2 = \\sum_i (1 - \\eta\\lambda_i)^{2k} (v_i^\\top y)^2"
                    + " = \\bigl\\|(I - \\eta H^\\infty)^k y\\bigr\\|_2^2",
            hypotheses = "any $\\eta > 0$ and $k \\ge 0$; $H^\\infty$ may be singular")
    void squaredResidualIsASumOfPowers(@ForAll("sequences") LinearSequence instance, ClaimRun run) {
        SymmetricEigen eigen = LinearAlgebra.eigen(instance.gram());
        double[] y = instance.labels();
        double eta = instance.step() / eigen.largest();
        run.covers(instance.set().geometry().label()).covers(instance.step() > 2 ? "divergent" : "convergent");
        run.check("squared norm", 2, (exponent, lab) -> {
                    double[] projections = eigen.project(y);
                    double sum = 0;
                    for (int i = 0; i < y.length; i++) {
                        double factor = Math.pow(1 - eta * eigen.values()[i], exponent * instance.k());
                        sum += factor * projections[i] * projections[i];
                    }
                    double norm = LinearAlgebra.norm(LinearSequence.residual(instance.gram(), y, eta, instance.k()));
                    double closed = new KernelGradientDescent(eigen, y, eta).residualNorm(instance.k());
                    double error = LinearSequence.tolerance(eigen, eta, instance.k(), y);
                    return Comparison.equal(
                            new double[] {norm * norm, closed * closed},
                            new double[] {sum, sum},
                            error * (norm + closed + error),
                            "|a^2 - b^2| <= |a - b| (a + b), with |a - b| <= " + LinearSequence.TOLERANCE);
                })
                .falsifiedBy("exponent k instead of 2k", 1);
    }

    /** Where labels of norm 1 have their masses, and where {@code y'} has them. */
    private enum Masses {
        /** Sorted downwards; the same in random order. */
        SORTED,
        /** A random eigenvector; it or a later one. */
        SINGLE,
        /** The first eigenvector; the second. */
        FIRST_TWO
    }

    /** Labels on a set of points, with {@code eta = step/lambda_max}. */
    record Pair(PointSet set, double step, Masses kind) {
        /** The masses of y and {@code y'} on the n eigenvectors. */
        double[][] masses() {
            int n = set.n();
            RandomStream stream = set.stream().part("masses");
            double[][] masses = new double[2][n];
            switch (kind) {
                case SORTED -> {
                    double[] mass = new double[n];
                    Arrays.setAll(mass, i -> stream.uniform());
                    Arrays.sort(mass);
                    double total = Arrays.stream(mass).sum();
                    int[] order = stream.permutation(n);
                    Arrays.setAll(masses[0], i -> mass[n - 1 - i] / total);
                    Arrays.setAll(masses[1], i -> mass[order[i]] / total);
                }
                case SINGLE -> {
                    int i = stream.integer(n);
                    masses[0][i] = 1;
                    masses[1][i + stream.integer(n - i)] = 1;
                }
                case FIRST_TWO -> {
                    masses[0][0] = 1;
                    masses[1][Math.min(1, n - 1)] = 1;
                }
            }
            return masses;
        }

        String family() {
            return "masses " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    @Provide
    Arbitrary<Pair> pairs() {
        return Combinators.combine(PointSets.any(12, 6), Arbitraries.of(0.3, 1.0), Arbitraries.of(Masses.class))
                .as(Pair::new);
    }

    /** eta times a factor; whether y takes its masses from the last eigenvector on. */
    private record Order(double factor, boolean upwards) {}

    @Claim(
            id = "A19.align-order",
            statement =
                    "\\textstyle\\sum_{i \\le q} (v_i^\\top y)^2 \\ge \\sum_{i \\le q} (v_i^\\top y')^2 \\;\\forall q"
                            + " \\;\\Longrightarrow\\; \\|y - \\tilde u(k)\\|_2 \\le \\|y' - \\tilde u'(k)\\|_2 \\;\\forall k",
            hypotheses =
                    "$\\|y\\|_2 = \\|y'\\|_2$, $\\lambda_1 \\ge \\lambda_2 \\ge \\dots$, $\\eta \\le 1/\\lambda_{\\max}$",
            instances = 1000)
    void alignedLabelsConvergeFaster(@ForAll("pairs") Pair pair, ClaimRun run) {
        DMatrixRMaj gram = ReluGramMatrix.of(pair.set.points());
        SymmetricEigen eigen = LinearAlgebra.eigen(gram);
        double[][] masses = pair.masses();
        run.covers(pair.set.geometry().label()).covers(pair.family());
        run.check("order of residuals", new Order(1, false), (order, lab) -> {
                    double eta = order.factor * pair.step / eigen.largest();
                    double[] y = labels(eigen, order.upwards ? reversed(masses[0]) : masses[0], pair);
                    double[] other = labels(eigen, masses[1], pair);
                    int[] steps = {1, 3, 10, 50};
                    double tolerance = 2 * LinearSequence.tolerance(eigen, eta, 50, y);
                    double[] observed = new double[steps.length];
                    double[] bound = new double[steps.length];
                    for (int j = 0; j < steps.length; j++) { // residuals below the tolerance count as equal
                        observed[j] = Math.max(
                                tolerance, LinearAlgebra.norm(LinearSequence.residual(gram, y, eta, steps[j])));
                        bound[j] = Math.max(
                                tolerance, LinearAlgebra.norm(LinearSequence.residual(gram, other, eta, steps[j])));
                    }
                    return Comparison.atMost(observed, bound, tolerance, "twice " + LinearSequence.TOLERANCE);
                })
                .falsifiedBy("eta = 1.5/lambda_max", new Order(1.5, false))
                .falsifiedBy("aligned with the last eigenvectors", new Order(1, true));
    }

    private static double[] labels(SymmetricEigen eigen, double[] masses, Pair pair) {
        RandomStream signs = pair.set.stream().part("signs");
        double[] coefficients = new double[masses.length];
        Arrays.setAll(coefficients, i -> signs.sign() * Math.sqrt(masses[i]));
        return eigen.combine(coefficients);
    }

    private static double[] reversed(double[] masses) {
        double[] result = new double[masses.length];
        Arrays.setAll(result, i -> masses[masses.length - 1 - i]);
        return result;
    }
}
