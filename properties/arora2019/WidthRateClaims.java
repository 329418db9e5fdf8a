package arora2019;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Proportion;
import org.lemmalab.stats.Rate;

/**
 * How fast neurons, Gram matrix and residuals approach those of the infinitely wide network.
 *
 * <h2>Source</h2>
 *
 * A19, Lemma 5.3 (first bullet), Lemma C.2 (first) and (32)-(33).
 *
 * <h2>Statement</h2>
 *
 * With high probability, for all k,
 *
 * <pre>{@code
 * 5.3  max_r |w_r(k) - w_r(0)| = O( n / (sqrt(m) lambda_0 sqrt(delta)) )
 * C.2  |H(k) - H(0)|_F = O( n^3 / (sqrt(m) lambda_0 kappa delta^(3/2)) )
 * (33) u(k) - y = -(I - eta H^inf)^k y + e(k),
 *      |e(k)| = O( (1 - eta lambda_0)^k sqrt(n) kappa / delta
 *                  + k (1 - eta lambda_0/4)^(k-1) eta n^(7/2) / (sqrt(m) lambda_0 kappa delta^2) )
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link MainLadder}.
 *
 * <h2>How it is checked</h2>
 *
 * By exponents in the width, each a mean of the replicates' own secant exponents; {@code kappa = m^(-1/4)} tells whether kappa enters.
 * The first term of (33) comes from the initial predictions and is {@code (I - eta H^inf)^k u(0)}; without it the error is of the order
 * of the second term, so the largest quotient of the two over k has the exponent {@code -1/2}, or {@code -1/4} at
 * {@code kappa = m^(-1/4)}, where e(k) itself has it too. That the second term has the right course in k is checked replicate by replicate:
 * the constant that the first half of the steps needs is enough for the second half, by which the term has lost most of its factor
 * {@code (1 - eta lambda_0/4)^(k-1)}.
 *
 * <p>Samples: from 256 to 4096 (16384) a repetition's exponent has a standard deviation up to 0.10 (0.07), in (33) 0.20 (0.14), and its
 * mean is 0.07 or more inside the band. As in {@link PredictedLossClaims}, that takes 60 to 170 repetitions.
 *
 * <h2>Falsifiers</h2>
 *
 * Exponents off by 1/4 or 1/2; kappa in the movement of neurons, or not in the others; e(k) without the initial predictions, at fixed kappa;
 * eigenvalues 10% too small or halved; the course {@code k (1 - 3/2 eta lambda_0)^(k-1)}.
 */
class WidthRateClaims {
    private static final double CLIP = 0.2;

    /** What a run shows goes like {@code m^exponent} at a scale of kappa, up to an allowance. */
    private record Form(
            ToDoubleFunction<MainLadder.Run> shown, MainLadder.Scale scale, double exponent, double allowance) {
        Form with(double otherExponent) {
            return new Form(shown, scale, otherExponent, allowance);
        }

        Form showing(ToDoubleFunction<MainLadder.Run> other) {
            return new Form(other, scale, exponent, allowance);
        }

        Decision decide(MainLadder ladder, double[] widths, Lab lab) {
            return Rate.perReplicate(exponent, allowance, widths)
                    .clippedTo(exponent - allowance - CLIP, exponent + allowance + CLIP)
                    .decide(
                            replicate -> Arrays.stream(widths)
                                    .map(m -> shown.applyAsDouble(ladder.run(replicate, (int) m, scale)))
                                    .toArray(),
                            MainLadder.terms(lab));
        }
    }

    private static Check<Form> check(ClaimRun run, String part, Form claimed) {
        MainLadder ladder = MainLadder.of(run);
        double[] widths = MainLadder.widths(run);
        return run.check(part, claimed, (form, lab) -> form.decide(ladder, widths, lab));
    }

    @Claim(
            id = "A19.lem5.3a",
            statement = "\\max_r \\|w_r(k) - w_r(0)\\|_2 = O\\Bigl(\\frac{n}{\\sqrt m\\,\\lambda_0\\sqrt\\delta}\\Bigr)"
                    + " \\quad \\forall k",
            hypotheses = "with probability at least $1 - \\delta$; $m \\ge \\kappa^{-2}"
                    + " \\mathrm{poly}(n, 1/\\lambda_0, 1/\\delta)$, $\\eta = O(\\lambda_0/n^2)$;"
                    + " tested as the exponent $-1/2$ in $m$ at any $\\kappa$, up to $\\eta = 1/\\lambda_{\\max}$")
    void neuronsMoveLikeTheInverseRootOfTheWidth(ClaimRun run) {
        for (MainLadder.Scale scale : new MainLadder.Scale[] {MainLadder.Scale.ONE, MainLadder.Scale.SMALL}) {
            Form form = new Form(WidthRateClaims::neuronMovement, scale, -0.5, 0.1);
            check(run, "kappa = " + scale.kappa(1), form)
                    .falsifiedBy("exponent -1/4", form.with(-0.25))
                    .falsifiedBy("exponent -3/4", form.with(-0.75));
        }
        Form vanishing = new Form(WidthRateClaims::neuronMovement, MainLadder.Scale.VANISHING, -0.5, 0.1);
        check(run, "kappa = m^(-1/4)", vanishing)
                .falsifiedBy("sqrt(m) kappa in place of sqrt(m): -1/4", vanishing.with(-0.25));
    }

    private static double neuronMovement(MainLadder.Run run) {
        return Arrays.stream(run.neuronMovements()).max().orElseThrow();
    }

