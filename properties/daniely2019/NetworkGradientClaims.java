package daniely2019;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.loss.LogisticLoss;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.stats.Comparison;

/**
 * The gradient of a two-layer network, its zero output at initialization, and how it scales.
 *
 * <h2>Source</h2>
 *
 * D19, section 1 and appendix A.3 (the map {@code Psi_W}), section 2.3 (initialization), footnote 2.
 *
 * <h2>Statement</h2>
 *
 * For {@code h(x) = sum_i u_i s(<w_i, x>)}
 *
 * <pre>{@code
 * grad_(w_i) h(x) = u_i s'(<w_i, x>) x,    grad_(u_i) h(x) = s(<w_i, x>)
 * W = [W'; W'], u = (B, ..., B, -B, ..., -B)  =>  h = 0
 * }</pre>
 *
 * and inputs {@code sqrt(d) x} with weights {@code W / sqrt(d)} give the same network, which gradient descent keeps the same when the hidden
 * layer's step is divided by d.
 *
 * <h2>Instances</h2>
 *
 * Ten activations, d and q from 1 to 6, weights at initialization and far from it; pre-activations at least 1/1000 off the kinks.
 *
 * <h2>How it is checked</h2>
 *
 * Gradients against central differences with step {@code e = 1e-5} of single parameters: {@code |s'''| <= 3} gives a truncation error of at most
 * {@code |u_i| e^2 / 2}, and rounding adds {@code 4 (2q + d) 2^-53 / e} times {@code sum |u_i| (|s| + |s'|)}. The zero output up to
 * {@code 4 q^2 2^-53} times the largest {@code B |s|}. The scaling at d = 4 and 16, where dividing by sqrt(d) is exact: the two runs
 * agree to the last bit, so the tolerance is 0.
 *
 * <h2>Falsifiers</h2>
 *
 * A gradient without its factor {@code u_i}, with s for s', with s' for s; outputs all positive; a second half drawn afresh; hidden steps
 * undivided or divided by sqrt(d).
 */
class NetworkGradientClaims {
    private static final double STEP = 1e-5;

    /** The factor of x in the gradient of a hidden weight, from the activation, the output and the pre-activation. */
    private interface Factor {
        double at(Activation s, double u, double z);
    }

    @Claim(
            id = "D19.net-grad",
            statement = "\\nabla_{w_i} h_{W,u}(x) = u_i\\,\\sigma'(\\langle w_i, x\\rangle)\\,x, \\qquad"
                    + " \\nabla_{u_i} h_{W,u}(x) = \\sigma(\\langle w_i, x\\rangle)",
            hypotheses = "$x$ off the kinks")
    void gradientsAreTheFactorsTimesThePoint(
            @ForAll(supplier = PairedNetwork.Any.class) PairedNetwork drawn, ClaimRun run) {
        drawn.cover(run);
        TwoLayerNetwork network = drawn.perturbed();
        DMatrixRMaj x = drawn.points(1, network);
        DMatrixRMaj z = network.preactivations(x);
        double size = 0;
        double sizeOfOne = 0; // with outputs 1
        for (int r = 0; r < network.width(); r++) {
            double value = Math.abs(drawn.activation().value(z.get(r, 0)))
                    + drawn.activation().lipschitz();
            size += Math.abs(network.outputs()[r]) * value;
            sizeOfOne += value;
        }
        double unit = 4 * (network.width() + drawn.d()) * 0x1p-53;
        double rounding = unit * size / STEP;
        double roundingOfOutputs = unit * (size + sizeOfOne);
        double largest = Arrays.stream(network.outputs()).map(Math::abs).max().orElse(0);
        Factor product = (s, u, value) -> u * s.derivative(value);
        run.check("hidden layer", product, (factor, lab) -> {
                    double[] claimed = new double[network.weights().getNumElements()];
                    double[] observed = new double[claimed.length];
                    for (int k = 0; k < claimed.length; k++) {
                        int r = k / drawn.d();
                        claimed[k] = factor.at(drawn.activation(), network.outputs()[r], z.get(r, 0))
                                * x.data[k % drawn.d()];
                        observed[k] = (moved(network, k, STEP, x) - moved(network, k, -STEP, x)) / (2 * STEP);
                    }
                    return Comparison.equal(
                            observed,
                            claimed,
                            largest * STEP * STEP / 2 + rounding,
                            "|u| e^2 / 2 + 4 (2q + d) 2^-53 sum |u| (|s| + |s'|) / e");
                })
                .falsifiedBy("without u_i", (s, u, value) -> s.derivative(value))
                .falsifiedBy("s for s'", (s, u, value) -> u * s.value(value));
        DoubleBinaryOperator value = (s, slope) -> s;
        run.check("outputs", value, (form, lab) -> {
                    double[] claimed = new double[network.width()];
                    double[] observed = new double[claimed.length];
                    for (int r = 0; r < claimed.length; r++) {
                        claimed[r] = form.applyAsDouble(
                                drawn.activation().value(z.get(r, 0)),
                                drawn.activation().derivative(z.get(r, 0)));
                        double[] up = network.outputs().clone();
                        up[r] += 1;
                        observed[r] = new TwoLayerNetwork(network.weights(), up, drawn.activation()).predict(x)[0]
                                - network.predict(x)[0];
                    }
                    return Comparison.equal(
                            observed,
                            claimed,
                            roundingOfOutputs,
                            "4 (2q + d) 2^-53 sum (1 + |u|) (|s| + |s'|): h is linear in u");
                })
                .falsifiedBy("s' for s", (s, slope) -> slope)
                .falsifiedBy("1.1 s", (s, slope) -> 1.1 * s);
    }

