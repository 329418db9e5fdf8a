package ghorbani2019;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.QuadraticNetworkLoss;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.QuadraticNetworkDescent;

/**
 * A trained quadratic network finds the principal eigendirections of its target; the tangent class fits it along a random subspace.
 *
 * <h2>Source</h2>
 *
 * G19, section 1.1 and the last line of section 2.3.
 *
 * <h2>Statement</h2>
 *
 * {@code B >= 0} with {@code l_N > l_(N+1)}. As the loss of {@code c + sum_i (w_i . x)^2} falls to its infimum,
 *
 * <pre>{@code
 * span(w_i) -> span(u_1, ..., u_N),   eigenvalues of W^T W -> l_1, ..., l_N, 0, ...,   c -> b0 + sum_(i > N) l_i
 * }</pre>
 *
 * The subspace of the tangent class is that of the random weights: {@code E cos^2(u_1, span W) = N/d}.
 *
 * <h2>Instances</h2>
 *
 * Eight dimensions in a random orthonormal basis, 1 to 7 neurons, simple and repeated eigenvalues, gaps {@code l_N - l_(N+1)} of at least 1/4.
 *
 * <h2>How it is checked</h2>
 *
 * Gradient flow (steps of 1/1000) until t = 60 from {@code W_0 ~ N(0, 1/4)}. The slowest mode is that of the offset, {@code exp(-4t/(d+2))},
 * which leaves {@code 4e-11} of numbers below 20; angles to the eigenspace fall at least like {@code exp(-2t)}. Stochastic gradient descent with
 * steps of 1/8000 until t = 4: all principal cosines are above 0.95 with probability at least 9/10. The mean for the tangent class by sampling
 * weights.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code u_(N+1)} in place of {@code u_N}, the last N eigenvectors; eigenvalues less {@code l_(N+1)}; offsets with one term too many or none;
 * for the tangent class {@code sqrt(N/d)} and {@code (N+1)/d}.
 */
class PrincipalDirectionsClaims {
    private static final int D = 8;

    /** The eigenvalues of B, descending, and the number of neurons. */
    enum Spectrum {
        ONE(1, 1.5, 1.25, 1, 0.5, 0.4, 0.25, 0.15, 0.05),
        THREE(3, 1.5, 1.25, 1, 0.5, 0.4, 0.25, 0.15, 0.05),
        FIVE(5, 1.5, 1.25, 1, 0.8, 0.6, 0.25, 0.15, 0.05),
        SEVEN(7, 1.5, 1.25, 1, 0.8, 0.6, 0.5, 0.4, 0.1),
        REPEATED(4, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5);

        private final int neurons;
        private final double[] values;

        Spectrum(int neurons, double... values) {
            this.neurons = neurons;
            this.values = values;
        }

        double tail(int from) {
            return Arrays.stream(values, from, D).sum();
        }
    }

    @Provide
    Arbitrary<Spectrum> spectra() {
        return Arbitraries.of(Spectrum.values());
    }

    private record Network(DMatrixRMaj weights, double offset) {}

    @Claim(
            id = "G19.align",
            statement =
                    "\\operatorname{span}(W) \\to \\langle u_1, \\dots, u_N \\rangle, \\quad \\lambda(W W^\\top) \\to "
                            + "(\\lambda_1, \\dots, \\lambda_N), \\quad c \\to b_0 + \\sum_{i > N} \\lambda_i; \\qquad "
                            + "\\text{NT:}\\ \\mathbb E \\cos^2(u_1, \\operatorname{span} W) = N/d",
            hypotheses =
                    "$B \\succeq 0$, $\\lambda_N > \\lambda_{N+1}$, $L \\to \\inf L$ by gradient flow or by small stochastic steps; "
                            + "NT: $w_i \\sim N(0, I/d)$",
            instances = 4)
    void trainedNetworksFindThePrincipalDirections(@ForAll("spectra") Spectrum spectrum, ClaimRun run) {
        run.covers("N = " + spectrum.neurons + (spectrum == Spectrum.REPEATED ? ", repeated eigenvalues" : ""));
        int n = spectrum.neurons;
        DMatrixRMaj basis = OrthonormalRows.draw(D, D, run.stream().part("basis"));
        QuadraticTarget target = new QuadraticTarget(matrix(basis, spectrum.values), 0.5);
        Network trained = flow(target, n, run.stream().part("start"));
        int[] principal = IntStream.range(0, n).toArray();
        int[] next = principal.clone();
        next[n - 1] = n;
        int[] last = IntStream.range(D - n, D).toArray();

        run.check(
                        "span of the weights",
                        principal,
                        (indices, lab) -> Comparison.atLeast(
                                cosine(trained.weights, basis, indices), 1, 1e-8, "angles below exp(-100); rounding"))
                .falsifiedBy("u_(N+1) in place of u_N", next)
                .falsifiedBy("last eigenvectors", last);
        run.check("eigenvalues of W^T W", 0.0, (less, lab) -> {
                    double[] claimed = Arrays.copyOf(spectrum.values, D);
                    for (int i = 0; i < D; i++) {
                        claimed[i] = i < n ? claimed[i] - less * claimed[n] : 0;
                    }
                    double[] found = LinearAlgebra.eigen(LinearAlgebra.productTransA(trained.weights, trained.weights))
                            .values();
                    return Comparison.equal(found, claimed, 1e-8, "exp(-24) of the offset's mode, times 20");
                })
                .falsifiedBy("less l_(N+1)", 1.0);
        run.check(
                        "offset",
                        n,
                        (from, lab) -> Comparison.equal(
                                trained.offset,
                                target.offset() + spectrum.tail(from),
                                1e-8,
                                "exp(-24) of the offset's mode, times 20"))
                .falsifiedBy("with l_N", n - 1)
                .falsifiedBy("without l_(N+1)", n + 1)
                .falsifiedBy("b0", D);

        QuadraticTarget three = QuadraticTarget.centred(matrix(basis, Spectrum.THREE.values));
        run.check(
                        "stochastic gradient descent",
                        new int[] {0, 1, 2},
                        (indices, lab) -> lab.failsAtMost(
                                0.1, 0.25, stream -> !(cosine(descend(three, stream), basis, indices) > 0.95)))
                .falsifiedBy("u_4 in place of u_3", new int[] {0, 1, 3});
        run.check(
                        "tangent class, mean of cos^2",
                        0.3,
                        (mean, lab) -> lab.meanEquals(mean, 0.05, new Bounded(0, 1), stream -> 1 - outside(stream)))
                .falsifiedBy("(N+1)/d", 0.4)
                .falsifiedBy("(N-1)/d", 0.2)
                .falsifiedBy("sqrt(N/d)", Math.sqrt(0.3));
    }

