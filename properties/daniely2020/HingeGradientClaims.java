package daniely2020;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.trainer.SingleStep;
import org.lemmalab.trainer.StepRule;

/**
 * The step in closed form, and one example's share in it.
 *
 * <h2>Source</h2>
 *
 * D20, the display after Lemma 6, proof of Lemma 7, and the first display of Claim 13's proof.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * - d/dW (1/m) sum_i (ln d - y_i h_W(x_i))_+ = sum_(i active) G^i,   G^i = (1/(m sqrt q)) y_i (a o s'(W x_i)) x_i^T
 * eta G^i = c y_i (a o s'(W x_i)) x_i^T,   c = ln d/(d sqrt q),   eta = m ln d/d
 * h_(W + eta G)(x_k) = q^-1/2 sum_j a_j s(<w_j + eta g~_j, x_k> + c a_j y_k s'(<w_j, x_k>) |x_k|^2),   G~ = G - G^k
 * }</pre>
 *
 * Example i is active when {@code y_i h_W(x_i) < ln d}. The last line is Lemma 7's decomposition: its two differences are the own example's share
 * and the rest.
 *
 * <h2>Instances</h2>
 *
 * Eighteen activations, d and m to 10, q to d, signs that cancel or are all +1, which leaves some examples beyond the hinge.
 *
 * <h2>How it is checked</h2>
 *
 * The gradient by central differences of the loss with {@code h = 1e-5} at points 1e-3 away from kinks and from the hinge's end: off by
 * {@code h^2/6} times a third derivative of s, at most 3, times the cube of a coordinate, which is below 6 but for a probability of 2e-9, and by
 * {@code 2^-53/h} times losses below 100: 1.2e-8 in all. The others up to 1000 units of the products' size.
 *
 * <h2>Falsifiers</h2>
 *
 * The opposite sign, no 1/m, no {@code 1/sqrt q}, inactive examples counted in; {@code c = ln d/(dq)}, {@code ln d/(m d sqrt q)}, no logarithm, base 2;
 * {@code |x|} for {@code |x|^2}, slopes at the moved pre-activations, no label.
 */
class HingeGradientClaims {
    private static final String ROUNDING = "1000 units in the last place of the size of the products";

    /** Signs +1 push {@code |x|} beyond the hinge where the label is +1. */
    private static final SmallStep BEYOND = new SmallStep(BalancedActivations.ABSOLUTE_VALUE, 6, 6, 10, true, 1);

    @Provide
    Arbitrary<SmallStep> steps() {
        return SmallStep.any(10);
    }

    /** A factor of the sum of the examples' gradients, and whether the sum is over active ones only. */
    private record Gradient(double factor, boolean hinge) {}

    @Claim(
            id = "D20.set.grad",
            statement =
                    "-\\nabla_W \\frac1m \\sum_i (\\ln d - y_i h_W(x_i))_+ = \\sum_{i:\\, y_i h_W(x_i) < \\ln d} G^i,\\qquad"
                            + " G^i = \\frac{1}{m \\sqrt q}\\, y_i\\, \\mathrm{diag}(a)\\, \\sigma'(W x_i)\\, x_i^\\top",
            hypotheses = "no $\\langle w_j, x_i\\rangle$ on a kink, no $y_i h_W(x_i) = \\ln d$")
    void gradientIsTheSumOverActiveExamples(@ForAll("steps") SmallStep drawn, ClaimRun run) {
        SmallStep.Sample sample = drawn.cover(run).sample(1e-3);
        SingleStep step = drawn.step(sample);
        boolean[] active = step.outputs().active();
        run.covers(step.outputs().activeCount() < drawn.m() ? "some examples inactive" : "all examples active");
        double norm = 1 / (drawn.m() * Math.sqrt(drawn.q()));
        run.check("central differences", new Gradient(norm, true), (form, lab) -> differences(drawn, form))
                .falsifiedBy("the opposite sign", new Gradient(-norm, true))
                .falsifiedBy("no 1/m", new Gradient(norm * drawn.m(), true))
                .falsifiedBy("no 1/sqrt q", new Gradient(norm * Math.sqrt(drawn.q()), true));
        double beyond = 1 / (10 * Math.sqrt(6));
        run.check(
                        "|x|, some examples beyond the hinge",
                        new Gradient(beyond, true),
                        (form, lab) -> differences(BEYOND, form))
                .falsifiedBy("these counted in", new Gradient(beyond, false));
        double rate = drawn.m() * Math.log(drawn.d()) / drawn.d();
        run.check("the step is eta times that", rate, (eta, lab) -> {
                    DMatrixRMaj sum = new DMatrixRMaj(drawn.q(), drawn.d());
                    for (int i = 0; i < drawn.m(); i++) {
                        if (active[i]) {
                            CommonOps_DDRM.addEquals(sum, eta * norm, share(drawn, sample, i));
                        }
                    }
                    return Comparison.equal(step.step().data, sum.data, 1000 * 0x1p-53 * drawn.size(sample), ROUNDING);
                })
                .falsifiedBy("eta = ln d/d", rate / drawn.m())
                .falsifiedBy("eta = m/d", drawn.m() / (double) drawn.d());
    }

