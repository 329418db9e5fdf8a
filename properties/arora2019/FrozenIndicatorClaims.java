package arora2019;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * A neuron that moves little is linear, unless its kink is near.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma 5.4.
 *
 * <h2>Statement</h2>
 *
 * Let {@code |w - w_0| <= R}, x a unit vector, {@code I_0 = 1{w_0.x >= 0}}.
 *
 * <pre>{@code
 * |w_0.x| > R   =>   1{w.x >= 0} = I_0   and   relu(w.x) = I_0 w.x
 * 0 <= relu(w.x) - relu(w_0.x) - I_0 (w - w_0).x <= (R - |w_0.x|)_+ <= 2R
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@code w_0.x = t R} for t from -3 to 3, w at random in the ball and on the line {@code w_0 + [-R, R] x}, in random directions; and with x an
 * axis and R a power of 2, where {@code w.x} is exact and {@code |w_0.x| = R} occurs.
 *
 * <h2>How it is checked</h2>
 *
 * Products in random directions are wrong by {@code (d + 2) u |w||x|}, {@code u = 2^-53}; t avoids 1 there, so that indicators are exact. Norms are
 * below {@code sqrt d + 10 + 5 R}, as no Gaussian vector is longer than {@code sqrt d + 10}.
 *
 * <h2>Falsifiers</h2>
 *
 * A threshold of 0.9 R, and {@code |w_0.x| >= R} in place of {@code >}; 0.9 R for 2R, 0.9 of {@code R - |w_0.x|}, a remainder above 0.
 */
class FrozenIndicatorClaims {
    private static final double UNIT = 0x1p-53;

    /** One neuron and one point, with {@code w_0.x = t R}. */
    record Neuron(int d, double radius, boolean exact, long seed) {
        private RandomStream stream() {
            return RandomStream.of(seed, "LinearizedNetworkClaims");
        }

        double[] point() {
            if (!exact) {
                return PointLaw.SPHERE.rows(1, d, stream().part("point")).data;
            }
            double[] axis = new double[d];
            axis[stream().integer(d)] = 1;
            return axis;
        }

        /** Values of t; with exact products also the thresholds themselves. */
        double[] offsets() {
            double[] offsets = {-3, -1.5, -1.05, -0.95, -0.5, 0, 0.5, 0.95, 1.05, 1.5, 3};
            return exact
                    ? DoubleStream.concat(DoubleStream.of(offsets), DoubleStream.of(-1, 1))
                            .toArray()
                    : offsets;
        }

        /** Pre-activations {@code (w_0.x, w.x)} of several w in the ball around {@code w_0}, and {@code (w - w_0).x}. */
        List<Move> moves() {
            double[] x = point();
            RandomStream stream = stream().part("moves");
            return Arrays.stream(offsets())
                    .boxed()
                    .flatMap(t -> DoubleStream.of(-1, -0.99, -0.4, 0, 0.4, 0.99, 1, Double.NaN, Double.NaN)
                            .mapToObj(s -> move(x, t * radius, s, stream)))
                    .toList();
        }

        /** From {@code w_0} with {@code w_0.x = p} by {@code s R x}, or, where s is NaN, by a random vector of length R. */
        private Move move(double[] x, double p, double s, RandomStream stream) {
            double[] start = stream.gaussians(d);
            double excess = p - LinearAlgebra.dot(start, x);
            double[] direction = Double.isNaN(s) ? PointLaw.SPHERE.rows(1, d, stream).data : x;
            double[] end = new double[d];
            for (int k = 0; k < d; k++) {
                start[k] = exact && x[k] == 1 ? p : start[k] + excess * x[k];
                end[k] = start[k] + (Double.isNaN(s) ? 1 : s) * radius * direction[k];
            }
            return new Move(LinearAlgebra.dot(start, x), LinearAlgebra.dot(end, x));
        }

        /** For four products of vectors, all shorter than {@code sqrt d + 10 + 5 R}, with x. */
        double tolerance() {
            return exact ? 0 : 4 * (d + 2) * UNIT * (Math.sqrt(d) + 10 + 5 * radius);
        }
    }

    /** {@code w_0.x} and {@code w.x}. */
    private record Move(double before, double after) {
        /** {@code relu(w.x) - relu(w_0.x) - I_0 (w - w_0).x = relu(w.x) - I_0 w.x}. */
        double remainder() {
            return Relu.INSTANCE.value(after) - Relu.INSTANCE.derivative(before) * after;
        }

