package arora2019;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.trainer.AuxiliaryGradientDescent;
import org.lemmalab.trainer.KernelGradientDescent;

/**
 * The predictions of the model frozen at initialisation follow the linear sequence of {@code H(0)}, and its weights move along {@code Z(0)}.
 *
 * <h2>Source</h2>
 *
 * A19, section 5.2, after (11).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * vec W~(0) = 0,  vec W~(k+1) = vec W~(k) - eta Z (Z^T vec W~(k) - y),  v(k) = Z^T vec W~(k),  Z = Z(0),  H = H(0) = Z^T Z:
 *   v(0) = 0,  v(k+1) = v(k) - eta H (v(k) - y),  v(k) - y = -(I - eta H)^k y
 *   vec W~(k+1) - vec W~(k) = eta Z (I - eta H)^k y
 * }</pre>
 *
 * All of it for every eta, also where the sequence diverges, and for singular H.
 *
 * <h2>Instances</h2>
 *
 * {@link SmallNetwork}: 1 to 12 neurons, so that {@code H(0)} is often singular, and 0 at a point, or everywhere, where no neuron is active;
 * {@code eta lambda_max(H(0))} in {0.5, 1, 1.7, 2.5}, up to 30 steps.
 *
 * <h2>How it is checked</h2>
 *
 * Step by step against {@code H(0)} counted from activities. With {@code s = eta lambda_max} and {@code g = max(1, |1 - s|)},
 * {@code |vec W~(k)| <= k eta sqrt(lambda_max) g^k |y|}. A step rounds products of {@code m d} and of n terms, of sizes at most
 * {@code |Z|_F |vec W~|} and {@code |Z|_F |v - y|} with {@code |Z|_F <= sqrt(n lambda_max)}; entries of H(0) err by {@code (d + 2) u}, which is at most
 * {@code n (d + 2) u lambda_max} in norm; k steps add up, and none grows by more than g a step. So
 * {@code e = 4 (m d + n) n (1 + s)^2 (k + 1)^2 u g^k |y|} covers predictions, and {@code eta sqrt(lambda_max) e} increments.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code H^inf} in the place of {@code H(0)}; a step more; a start at the network's own predictions u(0), as if {@code W~(0)} were W(0); eta
 * dropped, or a tenth more; the sign.
 */
class AuxiliaryPredictionClaims {
    private static final String TOLERANCE = "e = 4 (m d + n) n (1 + s)^2 (k + 1)^2 u g^k |y|, s = eta lambda_max";

    /** A frozen network to step k; {@code eta = step/lambda_max(H(0))}. */
    record Instance(SmallNetwork network, double step, int k) {}

    @Provide
    Arbitrary<Instance> instances() {
        return Combinators.combine(
                        SmallNetwork.any(),
                        Arbitraries.of(0.5, 1.0, 1.7, 2.5),
                        Arbitraries.integers().between(1, 30))
                .as(Instance::new);
    }

    /** What the formulas need of an instance, and its training: weights and predictions at steps 0, ..., k. */
    private static final class Frozen {
        private final DMatrixRMaj points;
        private final DMatrixRMaj features;
        private final double[] y;
        private final double[] initial;
        private final SymmetricEigen eigen;
        private final double eta;
        private final List<double[]> weights = new ArrayList<>();
        private final List<double[]> predictions = new ArrayList<>();

        Frozen(Instance instance) {
            NetworkFormulas formulas = new NetworkFormulas(instance.network);
            NormalizedNetwork network = formulas.network;
            points = formulas.points;
            features = formulas.features();
            y = formulas.y;
            initial = network.predict(points);
            eigen = LinearAlgebra.eigen(EmpiricalGramMatrix.of(points, network.weights()));
            eta = eigen.largest() > 0 ? instance.step / eigen.largest() : 1; // no active neuron: Z = 0
            AuxiliaryGradientDescent trainer = new AuxiliaryGradientDescent(features, y, eta);
            for (int k = 0; k <= instance.k; k++) {
                weights.add(trainer.weights());
                predictions.add(trainer.predictions());
                trainer.step();
            }
        }

        double tolerance(int k) {
            int n = y.length;
            double step = eta * eigen.largest();
            double growth = Math.pow(Math.max(1, Math.abs(1 - step)), k);
            double steps = (1 + step) * (1 + step) * (k + 1) * (k + 1);
            return 4 * (features.numRows + n) * n * steps * 0x1p-53 * growth * LinearAlgebra.norm(y);
        }

        void cover(Instance instance, ClaimRun run) {
            instance.network.cover(run);
            double cut = y.length * Math.ulp(1.0) * eigen.largest();
            run.covers(eigen.largest() == 0 ? "H(0) = 0" : eigen.smallest() <= cut ? "H(0) singular" : "H(0) regular")
                    .covers(instance.step > 2 ? "divergent" : "convergent");
        }
    }

    /** Which matrix is H, where the sequence starts, a factor of eta, and a shift of k. */
    private record Form(boolean infinite, boolean fromNetwork, double factor, int shift) {
        static final Form CLAIMED = new Form(false, false, 1, 0);
        static final Form INFINITE = new Form(true, false, 1, 0);
        static final Form STEP_MORE = new Form(false, false, 1, 1);

