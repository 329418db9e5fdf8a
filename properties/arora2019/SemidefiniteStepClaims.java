package arora2019;

import static arora2019.PerturbedSequence.spectralNorm;

import instances.PointSet;
import instances.PointSets;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.stats.Comparison;

/**
 * A step of the linear sequence is a positive semidefinite contraction, as long as {@code eta <= 1/lambda_max(H^inf)}.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Theorem 4.1, the text after (27), and (29).
 *
 * <h2>Statement</h2>
 *
 * With {@code H = H^inf}:
 *
 * <pre>{@code
 * eta <= 1/lambda_max:                  I - eta H >= 0,   |I - eta H|_2 = 1 - eta lambda_0
 *                                       |(I - eta H)^k u(0)| <= (1 - eta lambda_0)^k |u(0)|
 * lambda_0 <= 1/2, lambda_max <= n/2:   lambda_0 / n^2 <= 1/(4 n lambda_max)
 * }</pre>
 *
 * The norm is that up to {@code eta = 2/(lambda_max + lambda_0)}. The last line shows that the paper's {@code eta = O(lambda_0/n^2)} is small
 * enough: the trace of H is n/2, the least eigenvalue is at most the mean and the largest at most the sum. A singular H is allowed.
 *
 * <h2>Instances</h2>
 *
 * Up to 12 points of every geometry with {@code eta = lambda_0/n^2} and {@code eta lambda_max} up to 1, for the norm also the largest
 * eta; initial outputs of the networks of {@link SmallTraining}, 100 steps.
 *
 * <h2>How it is checked</h2>
 *
 * By the eigenvalues of the matrix {@code I - eta H} itself, and by multiplying with it. Entries and eigenvalues err by less than
 * {@code 8 (n + 4) sqrt(n) u}, and a product by half of that.
 *
 * <h2>Falsifiers</h2>
 *
 * Steps 1% larger, or 1.95 times {@code 1/lambda_max}; a rate of {@code 1 - 1.1 eta lambda_0}; {@code 0.45} for {@code 1/2}.
 */
class SemidefiniteStepClaims {
    private static final String EIGENVALUES = "8 (n + 4) sqrt(n) u: entries of I - eta H and its eigenvalues";

    @Provide
    Arbitrary<SmallTraining> trainings() {
        return SmallTraining.of(SmallTraining.setsOrSinglePoint(), 0.2, 0.8, 1.0);
    }

    @Provide
    Arbitrary<PointSet> sets() {
        return PointSets.any(12, 6);
    }

    /** eta times a factor, and what stands for {@code lambda_0}, relative. */
    private record Decay(double step, double eigenvalue) {}

    @Claim(
            id = "A19.eq29",
            statement = "\\|(I - \\eta H^\\infty)^k u(0)\\|_2 \\le (1 - \\eta\\lambda_0)^k \\|u(0)\\|_2",
            hypotheses = "$\\eta \\le 1/\\lambda_{\\max}(H^\\infty)$; $\\lambda_0 = 0$ is allowed")
    void contributionOfTheStartDecays(@ForAll("trainings") SmallTraining training, ClaimRun run) {
        training.cover(run);
        PerturbedSequence sequence = new PerturbedSequence(training.train());
        sequence.cover(run);
        run.covers(training.step() == 1 ? "eta = 1/lambda_max" : "eta < 1/lambda_max");
        run.check("norm", new Decay(1, 1), (form, lab) -> {
                    DMatrixRMaj power = identityMinus(form.step * sequence.run.eta(), sequence.gram);
                    double contraction =
                            1 - form.step * sequence.run.eta() * form.eigenvalue * sequence.leastEigenvalue();
                    double[] v = sequence.start();
                    double[] observed = new double[100];
                    double[] bound = new double[100];
                    for (int k = 0; k < observed.length; k++) {
                        observed[k] = LinearAlgebra.norm(v);
                        bound[k] = Math.pow(contraction, k) * LinearAlgebra.norm(sequence.start());
                        v = LinearAlgebra.product(power, v);
                    }
                    int n = training.set().n();
                    return Comparison.atMost(
                            observed,
                            bound,
                            4 * observed.length * (n + 4) * Math.sqrt(n) * 0x1p-53 * observed[0],
                            "4 k (n + 4) sqrt(n) u |u(0)|, k = 100");
                })
                .falsifiedBy("eta = 1.95/lambda_max at most", new Decay(1.95, 1))
                .falsifiedBy("1 - 1.1 eta lambda_0", new Decay(1, 1.1));
    }

