package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.EmpiricalGramMatrix;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.kernel.TangentFeatures;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.AuxiliaryGradientDescent;

/**
 * Gradient descent on the model frozen at initialisation ends in the solution of least norm, at distance {@code sqrt(y^T H(0)^+ y)}.
 *
 * <h2>Source</h2>
 *
 * A19, sections 5.1 and 5.2, (11).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * W~(0) = 0,  vec W~(k+1) = vec W~(k) - eta Z (Z^T vec W~(k) - y),  Z = Z(0),  0 < eta < 2/lambda_max(H(0)):
 *   vec W~(inf) = Z H(0)^+ y, the least solution of Z^T w = P y (P onto range H(0));   |W~(inf)|_F^2 = y^T H(0)^+ y
 * }</pre>
 *
 * Printed with the inverse, for regular H(0), and without the condition on eta.
 *
 * <h2>Instances</h2>
 *
 * Up to 6 points (all geometries but near-parallel pairs, whose small eigenvalues no number of steps resolves), 1 to 24 neurons: H(0) is
 * often singular, also with points at which no neuron is active. {@code eta lambda_max} in {0.5, 1, 1.9}.
 *
 * <h2>How it is checked</h2>
 *
 * After k steps the distance from the limit w is at most {@code c^k |w|}, {@code c = max |1 - eta lambda|} over the eigenvalues that
 * are not 0; k is chosen for {@code c^k <= e^-32 = 1e-14}. Networks where these eigenvalues' condition is above 200 are counted but not
 * trained. Rounding adds at most {@code 4 u (m d + n)} of {@code |w| + |y|/sqrt(lambda_max)} per step, and to w itself {@code 4 n u cond}
 * of {@code |w|}, cond from the eigenvalues that are not 0. Eigenvectors turned by {@code n u cond} move the root of the quadratic form by
 * {@code n u cond^(3/2) |y|/sqrt(lambda_max)}, {@code sqrt(cond) <= 15}: less than what at least {@code 16 cond} steps add.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code H^inf} in the place of {@code H(0)}; {@code eta = 2.3/lambda_max}; {@code Z^T w = y} for singular H(0); a start that is not 0.
 */
class AuxiliaryWeightsClaims {
    private static final double LARGEST_CONDITION = 200;

    /** Unit roundoff u. */
    private static final double UNIT = 0x1p-53;

    private static final String TOLERANCE = "e^-32 |w| + 4 u (m d + n) k (|w| + |y|/sqrt(lambda_max)) + 4 n u cond |w|";

    /** A frozen network; {@code eta = step/lambda_max(H(0))}. */
    record Instance(PointSet set, int m, double step) {}

    @Provide
    Arbitrary<Instance> instances() {
        Arbitrary<PointSet.Geometry> geometries =
                Arbitraries.of(PointSet.Geometry.class).filter(geometry -> geometry != PointSet.Geometry.NEAR_PARALLEL);
        return Combinators.combine(
                        PointSets.of(geometries, 6, 4),
                        Arbitraries.integers().between(1, 24),
                        Arbitraries.of(0.5, 1.0, 1.9))
                .as(Instance::new);
    }

    /** Z, H(0) with its eigenvalues, and labels of an instance. */
    private static final class Frozen {
        private final DMatrixRMaj points;
        private final DMatrixRMaj features;
        private final DMatrixRMaj gram;
        private final SymmetricEigen eigen;
        private final double[] y;
        private final double[] direction;
        private final double eta;

        Frozen(Instance instance) {
            points = instance.set.points();
            NormalizedNetwork network = Initialization.gaussian(
                    instance.m, instance.set.d(), 1, instance.set.stream().part("network"));
            features = TangentFeatures.of(points, network.weights(), network.signs());
            gram = EmpiricalGramMatrix.of(points, network.weights());
            eigen = LinearAlgebra.eigen(gram);
            y = instance.set.stream().part("labels").gaussians(instance.set.n());
            direction = instance.set.stream().part("direction").gaussians(features.numRows);
            eta = eigen.largest() > 0 ? instance.step / eigen.largest() : 1; // no active neuron: Z = 0
        }