        SymmetricEigen eigen(Frozen frozen) {
            return infinite ? LinearAlgebra.eigen(ReluGramMatrix.of(frozen.points)) : frozen.eigen;
        }

        /** {@code (I - eta H)^(k + shift) (y - start)}. */
        double[] residual(Frozen frozen, int k) {
            double[] start = frozen.y.clone();
            Arrays.setAll(start, i -> start[i] - (fromNetwork ? frozen.initial[i] : 0));
            return new KernelGradientDescent(eigen(frozen), start, factor * frozen.eta).residual(k + shift);
        }
    }

    @Claim(
            id = "A19.sec5.2-v",
            statement = "v(0) = 0, \\quad v(k+1) = v(k) - \\eta H(0)(v(k) - y), \\quad"
                    + " v(k) - y = -(I - \\eta H(0))^k y",
            hypotheses = "$v(k) = Z(0)^\\top \\mathrm{vec}(\\tilde W(k))$; any $\\eta > 0$; $H(0)$ may be singular",
            instances = 400)
    void predictionsFollowTheLinearSequence(@ForAll("instances") Instance instance, ClaimRun run) {
        Frozen frozen = new Frozen(instance);
        frozen.cover(instance, run);
        double[] y = frozen.y;
        run.check("recursion", Form.CLAIMED, (form, lab) -> {
                    DMatrixRMaj gram = form.eigen(frozen).apply(value -> value);
                    List<Decision> decisions = new ArrayList<>();
                    double[] v = form.fromNetwork ? frozen.initial : new double[y.length];
                    for (int k = 0; k <= instance.k; k++) {
                        decisions.add(Comparison.equal(frozen.predictions.get(k), v, frozen.tolerance(k), TOLERANCE));
                        double[] now = frozen.predictions.get(k);
                        double[] difference = now.clone();
                        Arrays.setAll(difference, i -> difference[i] - y[i]);
                        double[] gradient = LinearAlgebra.product(gram, difference);
                        v = now.clone();
                        for (int i = 0; i < v.length; i++) {
                            v[i] -= form.factor * frozen.eta * gradient[i];
                        }
                    }
                    return Decision.worst(decisions);
                })
                .falsifiedBy("H^inf for H(0)", Form.INFINITE)
                .falsifiedBy("v(0) = u(0)", new Form(false, true, 1, 0))
                .falsifiedBy("eta a tenth more", new Form(false, false, 1.1, 0));
        run.check("closed form", Form.CLAIMED, (form, lab) -> {
                    List<Decision> decisions = new ArrayList<>();
                    for (int k = 0; k <= instance.k; k++) {
                        double[] residual = form.residual(frozen, k);
                        Arrays.setAll(residual, i -> y[i] - residual[i]);
                        decisions.add(
                                Comparison.equal(frozen.predictions.get(k), residual, frozen.tolerance(k), TOLERANCE));
                    }
                    return Decision.worst(decisions);
                })
                .falsifiedBy("H^inf for H(0)", Form.INFINITE)
                .falsifiedBy("y - u(0) for y", new Form(false, true, 1, 0))
                .falsifiedBy("a step more", Form.STEP_MORE);
    }

    /** The residual's form, and what stands before Z. */
    private record Increment(Form form, double sign, boolean eta) {}

    @Claim(
            id = "A19.sec5.2-step",
            statement = "\\mathrm{vec}(\\tilde W(k+1)) - \\mathrm{vec}(\\tilde W(k)) = \\eta Z(0) (I - \\eta H(0))^k y",
            hypotheses = "any $\\eta > 0$; $H(0)$ may be singular",
            instances = 400)
    void incrementsAreTheFeaturesTimesTheResidual(@ForAll("instances") Instance instance, ClaimRun run) {
        Frozen frozen = new Frozen(instance);
        frozen.cover(instance, run);
        run.check("increments", new Increment(Form.CLAIMED, 1, true), (increment, lab) -> {
                    List<Decision> decisions = new ArrayList<>();
                    for (int k = 0; k < instance.k; k++) {
                        double[] before = frozen.weights.get(k);
                        double[] moved = frozen.weights.get(k + 1).clone();
                        double[] expected = LinearAlgebra.product(frozen.features, increment.form.residual(frozen, k));
                        for (int j = 0; j < moved.length; j++) {
                            moved[j] -= before[j];
                            expected[j] *= increment.sign * (increment.eta ? frozen.eta : 1);
                        }
                        double scale = frozen.eta * Math.sqrt(frozen.eigen.largest());
                        decisions.add(Comparison.equal(
                                moved, expected, scale * frozen.tolerance(k), "eta sqrt(lambda_max) e, " + TOLERANCE));
                    }
                    return Decision.worst(decisions);
                })
                .falsifiedBy("no eta", new Increment(Form.CLAIMED, 1, false))
                .falsifiedBy("sign", new Increment(Form.CLAIMED, -1, true))
                .falsifiedBy("H^inf for H(0)", new Increment(Form.INFINITE, 1, true))
                .falsifiedBy("a step more", new Increment(Form.STEP_MORE, 1, true));
    }
}
