package bubeck2020;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * A step along a weak learner's fit takes a constant part off the squared residual.
 *
 * <h2>Source</h2>
 *
 * B20, Lemma 1: its hypotheses and the first display of its proof.
 *
 * <h2>Statement</h2>
 *
 * Let {@code r.f >= alpha |r|^2} and {@code |f|^2 <= beta |r|^2}, {@code alpha, beta > 0}. Then {@code alpha^2 <= beta} (Cauchy-Schwarz), and with
 * {@code eta = alpha / beta}
 *
 * <pre>{@code
 * |r - eta f|^2 <= (1 - alpha^2 / beta) |r|^2,
 * }</pre>
 *
 * with equality when both hypotheses hold with equality. For a random f the same holds in the mean.
 *
 * <h2>Instances</h2>
 *
 * Two to 8 numbers r, Gaussian; f with equality in both hypotheses ({@link WeakLearner}), {@code alpha} from 0.1 to 2, {@code beta / alpha^2} from 1 (f parallel to r) to 100;
 * f with slack up to 5 percent in both; one of five Gaussian f with equal probabilities, alpha and beta read off; {@code f = r} and {@code f = r/2}.
 *
 * <h2>How it is checked</h2>
 *
 * Relative to {@code |r|^2}, where each term is at most {@code 4 max(1, alpha^2/beta)}, and 40 roundings.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code alpha <= beta} and {@code alpha^1.9 <= beta}; twice the step; {@code 1 - 2 alpha^2 / beta}, {@code 1 - 1.3 alpha^2 / beta}.
 */
class BoostingStepClaims {
    private static final double ROUNDING = 200 * 0x1p-53;
    private static final String DERIVATION = "40 roundings of terms below 5";

