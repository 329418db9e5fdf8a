package daniely2019;

import net.jqwik.api.ForAll;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The tangent kernel of a network at initialization: closed form, split into the layers' parts, and as the kernel of a random embedding.
 *
 * <h2>Source</h2>
 *
 * D19, section 2.5 (three-line display and the split), section 2.6 (random q-kernels).
 *
 * <h2>Statement</h2>
 *
 * For {@code tk_W(x, y) = <grad h(x), grad h(y)> / (2 q B^2)} at {@code I(d, q, B)}
 *
 * <pre>{@code
 * tk_W = tk_W^h + tk_W^o
 * tk_W^h(x, y) = (<x, y> / q) sum_(i <= q) s'(<w_i, x>) s'(<w_i, y>)      for every B
 * tk_W^o(x, y) = (1 / (q B^2)) sum_(i <= q) s(<w_i, x>) s(<w_i, y>)
 * tk_W^h = k_omega with omega_i = w_i, the kernel of the q-embedding
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Ten activations, d and q from 1 to 6, B from 1/100 to 1000; five points and the antipode of one.
 *
 * <h2>How it is checked</h2>
 *
 * Gram matrices of the gradients against the formulas. Every entry is a sum of at most {@code 2 q (d + 1)} products, exact to
 * {@code (2q(d+1) + 4) 2^-53} of the sum of their moduli, which is at most twice the largest diagonal entry.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 1/(2q)} for {@code 1/q}, {@code 1/B} for {@code 1/B^2}, a sum over q - 1/2 neurons; {@code sqrt 2} for 2 between the embedding and the
 * gradients.
 */
class EmpiricalTangentKernelClaims {
    /** Factors of the two sums, and the power of B in the second. */
    private record Form(double hidden, double output, double power) {}

    @Claim(
            id = "D19.tkW-formula",
            statement =
                    "\\frac{\\langle \\nabla h(x), \\nabla h(y)\\rangle}{2qB^2} = \\frac{\\langle x,y\\rangle}{q}\\sum_{i\\le q}"
                            + "\\sigma'(\\langle w_i,x\\rangle)\\sigma'(\\langle w_i,y\\rangle) + \\frac{1}{qB^2}\\sum_{i\\le q}"
                            + "\\sigma(\\langle w_i,x\\rangle)\\sigma(\\langle w_i,y\\rangle)",
            hypotheses = "$(W, u) \\sim \\mathcal I(d, q, B)$")
    void tangentKernelIsTheSumOfTwoAverages(
            @ForAll(supplier = PairedNetwork.Any.class) PairedNetwork drawn, ClaimRun run) {
        drawn.cover(run);
        TwoLayerNetwork network = drawn.network();
        DMatrixRMaj points = pointsWithAntipode(drawn, network);
        run.check("Gram matrix", new Form(1, 1, 2), (form, lab) -> {
                    DMatrixRMaj claimed = hiddenSum(drawn, network, points);
                    CommonOps_DDRM.scale(form.hidden / drawn.q(), claimed);
                    CommonOps_DDRM.addEquals(
                            claimed,
                            form.output / (drawn.q() * Math.pow(drawn.scale(), form.power)),
                            outputSum(drawn, network, points));
                    return equal(drawn, tangentGram(drawn, network, points), claimed);
                })
                .falsifiedBy("1/(2q) in the first sum", new Form(0.5, 1, 2))
                .falsifiedBy("1/(2q) in the second sum", new Form(1, 0.5, 2))
                .falsifiedBy("1/B for 1/B^2", new Form(1, 1, 1));
    }

    @Claim(
            id = "D19.tk-split",
            statement = "\\mathrm{tk}_W = \\mathrm{tk}^h_W + \\mathrm{tk}^o_W",
            hypotheses = "$\\mathrm{tk}^h_W$ does not depend on $B$, $\\mathrm{tk}^o_W$ is proportional to $1/B^2$")
    void layersAddUpAndOnlyTheOutputsFeelTheScale(
            @ForAll(supplier = PairedNetwork.Any.class) PairedNetwork drawn, ClaimRun run) {
        drawn.cover(run);
        TwoLayerNetwork network = drawn.network();
        DMatrixRMaj points = pointsWithAntipode(drawn, network);
        double other = 3 * drawn.scale();
        run.check("hidden part at 3 B", 0.0, (power, lab) -> {
                    DMatrixRMaj claimed = hiddenGram(drawn, network, points, drawn.scale());
                    CommonOps_DDRM.scale(Math.pow(3, -power), claimed);
                    return equal(drawn, hiddenGram(drawn, drawn.network(other), points, other), claimed);
                })
                .falsifiedBy("like 1/sqrt(B)", 0.5);
        run.check("output part at 3 B", 2.0, (power, lab) -> {
                    DMatrixRMaj claimed = outputGram(drawn, network, points, drawn.scale());
                    CommonOps_DDRM.scale(Math.pow(3, -power), claimed);
                    return equal(drawn, outputGram(drawn, drawn.network(other), points, other), claimed);
                })
                .falsifiedBy("like 1/B", 1.0)
                .falsifiedBy("like 1/B^1.5", 1.5);
        run.check("sum", 1.0, (share, lab) -> {
                    DMatrixRMaj claimed = hiddenGram(drawn, network, points, drawn.scale());
                    CommonOps_DDRM.addEquals(claimed, share, outputGram(drawn, network, points, drawn.scale()));
                    return equal(drawn, tangentGram(drawn, network, points), claimed);
                })
                .falsifiedBy("nine tenths of the output part", 0.9);
    }

