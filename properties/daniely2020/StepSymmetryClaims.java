package daniely2020;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.SingleStep;
import org.lemmalab.trainer.StepOutputs;
import org.lemmalab.trainer.StepRule;

/**
 * What the step commutes with: rotations of the space, permutations of the neurons, and a change of all signs.
 *
 * <h2>Source</h2>
 *
 * D20, proof of Lemma 11 ('invariant to orthogonal transformations, wlog w = e_1'); W and a are arbitrary throughout.
 *
 * <h2>Statement</h2>
 *
 * For orthogonal Q the step from {@code W Q^T} on {@code Q x_i} ends in {@code W+ Q^T}, and all outputs, before, after and without the own
 * example, are the same; as {@code Q x} is Gaussian again, one may take {@code W = [I 0]}. Permuting the pairs {@code (a_j, w_j)} changes no
 * output; {@code (-a, -y)} in place of {@code (a, y)} changes no margin and no weight. So the law of the margins depends on a only through
 * {@code |sum_j a_j|}.
 *
 * <h2>Instances</h2>
 *
 * Eighteen activations, d and m to 12, q to d, signs that cancel or are all +1; points 1e-6 away from kinks and from the hinge's end.
 *
 * <h2>How it is checked</h2>
 *
 * Both runs by products of dense matrices. Their rounding stays below 1000 units of {@code SmallStep.size}.
 *
 * <h2>Falsifiers</h2>
 *
 * Rotating only the points or only the weights, an orthogonal matrix times 1.05, a Gaussian matrix in its place; permuting only the signs or
 * only the weights; changing only the signs or only the labels.
 */
class StepSymmetryClaims {
    private static final String ROUNDING = "1000 units in the last place of the size of the products";

    @Provide
    Arbitrary<SmallStep> steps() {
        return SmallStep.any(12);
    }

    private static double[] outputs(SingleStep step) {
        StepOutputs o = step.outputs();
        return Stream.of(o.before(), o.leaveOneOut(), o.after())
                .flatMapToDouble(DoubleStream::of)
                .toArray();
    }

    /** What is multiplied by Q, and which matrix Q is. */
    private record Motion(boolean points, boolean weights, boolean orthogonal, double stretch) {
        DMatrixRMaj matrix(int d, RandomStream stream) {
            DMatrixRMaj matrix = orthogonal ? OrthonormalRows.draw(d, d, stream) : PointLaw.GAUSSIAN.rows(d, d, stream);
            CommonOps_DDRM.scale(orthogonal ? stretch : stretch / Math.sqrt(d), matrix);
            return matrix;
        }
    }

    @Claim(
            id = "D20.set.invariance",
            statement =
                    "\\mathrm{OneStep}(W Q^\\top, a, (Q x_i, y_i)) = \\mathrm{OneStep}(W, a, (x_i, y_i))\\, Q^\\top,"
                            + "\\qquad h_{W Q^\\top}(Q x) = h_W(x)",
            hypotheses = "$Q$ orthogonal; the outputs after the step and without the own example agree as well")
    void stepCommutesWithRotations(@ForAll("steps") SmallStep drawn, ClaimRun run) {
        SmallStep.Sample sample = drawn.cover(run).sample(1e-6);
        SingleStep step = drawn.step(sample);
        TwoLayerNetwork network = drawn.network();
        double tolerance = 1000 * 0x1p-53 * drawn.size(sample);
        for (boolean weights : new boolean[] {false, true}) {
            run.check(
                            weights ? "weights after the step" : "outputs",
                            new Motion(true, true, true, 1),
                            (motion, lab) -> {
                                DMatrixRMaj matrix =
                                        motion.matrix(drawn.d(), drawn.stream().part("rotation"));
                                DMatrixRMaj points = motion.points
                                        ? LinearAlgebra.productTransB(sample.points(), matrix)
                                        : sample.points();
                                DMatrixRMaj moved = motion.weights
                                        ? LinearAlgebra.productTransB(network.weights(), matrix)
                                        : network.weights();
                                SingleStep other = new SingleStep(
                                        drawn.setting().network(moved),
                                        points,
                                        sample.y(),
                                        StepRule.of(drawn.d(), drawn.m()));
                                return weights
                                        ? Comparison.equal(
                                                LinearAlgebra.product(
                                                                other.network().weights(), matrix)
                                                        .data,
                                                step.network().weights().data,
                                                tolerance,
                                                ROUNDING)
                                        : Comparison.equal(outputs(other), outputs(step), tolerance, ROUNDING);
                            })
                    .falsifiedBy("only the points", new Motion(true, false, true, 1))
                    .falsifiedBy("only the weights", new Motion(false, true, true, 1))
                    .falsifiedBy("1.05 times an orthogonal matrix", new Motion(true, true, true, 1.05))
                    .falsifiedBy("a Gaussian matrix", new Motion(true, true, false, 1));
        }
    }

