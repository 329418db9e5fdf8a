package arora2019;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.KernelGradientDescent;

/**
 * What the projections of labels on the eigenvectors of {@code H^inf} are, and how each of them decays.
 *
 * <h2>Source</h2>
 *
 * A19, section 4 after (8), and the caption of figure 1.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * xi_i(k) = (1 - eta lambda_i)^2k (v_i.y)^2 = (v_i.(y - u~(k)))^2:
 *   |y|^2 = sum_i xi_i(0),   xi_i(k+1) = (1 - eta lambda_i)^2 xi_i(k)
 *   y = c v_n, lambda_n = lambda_0 the least:  |y - u~(k)| = |1 - eta lambda_0|^k |c|, the most for |y| = |c| when eta <= 1/lambda_max
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link LinearSequence}: every geometry, so that H may be singular and {@code lambda_0 = 0}, and divergent sequences too. The worst labels
 * have {@code |c| = sqrt(n)}, as signs have.
 *
 * <h2>How it is checked</h2>
 *
 * The recursion against the formulas, up to the rounding e that {@link LinearSequence} derives. The maximum: against all eigenvectors and
 * twenty random directions.
 *
 * <h2>Falsifiers</h2>
 *
 * Eigenvectors with largest entry 1, or without the last of them. Ratios {@code |1 - eta lambda|}, {@code (1 - eta lambda/2)^2} and
 * {@code 1 - 2 eta lambda}. The last eigenvector but one, the top one, the exponent 2k, and {@code eta = 2.2/lambda_max}.
 */
class LabelProjectionClaims {
    private static final int RANDOM_DIRECTIONS = 20;

    @Provide
    Arbitrary<LinearSequence> sequences() {
        return LinearSequence.any();
    }

    private static void cover(LinearSequence sequence, ClaimRun run) {
        run.covers(sequence.set().geometry().label()).covers(sequence.step() > 2 ? "divergent" : "convergent");
    }

    /** The number of eigenvectors that are left out, and whether the others' lengths are such that their largest entry is 1. */
    private record Basis(int leftOut, boolean rescaled) {
        double sumOfSquares(SymmetricEigen eigen, double[] y) {
            double[] projections = eigen.project(y);
            double sum = 0;
            for (int i = 0; i < y.length - leftOut; i++) {
                double largest = 0;
                for (int j = 0; j < y.length; j++) {
                    largest = Math.max(largest, Math.abs(eigen.vectors().get(i, j)));
                }
                double projection = projections[i] / (rescaled ? largest : 1);
                sum += projection * projection;
            }
            return sum;
        }
    }

    @Claim(
            id = "A19.parseval",
            statement = "\\|y\\|_2^2 = \\sum_i (v_i^\\top y)^2 = \\sum_i \\xi_i(0), \\quad"
                    + " \\xi_i(k) = (1 - \\eta\\lambda_i)^{2k} (v_i^\\top y)^2",
            hypotheses = "$v_1, \\dots, v_n$ orthonormal eigenvectors of $H^\\infty$, which may be singular")
    void squaredNormIsTheSumOfSquaredProjections(@ForAll("sequences") LinearSequence instance, ClaimRun run) {
        cover(instance, run);
        SymmetricEigen eigen = LinearAlgebra.eigen(instance.gram());
        double[] y = instance.labels();
        double square = LinearAlgebra.dot(y, y);
        run.check("squared norm", new Basis(0, false), (basis, lab) -> {
                    double start =
                            new KernelGradientDescent(eigen, y, instance.step() / eigen.largest()).residualNorm(0);
                    return Comparison.equal(
                            new double[] {square, start * start},
                            new double[] {basis.sumOfSquares(eigen, y), basis.sumOfSquares(eigen, y)},
                            32 * y.length * 0x1p-53 * square,
                            "32 n u |y|^2: computed eigenvectors are orthonormal up to about n u");
                })
                .falsifiedBy("eigenvectors with largest entry 1", new Basis(0, true))
                .falsifiedBy("without the last eigenvector", new Basis(1, false));
    }

    @Claim(
            id = "A19.xi-geometric",
            statement = "\\xi_i(k+1) = (1 - \\eta\\lambda_i)^2\\, \\xi_i(k), \\quad"
                    + " \\xi_i(k) = \\bigl(v_i^\\top (y - \\tilde u(k))\\bigr)^2",
            hypotheses = "any $\\eta > 0$ and $k \\ge 0$; $H^\\infty$ may be singular")
    void eachProjectionDecaysAtItsOwnRate(@ForAll("sequences") LinearSequence instance, ClaimRun run) {
        cover(instance, run);
        DMatrixRMaj gram = instance.gram();
        SymmetricEigen eigen = LinearAlgebra.eigen(gram);
        double[] y = instance.labels();
        double eta = instance.step() / eigen.largest();
        double[] before = LinearSequence.residual(gram, y, eta, instance.k());
        double[] after = LinearSequence.residual(gram, y, eta, instance.k() + 1);
        double error = 2 * LinearSequence.tolerance(eigen, eta, instance.k() + 1, y);
        double size = LinearAlgebra.norm(after) + LinearSequence.growth(eigen, eta) * LinearAlgebra.norm(before);
        DoubleUnaryOperator ratio = step -> (1 - step) * (1 - step);
        run.check("ratios", ratio, (form, lab) -> {
                    double[] expected = squares(eigen.project(before));
                    Arrays.setAll(expected, i -> expected[i] * form.applyAsDouble(eta * eigen.values()[i]));
                    return Comparison.equal(
                            squares(eigen.project(after)),
                            expected,
                            error * (size + error),
                            "|a^2 - b^2| <= |a - b| (a + b), with |a - b| <= twice " + LinearSequence.TOLERANCE);
                })
                .falsifiedBy("|1 - eta lambda|", step -> Math.abs(1 - step))
                .falsifiedBy("(1 - eta lambda/2)^2", step -> (1 - step / 2) * (1 - step / 2))
                .falsifiedBy("1 - 2 eta lambda", step -> 1 - 2 * step);
    }