    private static DMatrixRMaj identityMinus(double eta, DMatrixRMaj gram) {
        DMatrixRMaj result = CommonOps_DDRM.identity(gram.numRows);
        CommonOps_DDRM.addEquals(result, -eta, gram);
        return result;
    }

    /** Bounds of {@code lambda_0} and {@code lambda_max / n}. */
    private record Range(double least, double largest) {}

    @Claim(
            id = "A19.psd-step",
            statement =
                    "\\eta \\le 1/\\lambda_{\\max} \\;\\Longrightarrow\\; I - \\eta H^\\infty \\succeq 0, \\quad"
                            + " \\|I - \\eta H^\\infty\\|_2 = 1 - \\eta\\lambda_0; \\qquad \\lambda_0/n^2 \\le 1/\\lambda_{\\max}",
            hypotheses = "unit points; the norm up to $\\eta = 2/(\\lambda_{\\max} + \\lambda_0)$",
            instances = 600)
    void stepIsPositiveSemidefinite(@ForAll("sets") PointSet set, ClaimRun run) {
        int n = set.n();
        DMatrixRMaj gram = ReluGramMatrix.of(set.points());
        SymmetricEigen eigen = LinearAlgebra.eigen(gram);
        double tolerance = 8 * (n + 4) * Math.sqrt(n) * 0x1p-53;
        double least = Math.max(0, eigen.smallest());
        run.covers(set.geometry().label())
                .covers(least > PerturbedSequence.NEARLY_ZERO ? "lambda_0 > 0" : "lambda_0 = 0, or 1e-8 at most");
        double[] steps = {least / (n * n), 0.1 / eigen.largest(), 0.5 / eigen.largest(), 1 / eigen.largest()};
        run.check(
                        "semidefinite",
                        1.0,
                        (factor, lab) -> Comparison.atLeast(
                                DoubleStream.of(steps)
                                        .map(eta -> LinearAlgebra.eigen(identityMinus(factor * eta, gram))
                                                .smallest())
                                        .toArray(),
                                0,
                                tolerance,
                                EIGENVALUES))
                .falsifiedBy("eta = 1.01/lambda_max", 1.01);
        double[] upTo = DoubleStream.concat(DoubleStream.of(steps), DoubleStream.of(2 / (eigen.largest() + least)))
                .toArray();
        run.check(
                        "norm",
                        1.0,
                        (factor, lab) -> Comparison.equal(
                                DoubleStream.of(upTo)
                                        .map(eta -> spectralNorm(identityMinus(factor * eta, gram)))
                                        .toArray(),
                                DoubleStream.of(upTo)
                                        .map(eta -> 1 - factor * eta * least)
                                        .toArray(),
                                tolerance,
                                EIGENVALUES))
                .falsifiedBy("eta = 2.02/(lambda_max + lambda_0)", 1.01);
        run.check(
                        "lambda_0/n^2 <= 1/lambda_max",
                        new Range(0.5, 0.5),
                        (range, lab) -> Comparison.atMost(
                                new double[] {least, eigen.largest() / n, least / n * eigen.largest() / n},
                                new double[] {range.least, range.largest, range.least * range.largest / n},
                                tolerance,
                                EIGENVALUES))
                .falsifiedBy("lambda_0 <= 0.45", new Range(0.45, 0.5))
                .falsifiedBy("lambda_max <= 0.45 n", new Range(0.5, 0.45));
    }
}
