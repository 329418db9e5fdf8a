package daniely2019;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.special.Gamma;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * How the sizes that suffice depend on the distribution, and the tail of a Gaussian vector's norm.
 *
 * <h2>Source</h2>
 *
 * D19, section 1 (last sentence of 'Bounded distributions'); proof of Lemma 18.
 *
 * <h2>Statement</h2>
 *
 * With the constants of Theorem 10, {@code q = ceil(4 L^2 R^2 C^2 M^2 / (d e^2))} neurons and {@code T = ceil(4 L^2 C^2 M^2 / e^2)} steps bring its bound
 * {@code L R C M / sqrt(q d) + L C M / sqrt(T)} below e: q grows like {@code R^2}, T does not depend on R. For {@code w ~ N(0, I_d)},
 * {@code P(|w| > 2 sqrt(d)) <= 2^-d}.
 *
 * <h2>Instances</h2>
 *
 * {@code d <= 100}, R from 1 to {@code sqrt(d)} with both ends, M and L from 1/2 to 3, {@code e} from 0.01 to 1; all dimensions to 200 for the tail.
 *
 * <h2>How it is checked</h2>
 *
 * Arithmetic, to rounding. The tail is the incomplete gamma function {@code Q(d/2, 2 d)}, by its continued fraction, to 1e-12.
 *
 * <h2>Falsifiers</h2>
 *
 * q like R; a quarter of T; {@code 2^(-2d)}, and the threshold {@code 1.3 sqrt(d)}.
 */
class ParameterCountClaims {
    /** The quantities of Theorem 10; {@code R = d^(spread/2)}. */
    record Setting(int d, double spread, double loss, double features, double norm, double accuracy) {
        double bound() {
            return Math.pow(d, spread / 2);
        }

        /** The bound of Theorem 10 with so many neurons and steps. */
        double excess(double q, double t) {
            double scale = loss * features * norm;
            return scale * bound() / Math.sqrt(q * d) + scale / Math.sqrt(t);
        }
    }

    @Provide
    Arbitrary<Setting> settings() {
        return Combinators.combine(
                        Arbitraries.integers().between(4, 100),
                        Arbitraries.of(0.0, 0.3, 0.7, 1.0),
                        Arbitraries.of(0.5, 1.0, 3.0),
                        Arbitraries.of(0.25, 1.0, 2.0),
                        Arbitraries.of(0.5, 1.0, 3.0),
                        Arbitraries.of(0.01, 0.1, 1.0))
                .as(Setting::new);
    }

    /** Powers of R in q, and the factor of T. */
    private record Sizes(double power, double steps) {}

    @Claim(
            id = "D19.sec1-R2",
            statement =
                    "q = \\Big\\lceil \\frac{4 L^2 R^2 C^2 M^2}{d\\,\\epsilon^2} \\Big\\rceil, \\quad T = \\Big\\lceil \\frac{4 L^2 C^2 M^2}{\\epsilon^2} \\Big\\rceil"
                            + " \\;\\Longrightarrow\\; \\frac{L R C M}{\\sqrt{q d}} + \\frac{L C M}{\\sqrt T} \\le \\epsilon")
    void neuronsGrowLikeTheSquareOfTheBoundAndStepsDoNot(@ForAll("settings") Setting drawn, ClaimRun run) {
        run.covers(drawn.spread == 0 ? "R = 1" : drawn.spread == 1 ? "R = sqrt(d)" : "between");
        Setting spread = new Setting(drawn.d, 1, drawn.loss, drawn.features, drawn.norm, 0.01);
        run.check("drawn", new Sizes(2, 1), (form, lab) -> bound(drawn, form))
                .falsifiedBy("a quarter of T", new Sizes(2, 0.25));
        run.check("R = sqrt(d), accuracy 0.01", new Sizes(2, 1), (form, lab) -> bound(spread, form))
                .falsifiedBy("q like R", new Sizes(1, 1))
                .falsifiedBy("q like R^1.5", new Sizes(1.5, 1));
    }

    private static Decision bound(Setting setting, Sizes form) {
        double scale = Math.pow(2 * setting.loss * setting.features * setting.norm / setting.accuracy, 2);
        double q = Math.ceil(scale * Math.pow(setting.bound(), form.power) / setting.d);
        double t = Math.ceil(form.steps * scale);
        return Comparison.atMost(setting.excess(q, t), setting.accuracy, 8 * 0x1p-53 * setting.accuracy, "8 roundings");
    }

    /** The power of 2, and the threshold in units of sqrt(d). */
    private record Tail(double power, double threshold) {}

    @Claim(
            id = "D19.gauss-norm",
            statement = "P(\\|w\\| > 2\\sqrt d) \\le 2^{-\\Omega(d)}",
            hypotheses = "$w \\sim N(0, I_d)$; here $\\le 2^{-d}$ for $d \\le 200$")
    void gaussianVectorsAreRarelyTwiceAsLong(ClaimRun run) {
        run.check("tail times 2^d", new Tail(1, 2), (form, lab) -> {
                    double[] scaled = new double[200];
                    for (int d = 1; d <= scaled.length; d++) {
                        double tail = Gamma.regularizedGammaQ(d / 2.0, form.threshold * form.threshold * d / 2);
                        scaled[d - 1] = tail * Math.pow(2, form.power * d);
                    }
                    return Comparison.atMost(scaled, 1, 1e-12, "continued fraction to 1e-12");
                })
                .falsifiedBy("2^(-2d)", new Tail(2, 2))
                .falsifiedBy("2^(-1.3d)", new Tail(1.3, 2))
                .falsifiedBy("1.3 sqrt(d) for 2 sqrt(d)", new Tail(1, 1.3));
    }
}
