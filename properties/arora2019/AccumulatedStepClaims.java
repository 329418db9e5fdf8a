package arora2019;

import static arora2019.PerturbedSequence.spectralNorm;

import instances.PointSet;
import instances.PointSets;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.stats.Comparison;

/**
 * The matrix {@code T = eta sum_{k<K} (I - eta H)^k} of the accumulated steps acts like the inverse of {@code H^inf}, from below.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma 5.3 (appendix D.1), the lines after (37).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * T = sum_i (1 - (1 - eta lambda_i)^K) / lambda_i  v_i v_i^T            for any eta; for lambda_i = 0 the factor is eta K
 * eta <= 1/lambda_max:   T H T <= H^-1
 * }</pre>
 *
 * For singular H, {@code |T|_2 = eta K}, and {@code T H T <= H^-1} holds on its range; and in any case {@code (T H)^2 <= I}.
 *
 * <h2>Instances</h2>
 *
 * Up to 8 points of every geometry, {@code eta lambda_max} up to 2.5 for the closed form and up to 1 for the order, K up to 60.
 *
 * <h2>How it is checked</h2>
 *
 * T from its sum, {@link AccumulatedStep}, which derives the tolerance. {@code H^-1} is taken on the eigenvectors with eigenvalues above
 * 1/1000, where it errs by {@code 8 n u lambda_max / lambda^2}; the norm of T H needs no inverse.
 *
 * <h2>Falsifiers</h2>
 *
 * A step fewer; the inverse itself; steps 1% and a half above {@code 1/lambda_max}.
 */
class AccumulatedStepClaims {
    private static final double RESOLVED = 1e-3;

    /** K steps on a set of points; {@code eta = step/lambda_max}. */
    record Steps(PointSet set, double step, int count) {}

    @Provide
    Arbitrary<Steps> anySteps() {
        return Combinators.combine(
                        PointSets.any(8, 6),
                        Arbitraries.of(0.3, 1.0, 1.7, 2.5),
                        Arbitraries.integers().between(1, 60))
                .as(Steps::new);
    }

    @Provide
    Arbitrary<Steps> smallSteps() {
        return Combinators.combine(
                        PointSets.any(8, 6), Arbitraries.of(0.3, 1.0, 1.0), Arbitraries.of(1, 1, 1, 3, 10, 60))
                .as(Steps::new);
    }

    /** Counts the points; says whether H is regular. */
    private static void cover(PointSet set, SymmetricEigen eigen, ClaimRun run) {
        run.covers(set.geometry().label())
                .covers(
                        eigen.smallest() > PerturbedSequence.NEARLY_ZERO
                                ? "lambda_0 > 0"
                                : "lambda_0 = 0, or 1e-8 at most");
    }

    private static double factor(double lambda, double eta, int steps) {
        double step = eta * lambda;
        double decay = step < 0.5 ? Math.expm1(steps * Math.log1p(-step)) : Math.pow(1 - step, steps) - 1;
        return lambda == 0 ? eta * steps : -decay / lambda;
    }

    @Claim(
            id = "A19.T-closed",
            statement =
                    "\\eta \\sum_{k=0}^{K-1} (I - \\eta H^\\infty)^k = \\sum_i \\frac{1 - (1 - \\eta\\lambda_i)^K}{\\lambda_i}"
                            + " v_i v_i^\\top",
            hypotheses = "any $\\eta > 0$; for $\\lambda_i = 0$ the factor is its limit $\\eta K$")
    void accumulatedStepsHaveAClosedForm(@ForAll("anySteps") Steps steps, ClaimRun run) {
        DMatrixRMaj gram = ReluGramMatrix.of(steps.set.points());
        SymmetricEigen eigen = LinearAlgebra.eigen(gram);
        double eta = steps.step / eigen.largest();
        cover(steps.set, eigen, run);
        run.covers(steps.step > 2 ? "divergent" : "convergent");
        run.check(
                        "closed form",
                        (lambda, k) -> factor(lambda, eta, (int) k),
                        (DoubleBinaryOperator form, Lab lab) -> Comparison.equal(
                                AccumulatedStep.of(gram, eta, steps.count).data,
                                eigen.apply(lambda -> form.applyAsDouble(lambda, steps.count)).data,
                                AccumulatedStep.rounding(eigen, eta, steps.count),
                                AccumulatedStep.ROUNDING))
                .falsifiedBy("K - 1 for K", (lambda, k) -> factor(lambda, eta, (int) k - 1))
                .falsifiedBy("1/lambda_i", (lambda, k) -> 1 / Math.max(lambda, 1e-3));
    }