    @Provide
    Arbitrary<WeakLearner> learners() {
        return Combinators.combine(
                        Arbitraries.integers().between(2, 8),
                        Arbitraries.of(0.1, 0.5, 1.0, 2.0),
                        Arbitraries.of(1.0, 1.5, 2.0, 50.0, 100.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as((n, alpha, excess, seed) -> new WeakLearner(n, alpha, excess * alpha * alpha, seed));
    }

    @Claim(
            id = "B20.lem1-cs",
            statement =
                    "y \\cdot f \\ge \\alpha\\|y\\|^2, \\;\\; \\|f\\|^2 \\le \\beta\\|y\\|^2 \\;\\Longrightarrow\\; \\alpha^2 \\le \\beta",
            hypotheses = "$y \\ne 0$")
    void theHypothesesBoundTheCorrelation(@ForAll("learners") WeakLearner learner, ClaimRun run) {
        run.covers(learner.rate() == 1 ? "f parallel to y" : "f not parallel to y");
        double[] y = learner.labels();
        double[][] fits = {
            learner.values(y),
            learner.stream().part("fit").gaussians(learner.n()),
            scaled(y, 0.5),
            scaled(y, 1),
            scaled(y, 3)
        };
        run.check("tightest alpha and beta", 2.0, (power, lab) -> {
                    double[] left = new double[fits.length];
                    double[] right = new double[fits.length];
                    for (int j = 0; j < fits.length; j++) {
                        double square = LinearAlgebra.dot(y, y);
                        double beta = LinearAlgebra.dot(fits[j], fits[j]) / square;
                        double scale = Math.max(1, beta);
                        left[j] = Math.pow(Math.max(0, LinearAlgebra.dot(fits[j], y) / square), power) / scale;
                        right[j] = beta / scale;
                    }
                    return Comparison.atMost(left, right, ROUNDING, "3 n + 10 roundings");
                })
                .falsifiedBy("alpha <= beta", 1.0)
                .falsifiedBy("alpha^1.9 <= beta", 1.9)
                .falsifiedBy("alpha^2.1 <= beta", 2.1);
    }

    /** Steps of {@code step alpha / beta} leave at most {@code 1 - reduction alpha^2 / beta}. */
    private record Step(double step, double reduction) {}

    @Claim(
            id = "B20.lem1-step",
            statement =
                    "\\|r - \\eta f\\|^2 \\le \\Big(1 - \\frac{\\alpha^2}{\\beta}\\Big)\\|r\\|^2, \\qquad \\eta = \\frac{\\alpha}{\\beta}",
            hypotheses =
                    "$r \\cdot f \\ge \\alpha\\|r\\|^2$, $\\|f\\|^2 \\le \\beta\\|r\\|^2$; the same in the mean for a random $f$")
    void aStepContracts(@ForAll("learners") WeakLearner learner, ClaimRun run) {
        run.covers(learner.rate() == 1 ? "f parallel to r" : "f not parallel to r");
        double[] r = learner.labels();
        double[] tight = learner.values(r);
        run.check(
                        "equality in the hypotheses",
                        new Step(1, 1),
                        (form, lab) -> Comparison.equal(
                                left(r, tight, form.step * learner.step()),
                                1 - form.reduction * learner.rate(),
                                ROUNDING,
                                DERIVATION))
                .falsifiedBy("twice the step", new Step(2, 1))
                .falsifiedBy("1 - 2 alpha^2 / beta", new Step(1, 2))
                .falsifiedBy("1 - 1.1 alpha^2 / beta", new Step(1, 1.1))
                .falsifiedBy("1 - 0.9 alpha^2 / beta", new Step(1, 0.9));

        RandomStream slack = learner.stream().part("slack");
        double alpha = learner.alpha() / slack.uniform(1, 1.05);
        double beta = learner.beta() * slack.uniform(1, 1.05);
        run.check(
                        "slack in the hypotheses",
                        new Step(1, 1),
                        (form, lab) -> Comparison.atMost(
                                left(r, tight, form.step * alpha / beta),
                                1 - form.reduction * alpha * alpha / beta,
                                ROUNDING,
                                DERIVATION))
                .falsifiedBy("twice the step", new Step(2, 1))
                .falsifiedBy("1 - 1.3 alpha^2 / beta", new Step(1, 1.3));

        run.check("random f", new Step(1, 1), (form, lab) -> inTheMean(r, learner, form))
                .falsifiedBy("1 - 1.1 alpha^2 / beta", new Step(1, 1.1))
                .falsifiedBy("1.5 times the step", new Step(1.5, 1));
    }

    private static Decision inTheMean(double[] r, WeakLearner learner, Step form) {
        RandomStream stream = learner.stream().part("random f");
        double[][] fits = new double[5][];
        double square = LinearAlgebra.dot(r, r);
        double alpha = 0;
        double beta = 0;
        for (int j = 0; j < fits.length; j++) {
            fits[j] = stream.gaussians(r.length);
            for (int i = 0; i < r.length; i++) {
                fits[j][i] += r[i]; // so that the mean correlation is positive, as a rule
            }
            alpha += LinearAlgebra.dot(fits[j], r) / square / fits.length;
            beta += LinearAlgebra.dot(fits[j], fits[j]) / square / fits.length;
        }
        double mean = 0;
        for (double[] f : fits) {
            mean += left(r, f, form.step * alpha / beta) / fits.length;
        }
        return Comparison.equal(mean, 1 - form.reduction * alpha * alpha / beta, ROUNDING, DERIVATION);
    }

    /** {@code |r - eta f|^2 / |r|^2}. */
    private static double left(double[] r, double[] f, double eta) {
        double[] rest = r.clone();
        for (int i = 0; i < r.length; i++) {
            rest[i] -= eta * f[i];
        }
        return LinearAlgebra.dot(rest, rest) / LinearAlgebra.dot(r, r);
    }

    private static double[] scaled(double[] y, double factor) {
        double[] f = y.clone();
        for (int i = 0; i < f.length; i++) {
            f[i] *= factor;
        }
        return f;
    }
}
