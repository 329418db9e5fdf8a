package ghorbani2019;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.QuadraticNetworkLoss;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The population risk of the quadratic network is a polynomial of its weights.
 *
 * <h2>Source</h2>
 *
 * G19, section 2.3, the definition of {@code L(W, c)}.
 *
 * <h2>Statement</h2>
 *
 * {@code x ~ N(0, I)}, {@code f* = b0 + x^T B x}, {@code f = c + sum_i (w_i . x)^2}; with one neuron per row of W, {@code M = B - W^T W}, and
 * {@code beta = tr M + b0 - c}:
 *
 * <pre>{@code
 * L(W, c) = E (f* - f)^2 = 2 |M|_F^2 + beta^2
 * grad_W L = -8 W M - 4 beta W,   dL/dc = -2 beta
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Symmetric matrices B of either sign, and {@code B = 0}, in up to four dimensions; up to six neurons, of which some are zero, equal or collinear.
 *
 * <h2>How it is checked</h2>
 *
 * Against the mean of {@code r^2}, {@code -4 r w_i . x x} and {@code -2 r}, {@code r = f*(x) - f(x)}, under the product of Gauss-Hermite rules with
 * three nodes. They are polynomials of degree at most 4, for which the rules are exact. With {@code S} the size {@code max_x |x|^2 (|B| + |W|^2) +
 * |b0| + |c|} of the terms of r, each r is exact to {@code 20 u S}, and the masses of the rules to {@code 15 u} in each of the
 * dimensions: together {@code (40 + 60) u S^2}, and for the gradients {@code 400 u S |x|^2 (1 + |W|)}.
 *
 * <h2>Falsifiers</h2>
 *
 * 1 for 2 before the norm; the trace, or its square, left out; the gradient of half the square; the gradient without beta.
 */
class NetworkLossClaims {
    private static final double UNIT = 0x1p-53;
    private static final GaussHermite RULE = GaussHermite.of(3);

    /** What is drawn of B. */
    enum Sign {
        INDEFINITE,
        SEMIDEFINITE,
        ZERO
    }

    /** What is drawn of W. */
    enum Neurons {
        GENERAL,
        COLLINEAR,
        EQUAL,
        ZERO
    }

    /** A target and a network. */
    record Network(int d, int n, Sign sign, Neurons neurons, double offset, long seed) {
        QuadraticTarget target() {
            RandomStream s = stream().part("target");
            DMatrixRMaj g = new DMatrixRMaj(d, d, true, s.gaussians(d * d));
            DMatrixRMaj b = switch (sign) {
                case INDEFINITE -> CommonOps_DDRM.add(g, CommonOps_DDRM.transpose(g, null), null);
                case SEMIDEFINITE -> LinearAlgebra.gram(g);
                case ZERO -> new DMatrixRMaj(d, d);
            };
            return new QuadraticTarget(b, offset);
        }

        DMatrixRMaj weights() {
            RandomStream s = stream().part("weights");
            DMatrixRMaj weights = new DMatrixRMaj(n, d, true, s.gaussians(n * d));
            for (int k = 0; k < n * d && neurons != Neurons.GENERAL; k++) {
                double factor = neurons == Neurons.ZERO ? 0 : neurons == Neurons.EQUAL ? 1 : k / d + 1;
                weights.data[k] = factor * weights.data[k % d];
            }
            return weights;
        }

        double c() {
            return stream().part("offset").gaussian();
        }

        private RandomStream stream() {
            return RandomStream.of(seed, "NetworkLossClaims");
        }
    }

    @Provide
    Arbitrary<Network> networks() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(Sign.class),
                        Arbitraries.frequencyOf(
                                Tuple.of(5, Arbitraries.just(Neurons.GENERAL)),
                                Tuple.of(3, Arbitraries.of(Neurons.class))),
                        Arbitraries.of(0.0, 2.0, -1.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Network::new);
    }

    /** A form of the value: {@code norm |M|^2 + (trace tr M + b0 - c)^power}. */
    private record Value(double norm, double trace, double power) {
        double of(DMatrixRMaj m, QuadraticTarget target, double c) {
            double beta = trace * CommonOps_DDRM.trace(m) + target.offset() - c;
            return norm * LinearAlgebra.dot(m.data, m.data) + (power == 0 ? 0 : beta * beta);
        }
    }

    /** A form of the gradients: {@code -square W M - shift beta W} and {@code -offset beta}. */
    private record Gradient(double square, double shift, double offset) {
        double[] of(DMatrixRMaj weights, DMatrixRMaj m, double beta) {
            DMatrixRMaj product = LinearAlgebra.product(weights, m);
            CommonOps_DDRM.scale(-square, product);
            CommonOps_DDRM.addEquals(product, -shift * beta, weights);
            double[] gradient = Arrays.copyOf(product.data, product.getNumElements() + 1);
            gradient[gradient.length - 1] = -offset * beta;
            return gradient;
        }
    }

    @Claim(
            id = "G19.L-closed",
            statement =
                    "L(W, c) = \\mathbb{E}\\big(\\langle x x^\\top, B - W W^\\top \\rangle + b_0 - c\\big)^2 = 2 \\|B - W W^\\top\\|_F^2"
                            + " + \\big(\\operatorname{tr}(B - W W^\\top) + b_0 - c\\big)^2",
            hypotheses = "$x \\sim N(0, I_d)$, $B$ symmetric, $W \\in \\mathbb{R}^{d \\times N}$")
    void riskIsAPolynomialOfTheWeights(@ForAll("networks") Network network, ClaimRun run) {
        run.covers("B " + network.sign.name().toLowerCase(Locale.ROOT))
                .covers("neurons " + network.neurons.name().toLowerCase(Locale.ROOT))
                .covers(network.n < network.d ? "N < d" : "N >= d");
        QuadraticTarget target = network.target();
        DMatrixRMaj weights = network.weights();
        double c = network.c();
        DMatrixRMaj m = LinearAlgebra.productTransA(weights, weights);
        CommonOps_DDRM.subtract(target.matrix(), m, m);
        double beta = CommonOps_DDRM.trace(m) + target.offset() - c;
        double[] means = means(target, weights, c);
        double squaredReach = 3.0 * network.d;
        double weightSquare = LinearAlgebra.dot(weights.data, weights.data);
        double size = squaredReach * (Math.sqrt(target.frobeniusSquared()) + weightSquare)
                + Math.abs(target.offset())
                + Math.abs(c);
        QuadraticNetworkLoss loss = new QuadraticNetworkLoss(target);
        run.check(
                        "value",
                        new Value(2, 1, 2),
                        (form, lab) -> Comparison.equal(
                                new double[] {form.of(m, target, c), form.of(m, target, c)},
                                new double[] {means[0], loss.value(weights, c)},
                                100 * UNIT * size * size,
                                "100 u S^2"))
                .falsifiedBy("1 for 2", new Value(1, 1, 2))
                .falsifiedBy("1.8 for 2", new Value(1.8, 1, 2))
                .falsifiedBy("no trace", new Value(2, 0, 2))
                .falsifiedBy("no square of the mean", new Value(2, 1, 0));
        double[] meanGradient = Arrays.copyOfRange(means, 1, means.length);
        double[] ownGradient = new LandscapePoint(weights, c).gradient(loss);
        run.check(
                        "gradient",
                        new Gradient(8, 4, 2),
                        (form, lab) -> Decision.worst(List.of(
                                Comparison.equal(
                                        form.of(weights, m, beta),
                                        meanGradient,
                                        400 * UNIT * size * squaredReach * (1 + Math.sqrt(weightSquare)),
                                        "400 u S |x|^2 (1 + |W|)"),
                                Comparison.equal(
                                        form.of(weights, m, beta),
                                        ownGradient,
                                        400 * UNIT * size * (1 + Math.sqrt(weightSquare)),
                                        "400 u S (1 + |W|)"))))
                .falsifiedBy("of half the square", new Gradient(4, 2, 1))
                .falsifiedBy("no beta", new Gradient(8, 0, 2))
                .falsifiedBy("2 beta W", new Gradient(8, 2, 2));
    }

    /** The means of {@code r^2}, of its gradient in the weights, and of its derivative in c. */
    private static double[] means(QuadraticTarget target, DMatrixRMaj weights, double c) {
        int d = weights.numCols;
        int nodes = (int) Math.round(Math.pow(3, d));
        double[] means = new double[weights.getNumElements() + 2];
        for (int node = 0; node < nodes; node++) {
            DMatrixRMaj x = new DMatrixRMaj(1, d);
            double mass = 1;
            for (int k = 0, rest = node; k < d; k++, rest /= 3) {
                x.data[k] = RULE.nodes()[rest % 3];
                mass *= RULE.weights()[rest % 3];
            }
            double[] activations = LinearAlgebra.product(weights, x.data);
            double r = target.values(x)[0] - c - LinearAlgebra.dot(activations, activations);
            means[0] += mass * r * r;
            for (int k = 0; k < weights.getNumElements(); k++) {
                means[1 + k] -= 4 * mass * r * activations[k / d] * x.data[k % d];
            }
            means[means.length - 1] -= 2 * mass * r;
        }
        return means;
    }
}
