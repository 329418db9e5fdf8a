package daniely2020;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.concentration.DiscreteLaw;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.stats.Comparison;

/**
 * The summands {@code y <s'(W x), u> <x, z>} of the gradient's bilinear form are sub-exponential.
 *
 * <h2>Source</h2>
 *
 * D20, Claim 10.
 *
 * <h2>Statement</h2>
 *
 * With {@code B = sup |s'|}, {@code E s'(N) = 0}, orthonormal rows of W, unit vectors u and z:
 *
 * <pre>{@code
 * |y <s'(W x), u> <x, z>|_1 <= |<s'(W x), u>|_2 |<x, z>|_2 <= sqrt(8/3) B sqrt(8/3) = (8/3) B
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@code |x|}, {@code cos x} and {@code ln cosh x}: one neuron, z at 1 to 90 degrees to its row; {@code |x|} with up to 10 neurons and random u, z orthogonal to all rows. On
 * every instance also one neuron {@code |x|} with z along its row; {@code u = z = 1/sqrt(q)} for q = 400, and the limit of many neurons, which is a product of normal variables of
 * correlation {@code sqrt(2/pi)}.
 *
 * <h2>How it is checked</h2>
 *
 * {@code E exp(|product|/t) <= 2} at {@code t = (8/3) B}; multiples of s cancel. Given the slopes the product is a folded normal variable, in closed form; the slopes by enumeration or by an
 * integral with 448 nodes: 1e-11. For q = 400 without the absolute value, which bounds it from below: a product over neurons, by the number of positive ones.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 1.3 B} and {@code 2.25 B}.
 */
class GradientSummandClaims {
    private static final double BOUND = 8 / 3.0;

    /** Neurons, and the angle between z and the one row, in degrees. */
    record Product(SlopedNeurons neurons, double degrees) {}

    @Provide
    Arbitrary<Product> products() {
        return Combinators.combine(SlopedNeurons.any(), Arbitraries.of(1.0, 30.0, 60.0, 90.0))
                .as(Product::new);
    }

    @Claim(
            id = "D20.claim10.psi1",
            statement = "\\|y\\,\\langle \\sigma'(Wx), u\\rangle\\,\\langle x, z\\rangle\\|_{\\Psi_1} = O(1)",
            hypotheses = "unit $u, z$; here at most $\\tfrac83 \\|\\sigma'\\|_\\infty$")
    void summandsAreSubExponential(@ForAll("products") Product drawn, ClaimRun run) {
        SlopedNeurons neurons = drawn.neurons;
        run.covers(neurons.slope().label()).covers(drawn.degrees + " degrees");
        double angle = Math.toRadians(drawn.degrees);
        DiscreteLaw signs = neurons.weightedSigns().map(x -> x / neurons.length());
        run.check("moment at the bound", BOUND, (t, lab) -> {
                    double a = 1 / t; // the multiple beta cancels
                    List<Double> moments = List.of(
                            ContinuousLaw.halfNormalMoment(a), // u = z, one neuron, |x|
                            GaussianIntegral.expectation(
                                    x -> folded(a * neurons.slope().at(x), angle, x), 0),
                            signs.expectation(s -> ContinuousLaw.halfNormalMoment(a * Math.abs(s))),
                            equalWeights(400, a),
                            Math.min(1e300, ContinuousLaw.productMoment(Math.sqrt(2 / Math.PI), a)));
                    return Comparison.atMost(
                            moments.stream().mapToDouble(m -> m).toArray(), 2, 1e-11, "1024 terms, 448 nodes, 400 u");
                })
                .falsifiedBy("1.3 B", 1.3)
                .falsifiedBy("2.25 B", 2.25);
    }

    /** {@code E exp(|b (x cos angle + g sin angle)|)} over a normal g. */
    private static double folded(double b, double angle, double x) {
        double mean = b * x * Math.cos(angle);
        double deviation = Math.abs(b) * Math.sin(angle);
        return deviation == 0
                ? Math.exp(Math.abs(mean))
                : Math.exp(deviation * deviation / 2)
                        * (Math.exp(mean) * ContinuousLaw.cumulative(mean / deviation + deviation)
                                + Math.exp(-mean) * ContinuousLaw.cumulative(deviation - mean / deviation));
    }

    /** {@code E exp(a S Z)}, {@code S = sum sign(x_j)/sqrt(q)}, {@code Z = sum x_j/sqrt(q)}: at most that of the absolute value. */
    private static double equalWeights(int q, double a) {
        DiscreteLaw sum = DiscreteLaw.signs().copies(q);
        return sum.expectation(s -> {
            double b = a * s / q;
            double positive = (q + s) / 2;
            return Math.exp(positive * Math.log(ContinuousLaw.halfNormalMoment(b))
                    + (q - positive) * Math.log(ContinuousLaw.halfNormalMoment(-b)));
        });
    }
}