    private static DMatrixRMaj matrix(DMatrixRMaj basis, double[] values) {
        DMatrixRMaj scaled = basis.copy();
        CommonOps_DDRM.multRows(values, scaled);
        DMatrixRMaj product = LinearAlgebra.productTransA(basis, scaled);
        DMatrixRMaj b = CommonOps_DDRM.add(product, CommonOps_DDRM.transpose(product, null), null);
        CommonOps_DDRM.scale(0.5, b);
        return b;
    }

    private static DMatrixRMaj start(int n, RandomStream stream) {
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(n, D, stream);
        CommonOps_DDRM.scale(0.5, weights);
        return weights;
    }

    private static Network flow(QuadraticTarget target, int n, RandomStream stream) {
        QuadraticNetworkLoss loss = new QuadraticNetworkLoss(target);
        DMatrixRMaj weights = start(n, stream);
        double c = 0;
        for (int k = 0; k < 60_000; k++) {
            DMatrixRMaj gradient = loss.weightGradient(weights, c);
            c -= 1e-3 * loss.offsetDerivative(weights, c);
            CommonOps_DDRM.addEquals(weights, -1e-3, gradient);
        }
        return new Network(weights, c);
    }

    private static DMatrixRMaj descend(QuadraticTarget target, RandomStream stream) {
        QuadraticNetworkDescent run = QuadraticNetworkDescent.withFixedSecondLayer(
                start(3, stream.part("W")), target.offset(), 1, new FreshSamples(target, stream.part("samples")));
        run.steps(32_000, 1.0 / 8000);
        return run.weights();
    }

    /** The smallest cosine of a principal angle between the span of the weights and that of these rows of the basis; NaN if training diverged. */
    private static double cosine(DMatrixRMaj weights, DMatrixRMaj basis, int[] indices) {
        if (!Arrays.stream(weights.data).allMatch(Double::isFinite)) {
            return Double.NaN;
        }
        DMatrixRMaj inside = TangentRisk.complement(weights);
        CommonOps_DDRM.scale(-1, inside);
        for (int k = 0; k < D; k++) {
            inside.add(k, k, 1);
        }
        DMatrixRMaj rows = new DMatrixRMaj(indices.length, D);
        for (int i = 0; i < indices.length; i++) {
            CommonOps_DDRM.extract(basis, indices[i], indices[i] + 1, 0, D, rows, i, 0);
        }
        DMatrixRMaj cosines = LinearAlgebra.productTransB(LinearAlgebra.product(rows, inside), rows);
        DMatrixRMaj symmetric = CommonOps_DDRM.add(cosines, CommonOps_DDRM.transpose(cosines, null), null);
        SymmetricEigen squares = LinearAlgebra.eigen(symmetric);
        return Math.sqrt(Math.max(squares.smallest() / 2, 0));
    }

    /** {@code sin^2} of the angle between a fixed direction and the span of three random weights in ten dimensions. */
    private static double outside(RandomStream stream) {
        return TangentRisk.complement(PointLaw.GAUSSIAN.rows(3, 10, stream)).get(0, 0);
    }
}