        boolean flips() {
            return Relu.INSTANCE.derivative(before) != Relu.INSTANCE.derivative(after);
        }
    }

    @Provide
    Arbitrary<Neuron> neurons() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(0.0625, 0.5, 4.0),
                        Arbitraries.of(false, true),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Neuron::new);
    }

    /** {@code |w_0.x| > factor R}, or {@code >=}. */
    private record Threshold(double factor, boolean strict) {
        boolean passedBy(Move move, double radius) {
            double p = Math.abs(move.before);
            return strict ? p > factor * radius : p >= factor * radius;
        }
    }

    @Claim(
            id = "A19.lem5.4-stable",
            statement = "|w_r(0)^\\top x_i| > R \\;\\Longrightarrow\\; 1\\{w_r^\\top x_i \\ge 0\\} = I_{r,i}(0),\\;"
                    + " \\mathrm{relu}(w_r^\\top x_i) = I_{r,i}(0)\\, w_r^\\top x_i",
            hypotheses = "unit points, $\\|w_r - w_r(0)\\|_2 \\le R$")
    void indicatorsAwayFromTheKinkAreFrozen(@ForAll("neurons") Neuron neuron, ClaimRun run) {
        run.covers(neuron.exact ? "exact products, |w_0.x| = R" : "random direction")
                .covers("d = " + neuron.d);
        List<Move> moves = neuron.moves();
        run.check("flips", new Threshold(1, true), (threshold, lab) -> {
                    long flips = moves.stream()
                            .filter(move -> threshold.passedBy(move, neuron.radius) && move.flips())
                            .count();
                    return Comparison.atMost(flips, 0, 0, "none: a count");
                })
                .falsifiedBy("0.9 R", new Threshold(0.9, true))
                .falsifiedBy("|w_0.x| >= R", new Threshold(1, false));
        run.check("linear", new Threshold(1, true), (threshold, lab) -> {
                    double largest = moves.stream()
                            .filter(move -> threshold.passedBy(move, neuron.radius))
                            .mapToDouble(move -> Math.abs(move.remainder()))
                            .max()
                            .orElseThrow();
                    return Comparison.atMost(largest, 0, 0, "none: relu(z) is z or 0");
                })
                .falsifiedBy("0.9 R", new Threshold(0.9, true));
    }

    @Claim(
            id = "A19.lem5.4-2R",
            statement = "\\bigl|\\mathrm{relu}(w_r^\\top x_i) - \\mathrm{relu}(w_r(0)^\\top x_i)"
                    + " - I_{r,i}(0)\\,(w_r - w_r(0))^\\top x_i\\bigr| \\le 2R",
            hypotheses = "unit points, $\\|w_r - w_r(0)\\|_2 \\le R$, $|w_r(0)^\\top x_i| \\le R$")
    void remainderOfANeuronIsBoundedByTheRadius(@ForAll("neurons") Neuron neuron, ClaimRun run) {
        run.covers(neuron.exact ? "exact products, |w_0.x| = R" : "random direction")
                .covers("d = " + neuron.d);
        run.note("The remainder lies between 0 and (R - |w_r(0).x_i|)_+; 2R is twice its supremum.");
        List<Move> moves = neuron.moves();
        double r = neuron.radius;
        double tolerance = neuron.tolerance();
        String derivation = "4 (d + 2) u (sqrt d + 10 + 5 R)";
        double[] remainders = moves.stream().mapToDouble(Move::remainder).toArray();
        run.check(
                        "2R",
                        2.0,
                        (factor, lab) -> Comparison.atMost(
                                Arrays.stream(remainders).map(Math::abs).toArray(), factor * r, tolerance, derivation))
                .falsifiedBy("0.9 R", 0.9);
        run.check(
                        "distance to the kink",
                        p -> Math.max(0, r - Math.abs(p)),
                        (DoubleUnaryOperator bound, Lab lab) -> Comparison.atMost(
                                remainders,
                                moves.stream()
                                        .mapToDouble(move -> bound.applyAsDouble(move.before))
                                        .toArray(),
                                tolerance,
                                derivation))
                .falsifiedBy("0.9 of it", p -> 0.9 * Math.max(0, r - Math.abs(p)));
        run.check("sign", 0.0, (least, lab) -> Comparison.atLeast(remainders, least, 0, "none: relu(z) >= z, 0"))
                .falsifiedBy("positive", Double.MIN_VALUE);
    }
}
