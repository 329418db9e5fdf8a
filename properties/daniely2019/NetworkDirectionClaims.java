package daniely2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * The functions of the tangent kernel's space are the directional derivatives of the network.
 *
 * <h2>Source</h2>
 *
 * D19 (2) and the sentence after it.
 *
 * <h2>Statement</h2>
 *
 * h lies in the space of {@code tk_W} iff some direction U of both layers has
 *
 * <pre>{@code
 * h(x) = d/de h_(W + e U)(x) at e = 0,   and the least such U has   |U| = |h|_(tk_W) / (sqrt(2 q) B)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Smooth activations with d and q up to 6 and every scale for the derivative; for the norm, d and q up to 3 and 60 points, more than there are
 * parameters, so that their Gram matrix determines the norm; for ReLU a point on the hyperplane of a neuron.
 *
 * <h2>How it is checked</h2>
 *
 * With {@code K = F F^T / (2 q B^2)}, F the gradients at the points, {@code h = K c} has the direction {@code U = F^T c / (2 q B^2)}: a central
 * difference of the network along U, of length {@code e = 1e-5 / |U|}, against h; the third derivative along a unit direction is at most
 * {@code 3 sqrt(2q) (B + 3)}, rounding {@code 8 (2q + d) 2^-53 (2q) (B + 1) / 1e-5}. For the norm, {@code |h|^2 = h^T K^+ h} from the points' side, and U from
 * the parameters' side, {@code (F^T F)^+ F^T h}; eigenvalues below 1e-9 of the largest are cut on both sides, and rounding by 1e-16 over that is
 * 1e-7 of U. On a hyperplane of ReLU the two one-sided quotients of step 1e-6 agree, when U is opposite on a neuron and its twin, to
 * {@code 1e-6 |U|^2} and rounding.
 *
 * <h2>Falsifiers</h2>
 *
 * Directions of the hidden layer alone; directions a tenth too long; the norm as printed, {@code sqrt(q) B |h|}, and {@code 1/(sqrt(q) B)};
 * at the kink, a direction that is not opposite on twins.
 */
class NetworkDirectionClaims {
    private static final double STEP = 1e-5;

    /** Which part of the direction counts, and its length. */
    private record Direction(double hidden, double outputs) {}

    @Claim(
            id = "D19.eq2-iff",
            statement =
                    "h \\in H_{\\mathrm{tk}_W} \\iff \\exists U\\; \\forall x:\\; h(x) = \\lim_{\\epsilon \\to 0} \\frac{h_{W + \\epsilon U}(x) - h_W(x)}{\\epsilon}",
            hypotheses = "smooth $\\sigma$; for kinked ones off the hyperplanes $\\langle w_i, x\\rangle = $ kink")
    void functionsOfTheTangentSpaceAreDirectionalDerivatives(
            @ForAll(supplier = PairedNetwork.Smooth.class) PairedNetwork drawn, ClaimRun run) {
        drawn.cover(run);
        TwoLayerNetwork network = drawn.network();
        int n = 8;
        DMatrixRMaj points = drawn.points(n, network);
        DMatrixRMaj hidden = network.weightFeatures(points);
        DMatrixRMaj outputs = network.outputFeatures(points);
        double[] c = drawn.stream().part("c").gaussians(n);
        double[] hiddenDirection = LinearAlgebra.productTransA(hidden, c);
        double[] outputDirection = LinearAlgebra.productTransA(outputs, c);
        double length = Math.hypot(LinearAlgebra.norm(hiddenDirection), LinearAlgebra.norm(outputDirection));
        DMatrixRMaj gram = LinearAlgebra.gram(hidden);
        CommonOps_DDRM.addEquals(gram, LinearAlgebra.gram(outputs));
        double[] claimed = LinearAlgebra.product(gram, c);
        for (int i = 0; i < n; i++) {
            claimed[i] /= length; // the function of the unit direction
        }
        double width = 2.0 * drawn.q();
        double tolerance = STEP * STEP / 6 * 3 * Math.sqrt(width) * (drawn.scale() + 3)
                + 8 * (width + drawn.d()) * 0x1p-53 * width * (drawn.scale() + 1) / STEP;
        run.check("derivative along U", new Direction(1, 1), (form, lab) -> {
                    double[] observed =
                            difference(network, points, hiddenDirection, outputDirection, form, STEP / length);
                    for (int i = 0; i < n; i++) {
                        observed[i] /= length;
                    }
                    return Comparison.equal(
                            observed, claimed, tolerance, "e^2/6 3 sqrt(2q) (B + 3) + 8 (2q + d) 2q 2^-53 (B + 1) / e");
                })
                .falsifiedBy("1.1 U", new Direction(1.1, 1.1))
                .falsifiedBy("hidden layer alone", new Direction(1, 0))
                .falsifiedBy("outputs alone", new Direction(0, 1));
    }

    /** {@code (h_(W + e U) - h_(W - e U)) / (2 e)} at the points. */
    private static double[] difference(
            TwoLayerNetwork network, DMatrixRMaj points, double[] hidden, double[] outputs, Direction form, double e) {
        double[] up = moved(network, hidden, outputs, form, e).predict(points);
        double[] down = moved(network, hidden, outputs, form, -e).predict(points);
        for (int i = 0; i < up.length; i++) {
            up[i] = (up[i] - down[i]) / (2 * e);
        }
        return up;
    }

    private static TwoLayerNetwork moved(
            TwoLayerNetwork network, double[] hidden, double[] outputs, Direction form, double e) {
        DMatrixRMaj weights = network.weights().copy();
        for (int k = 0; k < hidden.length; k++) {
            weights.data[k] += e * form.hidden * hidden[k];
        }
        double[] u = network.outputs().clone();
        for (int r = 0; r < u.length; r++) {
            u[r] += e * form.outputs * outputs[r];
        }
        return new TwoLayerNetwork(weights, u, network.activation());
    }

    /** A ReLU network and a point on the hyperplane of its first neuron. */
    record OnHyperplane(int d, int q, long seed) {}

    @Provide
    Arbitrary<OnHyperplane> onHyperplane() {
        return Combinators.combine(
                        Arbitraries.integers().between(2, 5),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(OnHyperplane::new);
    }

    @Claim(
            id = "D19.eq2-kink",
            statement =
                    "\\text{ReLU at } \\langle w_1, x\\rangle = 0:\\; \\text{the limit exists iff } |\\langle U_1, x\\rangle| = |\\langle U_{1+q}, x\\rangle|",
            hypotheses =
                    "so it does for $U_{i+q} = -U_i$, in particular for the least $U$, and then belongs to $\\sigma'(0) = 1/2$")
    void twinsThatMoveOppositeWaysHaveADerivativeAtTheKink(@ForAll("onHyperplane") OnHyperplane drawn, ClaimRun run) {
        run.note("The paper's 'for all x' holds off a set of measure zero, and on it for the least U.");
        run.covers(drawn.q == 1 ? "one neuron and its twin" : "several neurons");
        RandomStream stream = RandomStream.of(drawn.seed, "NetworkDirectionClaims");
        int q = drawn.q;
        int d = drawn.d;
        TwoLayerNetwork network = new PairedNetwork(DecentActivation.RELU, d, q, 1, drawn.seed).network();
        DMatrixRMaj x = new DMatrixRMaj(1, d);
        double[] first = Arrays.copyOf(network.weights().data, d);
        double[] other = PointLaw.SPHERE.rows(1, d, stream.part("x")).data;
        for (int pass = 0; pass < 2; pass++) { // the second one removes what cancellation left
            double share = LinearAlgebra.dot(first, other) / LinearAlgebra.dot(first, first);
            for (int k = 0; k < d; k++) {
                x.data[k] = other[k] - share * first[k];
            }
            CommonOps_DDRM.scale(1 / LinearAlgebra.norm(x.data), x);
            System.arraycopy(x.data, 0, other, 0, d);
        }
        double[] half = stream.part("U").gaussians(q * d);
        for (int k = 0; k < d; k++) {
            half[k] += 3 * x.data[k]; // the first neuron is moved across its hyperplane
        }
        double e = 1e-6;
        run.check("one-sided quotients", -1.0, (twin, lab) -> {
                    double[] u = new double[2 * q * d];
                    for (int k = 0; k < q * d; k++) {
                        u[k] = half[k];
                        u[q * d + k] = twin * half[k];
                    }
                    Direction all = new Direction(1, 1);
                    double[] none = new double[2 * q];
                    double right = moved(network, u, none, all, e).predict(x)[0] / e;
                    double left = -moved(network, u, none, all, -e).predict(x)[0] / e;
                    double features = 0;
                    DMatrixRMaj z = network.preactivations(x);
                    for (int r = 0; r < 2 * q; r++) {
                        double slope = r % q == 0 ? 0.5 : z.get(r, 0) >= 0 ? 1 : 0;
                        features += network.outputs()[r] * slope * LinearAlgebra.dot(u, r * d, x.data, 0, d);
                    }
                    double size = 2 * q * LinearAlgebra.norm(u);
                    return Comparison.equal(
                            new double[] {right, left},
                            new double[] {features, features},
                            64 * d * 0x1p-53 * (size + 4 * q * LinearAlgebra.norm(network.weights().data)) / e,
                            "h is piecewise linear in W: rounding of 64 d 2^-53 |W| / e");
                })
                .falsifiedBy("U_(i+q) = U_i / 2", 0.5)
                .falsifiedBy("U_(i+q) = 0", 0.0);
    }

    /** A network with few parameters. */
    @Provide
    Arbitrary<PairedNetwork> small() {
        return Combinators.combine(
                        new PairedNetwork.Any().get().map(PairedNetwork::activation),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(0.1, 0.3, 2.5, 30.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(PairedNetwork::new);
    }

    /** {@code |U|} from {@code |h|}, q and B. */
    private interface Norm {
        double of(double norm, int q, double scale);
    }

    @Claim(
            id = "D19.eq2-norm",
            statement = "\\sqrt q\\, B\\, \\|h\\|_{\\mathrm{tk}_W} = \\min \\|U\\|",
            correction = "\\min \\|U\\| = \\frac{\\|h\\|_{\\mathrm{tk}_W}}{\\sqrt{2q}\\, B}",
            derivation =
                    "The embedding of $\\mathrm{tk}_W$ is $\\nabla h / (\\sqrt{2q} B)$, so $h = \\langle U, \\nabla h\\rangle$"
                            + " is $\\langle \\sqrt{2q} B U, \\nabla h / (\\sqrt{2q} B)\\rangle$, and Theorem 2 gives $\\|h\\| = \\sqrt{2q} B \\min \\|U\\|$."
                            + " The two forms agree at $\\sqrt 2\\, q B^2 = 1$ only.",
            hypotheses = "$h \\ne 0$ in the space of $\\mathrm{tk}_W$",
            instances = 100)
    void leastDirectionHasTheNormOfTheFunction(@ForAll("small") PairedNetwork drawn, ClaimRun run) {
        drawn.cover(run);
        TwoLayerNetwork network = drawn.network();
        int n = 60;
        DMatrixRMaj points = drawn.points(n, network);
        DMatrixRMaj hidden = network.weightFeatures(points);
        DMatrixRMaj outputs = network.outputFeatures(points);
        DMatrixRMaj features = CommonOps_DDRM.concatColumns(hidden, outputs, null);
        double[] h =
                LinearAlgebra.product(features, drawn.stream().part("direction").gaussians(features.numCols));
        double cut = 1e-9;
        double[] least = LinearAlgebra.product(
                LinearAlgebra.eigen(LinearAlgebra.productTransA(features, features))
                        .pseudoInverse(cut),
                LinearAlgebra.productTransA(features, h));
        double square = 2 * drawn.q() * drawn.scale() * drawn.scale();
        DMatrixRMaj inverse = LinearAlgebra.eigen(LinearAlgebra.gram(features)).pseudoInverse(cut);
        double norm = Math.sqrt(square * LinearAlgebra.dot(h, LinearAlgebra.product(inverse, h)));
        Norm corrected = (value, q, scale) -> value / (Math.sqrt(2.0 * q) * scale);
        double length = LinearAlgebra.norm(least);
        run.covers(length == 0 ? "h = 0: no neuron is active" : "h not 0");
        run.check(
                        "|U|",
                        corrected,
                        (form, lab) -> Comparison.equal(
                                length,
                                form.of(norm, drawn.q(), drawn.scale()),
                                1e-6 * length,
                                "eigenvalues above 1e-9 of the largest: rounding 1e-16 / 1e-9, times 10"))
                .printedAs("sqrt(q) B |h|", (value, q, scale) -> Math.sqrt(q) * scale * value)
                .falsifiedBy("|h| / (sqrt(q) B)", (value, q, scale) -> value / (Math.sqrt(q) * scale));
    }
}