    /** Compares the gradient by differences with a form of it, off kinks and the hinge's end. */
    private static Decision differences(SmallStep instance, Gradient form) {
        SmallStep.Sample sample = instance.sample(1e-3);
        boolean[] active = instance.step(sample).outputs().active();
        DMatrixRMaj sum = new DMatrixRMaj(instance.q(), instance.d());
        for (int i = 0; i < instance.m(); i++) {
            if (active[i] || !form.hinge) {
                CommonOps_DDRM.addEquals(sum, form.factor, share(instance, sample, i));
            }
        }
        return Comparison.equal(
                differences(instance.network(), sample, Math.log(instance.d())),
                sum.data,
                1e-7,
                "1e-10/6 times 3 6^3, and 2^-53/1e-5 times 100; times 8");
    }

    /** {@code y_i (a o s'(W x_i)) x_i^T} with signs a. */
    private static DMatrixRMaj share(SmallStep drawn, SmallStep.Sample sample, int i) {
        DMatrixRMaj w = drawn.network().weights();
        double[] a = drawn.setting().signs();
        DMatrixRMaj share = new DMatrixRMaj(drawn.q(), drawn.d());
        for (int j = 0; j < drawn.q(); j++) {
            double u = 0;
            for (int k = 0; k < drawn.d(); k++) {
                u += w.get(j, k) * sample.points().get(i, k);
            }
            for (int k = 0; k < drawn.d(); k++) {
                double slope = drawn.activation().derivative(u);
                share.set(j, k, sample.y()[i] * a[j] * slope * sample.points().get(i, k));
            }
        }
        return share;
    }

    /** Minus the gradient of the mean scaled hinge loss. */
    private static double[] differences(TwoLayerNetwork network, SmallStep.Sample sample, double threshold) {
        double h = 1e-5;
        DMatrixRMaj weights = network.weights().copy();
        TwoLayerNetwork moved = new TwoLayerNetwork(weights, network.outputs(), network.activation());
        double[] slopes = new double[weights.data.length];
        for (int k = 0; k < slopes.length; k++) {
            double start = weights.data[k];
            weights.data[k] = start + h;
            double above = loss(moved, sample, threshold);
            weights.data[k] = start - h;
            slopes[k] = (loss(moved, sample, threshold) - above) / (2 * h);
            weights.data[k] = start;
        }
        return slopes;
    }

    private static double loss(TwoLayerNetwork network, SmallStep.Sample sample, double threshold) {
        double[] h = network.predict(sample.points());
        double sum = 0;
        for (int i = 0; i < h.length; i++) {
            sum += Math.max(threshold - sample.y()[i] * h[i], 0);
        }
        return sum / h.length;
    }

    @Claim(
            id = "D20.set.etaG",
            statement = "\\eta\\, G^i = \\frac{\\ln d}{d \\sqrt q}\\, y_i\\, (a \\circ \\sigma'(W x_i))\\, x_i^\\top,"
                    + "\\qquad \\eta = \\frac{m \\ln d}{d}",
            hypotheses = "whatever $m$ is; the logarithm is the natural one")
    void numberOfExamplesCancels(@ForAll("steps") SmallStep drawn, ClaimRun run) {
        SmallStep.Sample sample = drawn.cover(run).sample(1e-6);
        SingleStep step = new SingleStep(
                drawn.network(),
                sample.points(),
                sample.y(),
                StepRule.of(drawn.d(), drawn.m()).withoutHinge());
        DMatrixRMaj last = CommonOps_DDRM.subtract(step.step(), step.leaveOneOutStep(drawn.m() - 1), null);
        double d = drawn.d();
        double q = drawn.q();
        double c = Math.log(d) / (d * Math.sqrt(q));
        run.check("the last example's share", c, (factor, lab) -> {
                    DMatrixRMaj share = share(drawn, sample, drawn.m() - 1);
                    CommonOps_DDRM.scale(factor, share);
                    return Comparison.equal(last.data, share.data, 1000 * 0x1p-53 * drawn.size(sample), ROUNDING);
                })
                .falsifiedBy("ln d/(d q)", c / Math.sqrt(q))
                .falsifiedBy("ln d/(m d sqrt q)", c / drawn.m())
                .falsifiedBy("1/(d sqrt q)", 1 / (d * Math.sqrt(q)))
                .falsifiedBy("binary logarithm", c / Math.log(2));
    }