        /** Eigenvalues up to here are 0. */
        double cut() {
            return y.length * Math.ulp(1.0) * eigen.largest();
        }

        boolean singular() {
            return eigen.smallest() <= cut();
        }

        boolean deadPoint() {
            for (int i = 0; i < y.length; i++) {
                if (gram.get(i, i) == 0) {
                    return true;
                }
            }
            return false;
        }

        /** {@code Z G^+ v}. */
        double[] solution(DMatrixRMaj g, double[] v) {
            DMatrixRMaj inverse = LinearAlgebra.eigen(g).pseudoInverse(y.length * Math.ulp(1.0));
            return LinearAlgebra.product(features, LinearAlgebra.product(inverse, v));
        }

        /** {@code sqrt(y^T G^+ y)}, summed as squares: labels nearly orthogonal to the range leave no difference to round. */
        double norm(DMatrixRMaj g) {
            SymmetricEigen spectrum = LinearAlgebra.eigen(g);
            double least = y.length * Math.ulp(1.0) * spectrum.largest();
            double[] coordinates = spectrum.project(y);
            for (int i = 0; i < y.length; i++) {
                double value = spectrum.values()[i];
                coordinates[i] = value > least ? coordinates[i] / Math.sqrt(value) : 0;
            }
            return LinearAlgebra.norm(coordinates);
        }

        /** {@code lambda_max} over the least eigenvalue that is not 0. */
        double condition() {
            double least = Arrays.stream(eigen.values())
                    .filter(value -> value > cut())
                    .min()
                    .orElse(1);
            return eigen.largest() / least;
        }

        /** The steps to {@code c^k <= e^-32}. */
        int steps() {
            double step = eta * eigen.largest();
            double contraction = Math.max(Math.abs(1 - step), 1 - step / condition());
            return eigen.largest() > 0 ? (int) Math.ceil(32 / (1 - contraction)) : 1;
        }

        AuxiliaryGradientDescent trained(boolean tooFast) {
            double step = tooFast && eigen.largest() > 0 ? 2.3 / eigen.largest() : eta;
            AuxiliaryGradientDescent trainer = new AuxiliaryGradientDescent(features, y, step);
            for (int k = steps(); k > 0; k--) {
                trainer.step();
            }
            return trainer;
        }

        double tolerance() {
            if (eigen.largest() <= 0) {
                return 0; // Z = 0 and both sides are 0
            }
            double norm = LinearAlgebra.norm(solution(gram, y));
            double perStep = 4
                    * UNIT
                    * (features.numRows + y.length)
                    * (norm + LinearAlgebra.norm(y) / Math.sqrt(eigen.largest()));
            return Math.exp(-32) * norm + steps() * perStep + 4 * UNIT * y.length * condition() * norm;
        }

        /** Counts the instance under its families; false when its condition is too large to train it. */
        boolean isTrained(ClaimRun run, Instance instance) {
            boolean trained = condition() <= LARGEST_CONDITION;
            String rank =
                    deadPoint() ? "no neuron active at some point" : singular() ? "H(0) singular" : "H(0) regular";
            run.covers(instance.set.geometry().label()).covers(trained ? rank : "condition above 200: not trained");
            return trained;
        }
    }

    /** Which matrix stands for H(0), and whether {@code eta = 2.3/lambda_max(H(0))}. */
    private record Form(boolean infinite, boolean tooFast) {}