    private static double[] squares(double[] a) {
        return Arrays.stream(a).map(x -> x * x).toArray();
    }

    /** The labels {@code sqrt(n) v_i}. */
    private static double[] eigenvector(SymmetricEigen eigen, int index) {
        double[] coefficients = new double[eigen.values().length];
        coefficients[Math.max(0, index)] = Math.sqrt(coefficients.length);
        return eigen.combine(coefficients);
    }

    /** Which eigenvector, counted from the last, is the worst, and a factor of eta or of the exponent. */
    private record Worst(int fromLast, double factor) {
        double[] labels(SymmetricEigen eigen) {
            return eigenvector(eigen, eigen.values().length - 1 - fromLast);
        }
    }

    @Claim(
            id = "A19.worst-label",
            statement = "y = c\\, v_{\\min}: \\quad \\|y - \\tilde u(k)\\|_2 = |1 - \\eta\\lambda_0|^k\\, |c|"
                    + " = \\max_{\\|y'\\|_2 = |c|} \\|y' - \\tilde u'(k)\\|_2",
            hypotheses = "the first for any $\\eta > 0$; the maximum for $\\eta \\le 1/\\lambda_{\\max}$",
            instances = 1000)
    void lastEigenvectorIsLearnedSlowest(@ForAll("sequences") LinearSequence instance, ClaimRun run) {
        cover(instance, run);
        run.note(
                "The caption calls the worst labels a normalised eigenvector: to compare with signs, its norm is sqrt(n).");
        DMatrixRMaj gram = instance.gram();
        SymmetricEigen eigen = LinearAlgebra.eigen(gram);
        int n = instance.set().n();
        run.check("decay", new Worst(0, 1), (worst, lab) -> {
                    double eta = instance.step() / eigen.largest();
                    double[] y = worst.labels(eigen);
                    double factor = Math.abs(1 - eta * eigen.smallest());
                    return Comparison.equal(
                            LinearAlgebra.norm(LinearSequence.residual(gram, y, eta, instance.k())),
                            Math.pow(factor, worst.factor * instance.k()) * Math.sqrt(n),
                            LinearSequence.tolerance(eigen, eta, instance.k(), y),
                            LinearSequence.TOLERANCE);
                })
                .falsifiedBy("top eigenvector", new Worst(n - 1, 1))
                .falsifiedBy("last eigenvector but one", new Worst(1, 1))
                .falsifiedBy("exponent 2k", new Worst(0, 2));
        List<double[]> others = labelsOfEqualNorm(eigen, instance.set().stream().part("directions"));
        run.check("maximum", new Worst(0, 1), (worst, lab) -> {
                    double eta = worst.factor * Math.min(1, instance.step()) / eigen.largest();
                    double[] y = worst.labels(eigen);
                    double tolerance = 2 * LinearSequence.tolerance(eigen, eta, instance.k(), y);
                    ToDoubleFunction<double[]> residual = labels -> Math.max( // below the tolerance counts as equal
                            tolerance, LinearAlgebra.norm(LinearSequence.residual(gram, labels, eta, instance.k())));
                    return Comparison.atMost(
                            others.stream().mapToDouble(residual).toArray(),
                            residual.applyAsDouble(y),
                            tolerance,
                            "twice " + LinearSequence.TOLERANCE);
                })
                .falsifiedBy("last eigenvector but one", new Worst(1, 1))
                .falsifiedBy("eta = 2.2/lambda_max", new Worst(0, 2.2));
    }

    /** Every eigenvector and some random directions, of norm {@code sqrt(n)}. */
    private static List<double[]> labelsOfEqualNorm(SymmetricEigen eigen, RandomStream stream) {
        int n = eigen.values().length;
        List<double[]> labels = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            labels.add(eigenvector(eigen, i));
        }
        for (int j = 0; j < RANDOM_DIRECTIONS; j++) {
            double[] direction = stream.gaussians(n);
            double scale = Math.sqrt(n) / LinearAlgebra.norm(direction);
            labels.add(Arrays.stream(direction).map(x -> scale * x).toArray());
        }
        return labels;
    }
}