    private static double moved(TwoLayerNetwork network, int k, double by, DMatrixRMaj x) {
        DMatrixRMaj weights = network.weights().copy();
        weights.data[k] += by;
        return new TwoLayerNetwork(weights, network.outputs(), network.activation()).predict(x)[0];
    }

    /** What may be wrong with the initialization. */
    private record Start(boolean paired, double secondSign) {}

    @Claim(
            id = "D19.init-zero",
            statement = "(W, u) \\sim \\mathcal I(d, q, B) \\;\\Longrightarrow\\; h_{W,u}(x) = 0",
            hypotheses = "every $x \\in \\mathbb R^d$")
    void outputsVanishAtInitialization(@ForAll(supplier = PairedNetwork.Any.class) PairedNetwork drawn, ClaimRun run) {
        drawn.cover(run);
        TwoLayerNetwork start = drawn.network();
        DMatrixRMaj points = PointLaw.GAUSSIAN.rows(5, drawn.d(), drawn.stream().part("anywhere"));
        run.check("outputs / B", new Start(true, -1), (form, lab) -> {
                    DMatrixRMaj weights = start.weights().copy();
                    double[] outputs = start.outputs().clone();
                    for (int r = drawn.q(); r < 2 * drawn.q(); r++) {
                        outputs[r] = form.secondSign * drawn.scale();
                    }
                    if (!form.paired) {
                        CommonOps_DDRM.insert(
                                PointLaw.GAUSSIAN.rows(
                                        drawn.q(), drawn.d(), drawn.stream().part("afresh")),
                                weights,
                                drawn.q(),
                                0);
                    }
                    TwoLayerNetwork network = new TwoLayerNetwork(weights, outputs, drawn.activation());
                    double[] values = Arrays.stream(network.predict(points))
                            .map(h -> h / drawn.scale())
                            .toArray();
                    double largest = 0;
                    for (double z : network.preactivations(points).data) {
                        largest = Math.max(largest, Math.abs(drawn.activation().value(z)));
                    }
                    return Comparison.equal(
                            values,
                            new double[values.length],
                            4 * drawn.q() * drawn.q() * 0x1p-53 * largest,
                            "4 q^2 2^-53 max |s|");
                })
                .falsifiedBy("outputs 0.9 B in the second half", new Start(true, -0.9))
                .falsifiedBy("second half drawn afresh", new Start(false, -1));
    }

    /** A run in dimension 4 or 16. */
    record Scaling(DecentActivation activation, int d, int q, long seed) {}

    @Provide
    Arbitrary<Scaling> scalings() {
        return Combinators.combine(
                        new PairedNetwork.Any().get().map(PairedNetwork::activation),
                        Arbitraries.of(4, 16),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Scaling::new);
    }

    @Claim(
            id = "D19.footnote2",
            statement = "x \\mapsto \\sqrt d\\,x, \\quad W \\mapsto W / \\sqrt d",
            hypotheses =
                    "the same network, and the same trajectory of SGD with step $\\eta / d$ in the hidden layer, $\\eta$ in the outputs")
    void rescaledInputsAndWeightsTrainAlike(@ForAll("scalings") Scaling drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers("d = " + drawn.d);
        PairedNetwork instance = new PairedNetwork(drawn.activation, drawn.d, drawn.q, 2.5, drawn.seed);
        DMatrixRMaj points = PointLaw.SPHERE.rows(6, drawn.d, instance.stream().part("data"));
        double[] labels = instance.stream().part("labels").signs(6);
        DMatrixRMaj scaledPoints = points.copy();
        CommonOps_DDRM.scale(Math.sqrt(drawn.d), scaledPoints);
        double[] expected = trained(instance.network(), points, labels, 1);
        run.check("predictions after 5 steps", 1.0, (power, lab) -> {
                    TwoLayerNetwork network = instance.network();
                    CommonOps_DDRM.scale(1 / Math.sqrt(drawn.d), network.weights());
                    return Comparison.equal(
                            trained(network, scaledPoints, labels, Math.pow(drawn.d, -power)),
                            expected,
                            0,
                            "scaling by a power of 2 is exact");
                })
                .falsifiedBy("hidden step undivided", 0.0)
                .falsifiedBy("hidden step divided by sqrt(d)", 0.5);
    }

    /** Predictions after five steps on the mean logistic loss, with the hidden layer's step times a factor. */
    private static double[] trained(TwoLayerNetwork start, DMatrixRMaj points, double[] labels, double hiddenFactor) {
        TwoLayerNetwork network = start;
        for (int step = 0; step < 5; step++) {
            double[] u = network.predict(points);
            double[] c = new double[u.length];
            for (int i = 0; i < c.length; i++) {
                c[i] = -0.25 * LogisticLoss.INSTANCE.derivative(u[i], labels[i]) / c.length;
            }
            DMatrixRMaj weights = network.weightGradient(points, c);
            CommonOps_DDRM.scale(hiddenFactor, weights);
            CommonOps_DDRM.addEquals(weights, network.weights());
            double[] outputs = network.outputGradient(points, c);
            for (int r = 0; r < outputs.length; r++) {
                outputs[r] += network.outputs()[r];
            }
            network = new TwoLayerNetwork(weights, outputs, network.activation());
        }
        return network.predict(points);
    }
}
