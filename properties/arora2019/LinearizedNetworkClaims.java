package arora2019;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.complexity.NetworkBall;
import org.lemmalab.complexity.SignVectors;
import org.lemmalab.kernel.TangentFeatures;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * The Rademacher complexity of a network that is linearised at its initialisation.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma 5.4.
 *
 * <h2>Statement</h2>
 *
 * Z the tangent features at W(0), eps fair signs:
 *
 * <pre>{@code
 * E sup_{|W - W(0)|_F <= B} <vec W, Z eps> = B E|Z eps| <= B sqrt(E|Z eps|^2) = B |Z|_F,   E <vec W(0), Z eps> = 0
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Up to 8 points and 12 neurons ({@link SmallNetwork}).
 *
 * <h2>How it is checked</h2>
 *
 * Means are over all {@code 2^n} sign vectors; the supremum is over the member of the ball along {@code Z eps} and two along random directions. An
 * entry of {@code Z eps} is wrong by n u times the sum of its terms, so {@code |Z eps|} by {@code n^2 u}, {@code u = 2^-53}; products of length m d of
 * vectors of norms {@code |W(0)| + B} and n by {@code m d u n (|W(0)| + B)}.
 *
 * <h2>Falsifiers</h2>
 *
 * B reduced by a hundredth, {@code |Z|_F} by a twentieth; the spectral norm of Z; {@code E|Z eps|} in place of the root of the second moment; the
 * absolute value of {@code <vec W(0), Z eps>}.
 */
class LinearizedNetworkClaims {
    @Provide
    Arbitrary<SmallNetwork> networks() {
        return SmallNetwork.any();
    }

    @Claim(
            id = "A19.lem5.4-lin",
            statement =
                    "\\tfrac1n\\mathbb E_\\varepsilon \\sup_{\\|W - W(0)\\|_F \\le B} \\langle \\mathrm{vec}\\,W, Z(0)\\varepsilon\\rangle"
                            + " = \\tfrac Bn \\mathbb E\\|Z(0)\\varepsilon\\|_2 \\le \\tfrac Bn \\sqrt{\\mathbb E\\|Z(0)\\varepsilon\\|_2^2}"
                            + " = \\tfrac Bn \\|Z(0)\\|_F",
            hypotheses = "unit points, $a_r = \\pm1$")
    void linearPartHasTheComplexityOfAFrobeniusNorm(@ForAll("networks") SmallNetwork small, ClaimRun run) {
        small.cover(run);
        NormalizedNetwork network = small.network();
        double[] weights = network.weights().data;
        DMatrixRMaj z = TangentFeatures.of(small.points(), network.weights(), network.signs());
        int n = z.numCols;
        double frobenius = LinearAlgebra.norm(z.data);
        double meanNorm = SignVectors.mean(n, eps -> LinearAlgebra.norm(LinearAlgebra.product(z, eps)));
        double radius = 0.7;
        NetworkBall ball = new NetworkBall(network, radius, radius);
        double tolerance = 4 * (z.numRows + n * n + 8) * 0x1p-53 * n * (1 + LinearAlgebra.norm(weights));
        String derivation = "4 (m d + n^2 + 8) u n (1 + |W(0)|)";
        run.check(
                        "supremum",
                        radius,
                        (b, lab) -> Comparison.equal(
                                SignVectors.mean(n, eps -> largest(ball, LinearAlgebra.product(z, eps), small)) / n,
                                b * meanNorm / n,
                                tolerance,
                                derivation))
                .falsifiedBy("0.99 B", 0.99 * radius);
        run.check(
                        "centre",
                        product -> product,
                        (DoubleUnaryOperator term, Lab lab) -> Comparison.equal(
                                SignVectors.mean(
                                        n,
                                        eps -> term.applyAsDouble(
                                                LinearAlgebra.dot(weights, LinearAlgebra.product(z, eps)))),
                                0,
                                tolerance,
                                derivation))
                .falsifiedBy("absolute value", Math::abs);
        double spectral =
                Math.sqrt(LinearAlgebra.eigen(LinearAlgebra.productTransA(z, z)).largest());
        run.check("Jensen", frobenius, (norm, lab) -> Comparison.atMost(meanNorm, norm, tolerance, derivation))
                .falsifiedBy("spectral norm", spectral)
                .falsifiedBy("0.95 |Z|_F", 0.95 * frobenius);
        double secondMoment = SignVectors.mean(n, eps -> {
            double[] sum = LinearAlgebra.product(z, eps);
            return LinearAlgebra.dot(sum, sum);
        });
        run.check(
                        "second moment",
                        frobenius,
                        (norm, lab) -> Comparison.equal(secondMoment, norm * norm, tolerance, derivation))
                .falsifiedBy("mean norm", meanNorm);
    }

    /** The largest {@code <vec W, direction>} over members W of the ball: the one along the direction itself, and some at random. */
    private static double largest(NetworkBall ball, double[] direction, SmallNetwork small) {
        RandomStream stream = small.set().stream().part("members");
        return Stream.of(direction, stream.gaussians(direction.length), stream.gaussians(direction.length))
                .mapToDouble(v -> LinearAlgebra.dot(ball.member(v).weights().data, direction))
                .max()
                .orElseThrow();
    }
}