    /** The own example's shift of its pre-activation: which power of the norm, slopes where, with the label or not. */
    private record OwnShift(int power, boolean slopeAfter, boolean label) {}

    @Claim(
            id = "D20.lem7.decomp",
            statement =
                    "h_{W + \\eta G}(x_m) = \\big[h_{W + \\eta \\tilde G + \\eta G^m}(x_m) - h_{W + \\eta \\tilde G}(x_m)\\big]"
                            + " + h_{W + \\eta \\tilde G}(x_m),\\qquad \\langle \\eta g_j^m, x_m\\rangle = \\frac{\\ln d}{d \\sqrt q}\\,"
                            + " a_j y_m\\, \\sigma'(\\langle w_j, x_m\\rangle)\\, |x_m|^2",
            hypotheses = "$\\tilde G = G - G^m$; any example in the role of $m$")
    void ownExampleShiftsItsPreactivations(@ForAll("steps") SmallStep drawn, ClaimRun run) {
        SmallStep.Sample sample = drawn.cover(run).sample(1e-6);
        int k = drawn.m() - 1;
        TwoLayerNetwork start = drawn.network();
        SingleStep step = new SingleStep(
                start,
                sample.points(),
                sample.y(),
                StepRule.of(drawn.d(), drawn.m()).withoutHinge());
        DMatrixRMaj own = CommonOps_DDRM.extractRow(sample.points(), k, null);
        double after = step.network().predict(own)[0];
        double leaveOneOut = step.leaveOneOutNetwork(k).predict(own)[0];
        double[] u = start.preactivations(own).data;
        double[] others = step.leaveOneOutNetwork(k).preactivations(own).data;
        double norm = LinearAlgebra.dot(own.data, own.data);
        double tolerance = 1000 * 0x1p-53 * drawn.size(sample);
        double[] a = drawn.setting().signs();
        run.check("difference by the own example", new OwnShift(2, false, true), (form, lab) -> {
                    double sum = 0;
                    for (int j = 0; j < a.length; j++) {
                        double slope = drawn.activation().derivative(form.slopeAfter ? others[j] : u[j]);
                        double shift = drawn.setting().exampleRate()
                                * a[j]
                                * (form.label ? sample.y()[k] : 1)
                                * slope
                                * Math.pow(norm, form.power / 2.0);
                        sum += a[j]
                                * (drawn.activation().value(others[j] + shift)
                                        - drawn.activation().value(others[j]));
                    }
                    return Comparison.equal(after - leaveOneOut, sum / Math.sqrt(drawn.q()), tolerance, ROUNDING);
                })
                .falsifiedBy("|x_m| for its square", new OwnShift(1, false, true))
                .falsifiedBy("slopes at the moved pre-activations", new OwnShift(2, true, true))
                .falsifiedBy("no label", new OwnShift(2, false, false));
        if (drawn.m() == 1) {
            run.check(
                            "one example: nothing is left without it",
                            1.0,
                            (factor, lab) -> Comparison.equal(
                                    step.outputs().leaveOneOut(),
                                    new double[] {factor * step.outputs().before()[0]},
                                    tolerance,
                                    ROUNDING))
                    .falsifiedBy("1.1 times the output", 1.1);
        }
        run.check("leave-one-out outputs of all examples", false, (whole, lab) -> {
                    double[] networks = new double[drawn.m()];
                    for (int i = 0; i < networks.length; i++) {
                        TwoLayerNetwork moved = whole ? step.network() : step.leaveOneOutNetwork(i);
                        networks[i] = moved.predict(CommonOps_DDRM.extractRow(sample.points(), i, null))[0];
                    }
                    return Comparison.equal(step.outputs().leaveOneOut(), networks, tolerance, ROUNDING);
                })
                .falsifiedBy("outputs of the whole step", true);
    }
}
