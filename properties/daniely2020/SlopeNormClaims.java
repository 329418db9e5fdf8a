package daniely2020;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.concentration.DiscreteLaw;
import org.lemmalab.concentration.OrliczNorm;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.stats.Comparison;

/**
 * The slopes of the neurons along a direction u, {@code S = <s'(W x), u>}, are sub-Gaussian with the size of {@code s'}.
 *
 * <h2>Source</h2>
 *
 * D20, the display in Claim 10.
 *
 * <h2>Statement</h2>
 *
 * With {@code B = sup |s'|}, {@code E s'(N) = 0} and orthonormal rows of W:
 *
 * <pre>{@code
 * |<s'(W x), u>|_2^2 <= (8/3) B^2 |u|^2
 * }</pre>
 *
 * By Hoeffding's lemma the sum of the independent {@code u_j s'(<w_j, x>)} has {@code E exp(l S) <= exp(l^2 B^2 |u|^2 / 2)}, as a normal variable of variance
 * {@code B^2 |u|^2}. The squared norm is of degree two in {@code s'}: with B for {@code B^2} the bound fails for large multiples of s. Sums of signs show that 8/3 is
 * the best constant.
 *
 * <h2>Instances</h2>
 *
 * {@code beta |x|}, {@code beta cos x} and {@code beta ln cosh x} with beta from 1/100 to 100, 1 to 10 neurons, random u of length 1 and 3. On every instance also
 * {@code 100 |x|} and {@code 1e5 |x|} with 1000 neurons, {@code u = 1/sqrt(q)}, and one neuron of {@code 100 cos x}.
 *
 * <h2>How it is checked</h2>
 *
 * For {@code |x|}: S takes at most {@code 2^10} values, or is binomial; its norm by Newton's method, to 1e-12. For smooth slopes
 * {@code E exp(S^2/t^2) = E prod_j E exp(sqrt(2) g u_j s'(N)/t) <= 2} at the bound t, g normal, substituting {@code g = 2 z}: two nested integrals with 448 nodes each
 * and integrands below 10: 1e-11.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code C B} as printed with C = 8/3 and 1000; {@code (8/3) B^1.5}; {@code 2.6 B^2}; slopes that are not centered (ReLU for ReLU - x/2).
 */
class SlopeNormClaims {
    private static final double BOUND = 8 / 3.0;

    @Provide
    Arbitrary<SlopedNeurons> neurons() {
        return SlopedNeurons.any();
    }

    /** A form bounds the squared norm by B, at {@code |u| = 1}. */
    @Claim(
            id = "D20.claim10.psi2",
            statement = "\\|\\langle \\sigma'(Wx), u\\rangle\\|_{\\Psi_2}^2 \\le C\\,\\|\\sigma'\\|_\\infty",
            hypotheses = "$\\|u\\| = 1$, $\\mathbb E\\,\\sigma'(N) = 0$, $C$ universal",
            correction =
                    "\\|\\langle \\sigma'(Wx), u\\rangle\\|_{\\Psi_2}^2 \\le C\\,\\|\\sigma'\\|_\\infty^2, \\quad C = \\tfrac83",
            derivation =
                    "$\\sigma \\to \\beta\\sigma$ multiplies the left side by $\\beta^2$ and the printed right side by $\\beta$. For $\\sigma = \\beta|x|$"
                            + " and $u = e_1$ the left side is $\\beta^2/\\ln 2$.",
            instances = 25)
    void slopesAlongADirectionAreSubGaussian(@ForAll("neurons") SlopedNeurons drawn, ClaimRun run) {
        run.covers(drawn.slope().label()).covers("beta = " + drawn.beta()).covers(drawn.q() == 1 ? "q = 1" : "q > 1");
        run.note("For slopes of size at most 1 the printed bound is true, and with $L = O(1)$ the square is harmless.");
        DoubleUnaryOperator corrected = b -> BOUND * b * b;
        DiscreteLaw many = DiscreteLaw.signs().copies(1000).map(x -> x / Math.sqrt(1000));
        run.check("absolute value: squared norm over the bound", corrected, (bound, lab) -> {
                    double[] ratios = {
                        square(drawn.weightedSigns())
                                * drawn.beta()
                                * drawn.beta()
                                / (bound.applyAsDouble(drawn.beta()) * drawn.length() * drawn.length()),
                        square(many) * 1e4 / bound.applyAsDouble(100),
                        square(many) * 1e10 / bound.applyAsDouble(1e5)
                    };
                    return Comparison.atMost(ratios, 1, 1e-11, "norms to 1e-12");
                })
                .printedAs("(8/3) B", b -> BOUND * b)
                .printedAs("1000 B", b -> 1000 * b)
                .falsifiedBy("(8/3) B^1.5", b -> BOUND * Math.pow(b, 1.5))
                .falsifiedBy("2.6 B^2", b -> 2.6 * b * b);
        run.check("any slope: moment at the bound", corrected, (bound, lab) -> {
                    double[] unit = Arrays.stream(drawn.u())
                            .map(x -> x / drawn.length())
                            .toArray();
                    double[] moments = {
                        moment(drawn.slope(), drawn.beta(), unit, bound),
                        moment(SlopedNeurons.Slope.COSINE, 100, new double[] {1}, bound)
                    };
                    return Comparison.atMost(moments, 2, 1e-10, "448 nodes, integrands below 10");
                })
                .printedAs("(8/3) B", b -> BOUND * b)
                .falsifiedBy("(8/3) B^1.5", b -> BOUND * Math.pow(b, 1.5));
        run.check("ReLU - x/2, 64 neurons", new double[] {0.5, -0.5}, (slopes, lab) -> {
                    DiscreteLaw sum = DiscreteLaw.of(slopes, new double[] {1, 1})
                            .copies(64)
                            .map(x -> x / 8);
                    return Comparison.atMost(square(sum), BOUND * slopes[0] * slopes[0], 1e-11, "norms to 1e-12");
                })
                .falsifiedBy("ReLU, slopes not centered", new double[] {1, 0});
    }

    private static double square(DiscreteLaw law) {
        return Math.pow(OrliczNorm.PSI_2.of(law), 2);
    }

    /** {@code E exp(S^2/bound)} for {@code S = sum u_j beta s'(N_j)}; capped where it overflows. */
    private static double moment(SlopedNeurons.Slope slope, double beta, double[] u, DoubleUnaryOperator bound) {
        double scale = beta / Math.sqrt(bound.applyAsDouble(beta));
        double moment = GaussianIntegral.expectation(z -> {
            double product = 2 * Math.exp(-1.5 * z * z);
            for (double weight : u) {
                double l = Math.sqrt(2) * scale * 2 * z * weight;
                product *= slope.expectation(s -> Math.exp(l * s));
            }
            return product;
        });
        return Math.min(moment, 1e300);
    }
}