    @Claim(
            id = "A19.THT",
            statement =
                    "T H^\\infty T \\preceq (H^\\infty)^{-1}, \\qquad T = \\eta \\sum_{k=0}^{K-1} (I - \\eta H^\\infty)^k",
            hypotheses = "$\\eta \\le 1/\\lambda_{\\max}(H^\\infty)$; on the range of $H^\\infty$ if it is singular",
            instances = 600)
    void accumulatedStepsStayBelowTheInverse(@ForAll("smallSteps") Steps steps, ClaimRun run) {
        DMatrixRMaj gram = ReluGramMatrix.of(steps.set.points());
        SymmetricEigen eigen = LinearAlgebra.eigen(gram);
        double eta = steps.step / eigen.largest();
        double error = AccumulatedStep.rounding(eigen, eta, steps.count);
        cover(steps.set, eigen, run);
        run.covers(steps.step == 1 ? "eta = 1/lambda_max" : "eta < 1/lambda_max");
        run.check("T H T <= H^-1", 1.0, (factor, lab) -> {
                    DMatrixRMaj t = AccumulatedStep.of(gram, factor * eta, steps.count);
                    return Comparison.atLeast(
                            LinearAlgebra.eigen(gap(eigen, LinearAlgebra.product(LinearAlgebra.product(t, gram), t)))
                                    .smallest(),
                            0,
                            4 * eta * steps.count * eigen.largest() * error
                                    + 8 * steps.set.n() * eigen.largest() * 0x1p-53 / (RESOLVED * RESOLVED),
                            "4 |T| |H| (error of T: " + AccumulatedStep.ROUNDING
                                    + ") + 8 n u lambda_max / lambda^2, lambda > 1/1000");
                })
                .falsifiedBy("eta = 1.01/lambda_max at most", 1.01)
                .falsifiedBy("eta = 1.5/lambda_max at most", 1.5);
        run.check(
                        "|T H| <= 1",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                spectralNorm(LinearAlgebra.product(
                                        AccumulatedStep.of(gram, factor * eta, steps.count), gram)),
                                1,
                                2 * eigen.largest() * error,
                                "2 |H| (error of T: " + AccumulatedStep.ROUNDING + ")"))
                .falsifiedBy("eta = 1.01/lambda_max at most", 1.01);
    }

    /** {@code H^-1 - b} on the eigenvectors of H with eigenvalues above {@link #RESOLVED}. */
    private static DMatrixRMaj gap(SymmetricEigen eigen, DMatrixRMaj b) {
        int rank = (int)
                Arrays.stream(eigen.values()).filter(value -> value > RESOLVED).count();
        DMatrixRMaj basis = CommonOps_DDRM.extract(eigen.vectors(), 0, rank, 0, eigen.vectors().numCols);
        DMatrixRMaj gap = LinearAlgebra.productTransB(LinearAlgebra.product(basis, b), basis);
        for (int i = 0; i < rank; i++) {
            for (int j = 0; j <= i; j++) {
                double value = (i == j ? 1 / eigen.values()[i] : 0) - (gap.get(i, j) + gap.get(j, i)) / 2;
                gap.set(i, j, value);
                gap.set(j, i, value);
            }
        }
        return gap;
    }
}
