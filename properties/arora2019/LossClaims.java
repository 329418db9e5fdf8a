package arora2019;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.loss.AbsoluteLoss;
import org.lemmalab.loss.Loss;
import org.lemmalab.loss.RampLoss;
import org.lemmalab.loss.ZeroOneLoss;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The ramp loss and the l1 loss bound the error of classification.
 *
 * <h2>Source</h2>
 *
 * A19, section D.4 and the caption of figure 2.
 *
 * <h2>Statement</h2>
 *
 * For labels {@code y = +-1}:
 *
 * <pre>{@code
 * ramp(u, y) is 1-Lipschitz in u, lies in [0, 1], is 0 at u = y, and is at least 1{u y <= 0}
 * |u - y| >= 1{sign(u) != y}, hence also on average
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Lattices of predictions in [-3, 3] at random offsets, together with -1, -0.0, 0, 1 and the numbers next to 0 and 1; both labels. The
 * prediction 0 counts as an error.
 *
 * <h2>How it is checked</h2>
 *
 * On all predictions; slopes between all pairs, as {@code |l(u) - l(v)| <= |u - v|} up to the rounding of a difference of two values in
 * [0, 1] and of one below 6: {@code 8u}, {@code u = 2^-53}. The inequalities for values are exact: rounding is monotone and 1 is a double.
 *
 * <h2>Falsifiers</h2>
 *
 * Ramps of margin 0.9 (too steep) and 1.1 (not 0 at the label), a ramp lowered by 0.01, the hinge loss (exceeds 1), 0.99 of the l1 loss, the l1
 * loss cut at 0.99, an error 1.05 times as large.
 */
class LossClaims {

    /** Predictions for one label. */
    record Predictions(int label, double offset) {
        double[] values() {
            return DoubleStream.concat(
                            DoubleStream.iterate(-3 + 0.1 * offset, u -> u <= 3, u -> u + 0.1),
                            DoubleStream.of(
                                    -1,
                                    -Double.MIN_VALUE,
                                    -0.0,
                                    0,
                                    Double.MIN_VALUE,
                                    Math.nextDown(1.0),
                                    1,
                                    Math.nextUp(1.0)))
                    .toArray();
        }

        double[] map(DoubleBinaryOperator f) {
            return Arrays.stream(values()).map(u -> f.applyAsDouble(u, label)).toArray();
        }
    }

    @Provide
    Arbitrary<Predictions> predictions() {
        return Combinators.combine(Arbitraries.of(-1, 1), Arbitraries.doubles().between(0, 1))
                .as(Predictions::new);
    }

    @Claim(
            id = "A19.ramp",
            statement = "|\\ell(u, y) - \\ell(v, y)| \\le |u - v|,\\; \\ell(y, y) = 0,\\;"
                    + " 1\\{uy \\le 0\\} \\le \\ell(u, y) \\le 1",
            hypotheses = "the ramp loss, $y = \\pm1$")
    void rampIsOneLipschitzAndDominatesTheError(@ForAll("predictions") Predictions predictions, ClaimRun run) {
        double y = predictions.label;
        run.covers("y = " + predictions.label);
        DoubleBinaryOperator ramp = new RampLoss(1)::value;
        run.check("slopes", ramp, (DoubleBinaryOperator loss, Lab lab) -> slopes(loss, predictions))
                .falsifiedBy("margin 0.9", new RampLoss(0.9)::value);
        run.check("at the label", ramp, (loss, lab) -> Comparison.equal(loss.applyAsDouble(y, y), 0, 0, "none: exact"))
                .falsifiedBy("margin 1.1", new RampLoss(1.1)::value);
        run.check(
                        "at least the error",
                        ramp,
                        (loss, lab) -> Comparison.atLeast(
                                predictions.map(loss), predictions.map(ZeroOneLoss.INSTANCE::value), 0, "none: exact"))
                .falsifiedBy("lowered by 0.01", (u, v) -> ramp.applyAsDouble(u, v) - 0.01);
        run.check("at most 1", ramp, (loss, lab) -> Comparison.atMost(predictions.map(loss), 1, 0, "none: exact"))
                .falsifiedBy("hinge", (u, v) -> Math.max(0, 1 - u * v));
    }

    private static Decision slopes(DoubleBinaryOperator loss, Predictions predictions) {
        double[] u = predictions.values();
        double[] values = predictions.map(loss);
        double[] rises = new double[u.length * u.length];
        double[] runs = new double[rises.length];
        for (int k = 0; k < rises.length; k++) {
            rises[k] = Math.abs(values[k / u.length] - values[k % u.length]);
            runs[k] = Math.abs(u[k / u.length] - u[k % u.length]);
        }
        return Comparison.atMost(rises, runs, 8 * 0x1p-53, "8u");
    }

    @Claim(
            id = "A19.l1-dominates",
            statement = "|u - y| \\ge 1\\{\\mathrm{sign}(u) \\ne y\\}",
            hypotheses = "$y = \\pm1$; on average over points as well")
    void absoluteLossDominatesTheError(@ForAll("predictions") Predictions predictions, ClaimRun run) {
        run.covers("y = " + predictions.label);
        run.note("The l1 loss is not in [0, 1], as (9) requires; min(|u - y|, 1) is, and dominates the error as well.");
        DoubleBinaryOperator l1 = new AbsoluteLoss(Double.POSITIVE_INFINITY)::value;
        double[] errors = predictions.map(ZeroOneLoss.INSTANCE::value);
        run.check(
                        "l1",
                        l1,
                        (DoubleBinaryOperator loss, Lab lab) ->
                                Comparison.atLeast(predictions.map(loss), errors, 0, "none: exact"))
                .falsifiedBy("0.99 of it", (u, y) -> 0.99 * l1.applyAsDouble(u, y));
        Loss cut = new AbsoluteLoss(1);
        run.check(
                        "l1 up to 1",
                        cut,
                        (loss, lab) -> Comparison.atLeast(predictions.map(loss::value), errors, 0, "none: exact"))
                .falsifiedBy("up to 0.99", new AbsoluteLoss(0.99));
        double[] wrong = Arrays.stream(predictions.values())
                .filter(u -> u * predictions.label <= 0)
                .map(u -> 0.01 * u)
                .toArray();
        double[] labels = new double[wrong.length];
        Arrays.fill(labels, predictions.label);
        run.check(
                        "average over small wrong predictions",
                        1.0,
                        (factor, lab) -> Comparison.atLeast(
                                new AbsoluteLoss(Double.POSITIVE_INFINITY).mean(wrong, labels),
                                factor * ZeroOneLoss.INSTANCE.mean(wrong, labels),
                                0,
                                "none: rounding is monotone"))
                .falsifiedBy("1.05 times the error", 1.05);
    }
}