    /** Which of the pairs' members are permuted. */
    private record Permutation(boolean signs, boolean weights) {}

    /** Which of the pair (a, y) change their sign. */
    private record Flip(double signs, double labels) {}

    @Claim(
            id = "D20.set.exchange",
            statement =
                    "h_{(a_{\\pi(j)}, w_{\\pi(j)})_j} = h_{(a_j, w_j)_j}, \\qquad (a, y) \\mapsto (-a, -y) \\text{ keeps every }"
                            + " y_i\\, h_W(x_i),\\ y_i\\, h_{W^+}(x_i) \\text{ and } W^+",
            hypotheses = "so the law of the margins depends on $a$ only through $|\\sum_j a_j|$")
    void signsMatterThroughTheirSum(@ForAll("steps") SmallStep drawn, ClaimRun run) {
        SmallStep.Sample sample = drawn.cover(run).sample(1e-6);
        SingleStep step = drawn.step(sample);
        TwoLayerNetwork network = drawn.network();
        double tolerance = 1000 * 0x1p-53 * drawn.size(sample);
        int[] order = drawn.stream().part("order").permutation(drawn.q());
        run.check("permuted neurons", new Permutation(true, true), (form, lab) -> {
                    DMatrixRMaj weights = network.weights().copy();
                    double[] outputs = network.outputs().clone();
                    for (int j = 0; j < drawn.q(); j++) {
                        outputs[j] = network.outputs()[form.signs ? order[j] : j];
                        int from = form.weights ? order[j] : j;
                        System.arraycopy(
                                network.weights().data, from * drawn.d(), weights.data, j * drawn.d(), drawn.d());
                    }
                    return Comparison.equal(
                            outputs(run(drawn, weights, outputs, sample.points(), sample.y())),
                            outputs(step),
                            tolerance,
                            ROUNDING);
                })
                .falsifiedBy("only the signs", new Permutation(true, false))
                .falsifiedBy("only the weights", new Permutation(false, true));
        run.check("opposite signs and labels", new Flip(-1, -1), (form, lab) -> {
                    SingleStep other = run(
                            drawn,
                            network.weights(),
                            scaled(network.outputs(), form.signs),
                            sample.points(),
                            scaled(sample.y(), form.labels));
                    return Comparison.equal(results(other), results(step), tolerance, ROUNDING);
                })
                .falsifiedBy("only the signs", new Flip(-1, 1))
                .falsifiedBy("only the labels", new Flip(1, -1));
    }

    private static SingleStep run(
            SmallStep drawn, DMatrixRMaj weights, double[] outputs, DMatrixRMaj points, double[] y) {
        return new SingleStep(
                new TwoLayerNetwork(weights, outputs, drawn.activation()),
                points,
                y,
                StepRule.of(drawn.d(), drawn.m()));
    }

    /** The margins before and after, and the weights. */
    private static double[] results(SingleStep step) {
        StepOutputs o = step.outputs();
        double[] margins = new double[2 * o.size()];
        for (int k = 0; k < o.size(); k++) {
            margins[2 * k] = o.y()[k] * o.before()[k];
            margins[2 * k + 1] = o.y()[k] * o.after()[k];
        }
        double[] weights = step.network().weights().data;
        double[] all = Arrays.copyOf(margins, margins.length + weights.length);
        System.arraycopy(weights, 0, all, margins.length, weights.length);
        return all;
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }
}