    @Claim(
            id = "A19.sec5.2-limit",
            statement =
                    "\\mathrm{vec}(\\tilde W(\\infty)) = Z(0) H(0)^{-1} y, \\text{ the solution of } Z(0)^\\top w = y"
                            + " \\text{ of least norm}",
            hypotheses =
                    "$0 < \\eta < 2/\\lambda_{\\max}(H(0))$; for singular $H(0)$ its pseudo-inverse, and $y$ projected on"
                            + " its range",
            instances = 600)
    void frozenModelEndsInTheLeastSolution(@ForAll("instances") Instance instance, ClaimRun run) {
        Frozen frozen = new Frozen(instance);
        if (!frozen.isTrained(run, instance)) {
            return;
        }
        double[] w = frozen.solution(frozen.gram, frozen.y);
        double tolerance = frozen.tolerance();
        run.check("limit", new Form(false, false), (form, lab) -> {
                    DMatrixRMaj gram = form.infinite ? ReluGramMatrix.of(frozen.points) : frozen.gram;
                    return Comparison.equal(
                            frozen.trained(form.tooFast).weights(),
                            frozen.solution(gram, frozen.y),
                            tolerance,
                            TOLERANCE);
                })
                .falsifiedBy("H^inf for H(0)", new Form(true, false))
                .falsifiedBy("eta = 2.3/lambda_max", new Form(false, true));
        run.check("solves", false, (unprojected, lab) -> {
                    double[] all = frozen.eigen.project(frozen.y);
                    for (int i = 0; i < all.length; i++) {
                        all[i] *= unprojected || frozen.eigen.values()[i] > frozen.cut() ? 1 : 0;
                    }
                    return Comparison.equal(
                            LinearAlgebra.productTransA(frozen.features, w),
                            frozen.eigen.combine(all),
                            (tolerance + 1e-14 * LinearAlgebra.norm(frozen.y))
                                    * Math.max(1, Math.sqrt(frozen.eigen.largest())),
                            "|Z| times the error of w, and 10 n u |y|");
                })
                .falsifiedBy("Z^T w = y for singular H(0)", true);
        double[] unseen = unseenByFeatures(frozen);
        run.check(
                        "least norm",
                        0.0,
                        (start, lab) -> Comparison.atMost(
                                LinearAlgebra.norm(plus(w, start, unseen)),
                                Math.min(
                                        LinearAlgebra.norm(plus(w, 0.1, unseen)),
                                        LinearAlgebra.norm(plus(w, -0.1, unseen))),
                                tolerance,
                                TOLERANCE))
                .falsifiedBy("W~(0) not 0", 0.2);
    }

    /** A vector z with {@code Z^T z = 0}: w + s z solves what w solves, and is the limit from the start s z. */
    private static double[] unseenByFeatures(Frozen frozen) {
        double[] seen = frozen.solution(frozen.gram, LinearAlgebra.productTransA(frozen.features, frozen.direction));
        return plus(frozen.direction, -1, seen);
    }

    private static double[] plus(double[] w, double factor, double[] z) {
        double[] sum = new double[w.length];
        Arrays.setAll(sum, k -> w[k] + factor * z[k]);
        return sum;
    }

    @Claim(
            id = "A19.sec5.2-norm",
            statement = "\\|\\tilde W(\\infty) - \\tilde W(0)\\|_F = \\sqrt{y^\\top H(0)^{-1} y}",
            hypotheses = "$0 < \\eta < 2/\\lambda_{\\max}(H(0))$; for singular $H(0)$ its pseudo-inverse")
    void distanceOfTheFrozenModelIsAQuadraticForm(@ForAll("instances") Instance instance, ClaimRun run) {
        Frozen frozen = new Frozen(instance);
        if (!frozen.isTrained(run, instance)) {
            return;
        }
        run.check("distance", new Form(false, false), (form, lab) -> {
                    DMatrixRMaj gram = form.infinite ? ReluGramMatrix.of(frozen.points) : frozen.gram;
                    double root = frozen.norm(gram);
                    AuxiliaryGradientDescent trainer = frozen.trained(form.tooFast);
                    return Comparison.equal(
                            new double[] {LinearAlgebra.norm(trainer.weights()), LinearAlgebra.norm(trainer.limit())},
                            new double[] {root, root},
                            2 * frozen.tolerance(),
                            "twice " + TOLERANCE);
                })
                .falsifiedBy("H^inf for H(0)", new Form(true, false))
                .falsifiedBy("eta = 2.3/lambda_max", new Form(false, true));
    }
}