    @Claim(
            id = "D19.qkernel",
            statement = "\\mathrm{tk}^h_W = k_\\omega,\\; \\omega_i = w_i; \\qquad"
                    + " \\langle \\nabla_W h(x), \\nabla_W h(y) \\rangle = 2 q B^2\\, k_\\omega(x, y)",
            hypotheses = "$(W, u) \\sim \\mathcal I(d, q, B)$")
    void hiddenKernelIsThatOfTheEmbedding(
            @ForAll(supplier = PairedNetwork.Any.class) PairedNetwork drawn, ClaimRun run) {
        drawn.cover(run);
        TwoLayerNetwork network = drawn.network();
        DMatrixRMaj points = pointsWithAntipode(drawn, network);
        RandomEmbedding embedding = new RandomEmbedding(
                new TangentFeatureScheme(drawn.activation(), drawn.d()),
                CommonOps_DDRM.extract(network.weights(), 0, drawn.q(), 0, drawn.d()));
        run.check("factor", 2.0, (factor, lab) -> {
                    DMatrixRMaj claimed = embedding.gram(points);
                    CommonOps_DDRM.scale(factor / 2, claimed);
                    return equal(drawn, hiddenGram(drawn, network, points, drawn.scale()), claimed);
                })
                .falsifiedBy("sqrt 2 q B^2", Math.sqrt(2))
                .falsifiedBy("q B^2", 1.0);
    }

    private static DMatrixRMaj pointsWithAntipode(PairedNetwork drawn, TwoLayerNetwork network) {
        DMatrixRMaj points = drawn.points(6, network);
        for (int k = 0; k < drawn.d(); k++) {
            points.set(5, k, -points.get(0, k));
        }
        return points;
    }

    private static Decision equal(PairedNetwork drawn, DMatrixRMaj observed, DMatrixRMaj claimed) {
        double largest = Math.max(CommonOps_DDRM.elementMaxAbs(observed), CommonOps_DDRM.elementMaxAbs(claimed));
        return Comparison.equal(
                observed.data,
                claimed.data,
                2 * (2 * drawn.q() * (drawn.d() + 1) + 4) * 0x1p-53 * largest,
                "2 (2q(d+1) + 4) 2^-53 times the largest entry");
    }

    private static DMatrixRMaj tangentGram(PairedNetwork drawn, TwoLayerNetwork network, DMatrixRMaj points) {
        DMatrixRMaj sum = LinearAlgebra.gram(network.weightFeatures(points));
        CommonOps_DDRM.addEquals(sum, LinearAlgebra.gram(network.outputFeatures(points)));
        CommonOps_DDRM.scale(1 / (2 * drawn.q() * drawn.scale() * drawn.scale()), sum);
        return sum;
    }

    private static DMatrixRMaj hiddenGram(
            PairedNetwork drawn, TwoLayerNetwork network, DMatrixRMaj points, double scale) {
        DMatrixRMaj gram = LinearAlgebra.gram(network.weightFeatures(points));
        CommonOps_DDRM.scale(1 / (2 * drawn.q() * scale * scale), gram);
        return gram;
    }

    private static DMatrixRMaj outputGram(
            PairedNetwork drawn, TwoLayerNetwork network, DMatrixRMaj points, double scale) {
        DMatrixRMaj gram = LinearAlgebra.gram(network.outputFeatures(points));
        CommonOps_DDRM.scale(1 / (2 * drawn.q() * scale * scale), gram);
        return gram;
    }

    /** {@code <x_j, x_k> sum_(i <= q) s'(z_ij) s'(z_ik)}, written out. */
    private static DMatrixRMaj hiddenSum(PairedNetwork drawn, TwoLayerNetwork network, DMatrixRMaj points) {
        DMatrixRMaj z = network.preactivations(points);
        DMatrixRMaj sum = new DMatrixRMaj(points.numRows, points.numRows);
        for (int j = 0; j < points.numRows; j++) {
            for (int k = 0; k < points.numRows; k++) {
                double total = 0;
                for (int i = 0; i < drawn.q(); i++) {
                    total += drawn.activation().derivative(z.get(i, j))
                            * drawn.activation().derivative(z.get(i, k));
                }
                double inner = 0;
                for (int c = 0; c < drawn.d(); c++) {
                    inner += points.get(j, c) * points.get(k, c);
                }
                sum.set(j, k, inner * total);
            }
        }
        return sum;
    }

    /** {@code sum_(i <= q) s(z_ij) s(z_ik)}, written out. */
    private static DMatrixRMaj outputSum(PairedNetwork drawn, TwoLayerNetwork network, DMatrixRMaj points) {
        DMatrixRMaj z = network.preactivations(points);
        DMatrixRMaj sum = new DMatrixRMaj(points.numRows, points.numRows);
        for (int j = 0; j < points.numRows; j++) {
            for (int k = 0; k < points.numRows; k++) {
                for (int i = 0; i < drawn.q(); i++) {
                    sum.add(
                            j,
                            k,
                            drawn.activation().value(z.get(i, j))
                                    * drawn.activation().value(z.get(i, k)));
                }
            }
        }
        return sum;
    }
}