    @Claim(
            id = "A19.lemC2-H",
            statement = "\\|H(k) - H(0)\\|_F ="
                    + " O\\Bigl(\\frac{n^3}{\\sqrt m\\,\\lambda_0 \\kappa\\, \\delta^{3/2}}\\Bigr) \\quad \\forall k",
            hypotheses = "with probability at least $1 - 4\\delta$; the conditions of Theorem 3.1")
    void gramMatrixMovesLessInWiderNetworks(ClaimRun run) {
        for (MainLadder.Scale scale : new MainLadder.Scale[] {MainLadder.Scale.ONE, MainLadder.Scale.SMALL}) {
            Form form = new Form(MainLadder.Run::gramMovement, scale, -0.5, 0.15);
            check(run, "kappa = " + scale.kappa(1), form)
                    .falsifiedBy("exponent -1/4", form.with(-0.25))
                    .falsifiedBy("exponent -1", form.with(-1));
        }
        Form vanishing = new Form(MainLadder.Run::gramMovement, MainLadder.Scale.VANISHING, -0.25, 0.12);
        check(run, "kappa = m^(-1/4)", vanishing).falsifiedBy("no kappa: -1/2", vanishing.with(-0.5));
    }

    @Claim(
            id = "A19.eq33",
            statement =
                    "u(k) - y = -(I - \\eta H^\\infty)^k y + e(k),\\quad \\|e(k)\\|_2 = O\\Bigl((1 - \\eta\\lambda_0)^k"
                            + " \\frac{\\sqrt n\\,\\kappa}{\\delta} + k\\bigl(1 - \\tfrac{\\eta\\lambda_0}4\\bigr)^{k-1}"
                            + " \\frac{\\eta\\, n^{7/2}}{\\sqrt m\\,\\lambda_0\\kappa\\,\\delta^2}\\Bigr)",
            hypotheses = "with probability at least $1 - \\delta$; the conditions of Theorem 4.1")
    void errorOfThePredictionHasTwoTerms(ClaimRun run) {
        Form fixed = new Form(r -> quotient(r, r.residuals()[0], 1), MainLadder.Scale.ONE, -0.5, 0.2);
        check(run, "second term, kappa = 1", fixed)
                .falsifiedBy("exponent -1", fixed.with(-1))
                .falsifiedBy(
                        "no first term",
                        fixed.showing(r -> quotient(r, r.instance().y(), 1)))
                .falsifiedBy("eigenvalues 10% too small", fixed.showing(r -> quotient(r, r.residuals()[0], 0.9)));
        Form vanishing = new Form(r -> largestError(r, 1), MainLadder.Scale.VANISHING, -0.25, 0.12);
        check(run, "both terms, kappa = m^(-1/4)", vanishing)
                .falsifiedBy("exponent -1/2", vanishing.with(-0.5))
                .falsifiedBy("eigenvalues halved", vanishing.showing(r -> largestError(r, 0.5)));
        MainLadder ladder = MainLadder.of(run);
        run.check(
                        "course of the second term, kappa = 1, m = 1024",
                        0.25,
                        (rate, lab) -> Proportion.atMost(0.1)
                                .decide(
                                        replicate -> lastsForTheSecondHalf(
                                                        ladder.run(replicate, 1024, MainLadder.Scale.ONE), rate)
                                                ? 0
                                                : 1,
                                        MainLadder.terms(lab)))
                .falsifiedBy("k (1 - 3/2 eta lambda_0)^(k-1)", 1.5);
    }

    /** {@code |y - u(k) - (I - share eta H^inf)^k start|}: e(k) for the labels, e(k) without its first term for {@code y - u(0)}. */
    private static double[] errors(MainLadder.Run run, double[] start, double share) {
        MainLadder.Instance instance = run.instance();
        double[] predicted = instance.eigen().project(start);
        double[] errors = new double[instance.steps() + 1];
        for (int k = 0; k < errors.length; k++) {
            double[] difference = instance.eigen().project(run.residuals()[k]);
            for (int i = 0; i < difference.length; i++) {
                difference[i] -= predicted[i];
                predicted[i] *= 1 - share * instance.eta() * instance.eigen().values()[i];
            }
            errors[k] = LinearAlgebra.norm(difference);
        }
        return errors;
    }

    private static double largestError(MainLadder.Run run, double share) {
        return Arrays.stream(errors(run, run.instance().y(), share)).max().orElseThrow();
    }

    /** The largest quotient of the errors and {@code k eta (1 - eta lambda_0/4)^(k-1)}. */
    private static double quotient(MainLadder.Run run, double[] start, double share) {
        double[] errors = errors(run, start, share);
        return largestQuotient(run, errors, 0.25, 1, errors.length)
                / run.instance().eta();
    }

    private static double largestQuotient(MainLadder.Run run, double[] errors, double rate, int from, int to) {
        double factor = 1 - rate * run.instance().eta() * run.instance().eigen().smallest();
        return IntStream.range(from, to)
                .mapToDouble(k -> errors[k] / (k * Math.pow(factor, k - 1.0)))
                .max()
                .orElseThrow();
    }

    private static boolean lastsForTheSecondHalf(MainLadder.Run run, double rate) {
        double[] errors = errors(run, run.residuals()[0], 1);
        int half = errors.length / 2;
        return largestQuotient(run, errors, rate, half, errors.length) <= largestQuotient(run, errors, rate, 1, half);
    }
}
