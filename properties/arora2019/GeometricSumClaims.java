package arora2019;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The inequalities between numbers with which the proofs of Theorem 4.1 and Lemma 5.3 end.
 *
 * <h2>Source</h2>
 *
 * A19, (30) and the end of the proof of Theorem 4.1; the end of appendix D.1.
 *
 * <h2>Statement</h2>
 *
 * For {@code 0 < a <= 1} (there {@code a = eta lambda_0}, or a quarter of it):
 *
 * <pre>{@code
 * sum_{t<k} (1-a)^t (1-a/4)^{k-1-t} = ((1-a/4)^k - (1-a)^k) / (3a/4) <= min(k (1-a/4)^{k-1}, 4/(3a))
 * 1/e <= a max_k k (1-a)^{k-1} <= 1/e + (1 - 1/e) a <= 1
 * kappa <= 1, m >= kappa^-2:   m^-1/2 kappa^-1 <= m^-1/4 kappa^-1/2,   m^-1/4 <= m^-1/4 kappa^-1/2
 * }</pre>
 *
 * In the first, {@code 1-a <= 1-a/4} in each of the k terms. In the second, the maximum is at the k with {@code 1/(k+1) <= a <= 1/k}. There
 * {@code a k (1-a)^{k-1}} increases with a, from {@code (k/(k+1))^k > 1/e} to {@code (1-1/k)^{k-1} <= 1/e + (1 - 1/e)/(k+1)}.
 *
 * <p>The third collects the three errors of Lemma 5.3 into one. With {@code n >= 1}, {@code lambda_0 <= 1/2}, {@code delta <= 1} and
 * {@code P = n^4 / (lambda_0^3 delta^2)} it gives
 *
 * <pre>{@code
 * n^{3/2} / sqrt(m^{1/2} lambda_0^3 kappa delta^{3/2}) + n^4 / (sqrt(m) lambda_0^3 kappa delta^2) + n log(n/delta)^{1/4} / (lambda_0 m^{1/4})
 *   <= (2^-3/2 + 1 + 1/8) P m^-1/4 kappa^-1/2 <= 1.5 P m^-1/4 kappa^-1/2
 * }</pre>
 *
 * where {@code delta^2 log(n/delta)^{1/4} <= n/2}.
 *
 * <h2>Instances</h2>
 *
 * a from 1 to 1e-9 (the maximum: to 1e-3), all k up to 300 (the maximum: up to {@code 4/a}); kappa from 1 to 1/1000, m from
 * {@code kappa^-2} on. The paper's experiment, m = 10,000 and kappa = 1/100, is at that boundary.
 *
 * <h2>How it is checked</h2>
 *
 * Term by term. A product of j factors has the relative error {@code j u}, a sum of k terms k u.
 *
 * <h2>Falsifiers</h2>
 *
 * Other rates, one term fewer, constants 2% to 10% too small; a width a tenth below {@code kappa^-2}.
 */
class GeometricSumClaims {
    private static final int LONGEST = 300;
    private static final String SUMS = "16 k^2 u, k = 300: products of k factors, sums of k terms";

    @Provide
    Arbitrary<Double> rates() {
        return Arbitraries.oneOf(
                Arbitraries.just(1.0),
                Arbitraries.of(0.5, 1e-2, 1e-3),
                Arbitraries.doubles().between(1e-3, 1).ofScale(3));
    }

    @Provide
    Arbitrary<Double> ratesToZero() {
        return Arbitraries.oneOf(
                Arbitraries.just(1.0),
                Arbitraries.of(0.5, 1e-2, 1e-3, 1e-5, 1e-9),
                Arbitraries.doubles().between(1e-3, 1).ofScale(3));
    }

    private static void cover(double a, ClaimRun run) {
        run.covers(a == 1 ? "a = 1" : a < 1e-4 ? "a < 1e-4" : "a between");
    }

    /** The claimed bound on the sum of k terms. */
    private interface Bound {
        double at(double a, int k);
    }

    @Claim(
            id = "A19.eq30",
            statement = "\\sum_{t=0}^{k-1} (1-a)^t \\bigl(1 - \\tfrac a4\\bigr)^{k-1-t}"
                    + " = \\frac{(1-a/4)^k - (1-a)^k}{3a/4} \\le \\min\\Bigl(k \\bigl(1 - \\tfrac a4\\bigr)^{k-1},"
                    + " \\frac{4}{3a}\\Bigr)",
            hypotheses = "$0 < a \\le 1$; in the proof $a = \\eta\\lambda_0$")
    void convolutionOfGeometricSequencesIsBounded(@ForAll("ratesToZero") double a, ClaimRun run) {
        cover(a, run);
        double[] sums = IntStream.rangeClosed(1, LONGEST)
                .mapToDouble(k -> convolution(a, k))
                .toArray();
        double tolerance = 16.0 * LONGEST * LONGEST * 0x1p-53;
        run.check(
                        "k (1-a/4)^(k-1)",
                        (x, k) -> k * Math.pow(1 - x / 4, k - 1),
                        (Bound bound, Lab lab) -> Comparison.atMost(sums, values(bound, a), tolerance, SUMS))
                .falsifiedBy("k (1-a)^(k-1)", (x, k) -> k * Math.pow(1 - x, k - 1))
                .falsifiedBy("k (1-a/3)^(k-1)", (x, k) -> k * Math.pow(1 - x / 3, k - 1))
                .falsifiedBy("k - 1 terms", (x, k) -> (k - 1) * Math.pow(1 - x / 4, k - 1));
        run.check(
                        "closed form",
                        GeometricSumClaims::closed,
                        (Bound bound, Lab lab) -> Comparison.equal(sums, values(bound, a), tolerance, SUMS))
                .falsifiedBy("k - 1 for k", (x, k) -> closed(x, k - 1));
        run.check(
                        "4/(3a)",
                        4.0 / 3,
                        (constant, lab) -> Comparison.atMost(
                                IntStream.range(0, LONGEST)
                                        .mapToDouble(k -> a * sums[k])
                                        .toArray(),
                                constant,
                                tolerance,
                                SUMS))
                .falsifiedBy("0.98/a", 0.98);
    }

    private static double convolution(double a, int k) {
        double sum = 0;
        double power = 1;
        for (int t = 0; t < k; t++) { // Horner: the sum of t + 1 terms from that of t
            sum = (1 - a / 4) * sum + power;
            power *= 1 - a;
        }
        return sum;
    }

    private static double closed(double a, int k) {
        return (Math.expm1(k * Math.log1p(-a / 4)) - Math.expm1(k * Math.log1p(-a))) / (0.75 * a);
    }

    private static double[] values(Bound bound, double a) {
        return IntStream.rangeClosed(1, LONGEST)
                .mapToDouble(k -> bound.at(a, k))
                .toArray();
    }

    @Claim(
            id = "A19.max-k",
            statement =
                    "\\tfrac1e \\le a \\max_{k \\ge 1} k (1-a)^{k-1} \\le \\tfrac1e + \\bigl(1 - \\tfrac1e\\bigr) a \\le 1",
            hypotheses = "$0 < a \\le 1$; in the proof $a = \\eta\\lambda_0/4$, so that the maximum is at most"
                    + " $4/(\\eta\\lambda_0)$, and $4/e$ of $1/(\\eta\\lambda_0)$ in the limit",
            instances = 600)
    void largestTermIsOfOrderOneOverTheRate(@ForAll("rates") double a, ClaimRun run) {
        cover(a, run);
        double largest = 0;
        double power = 1;
        int steps = (int) Math.ceil(4 / a);
        for (int k = 1; k <= steps; k++) {
            largest = Math.max(largest, k * power);
            power *= 1 - a;
        }
        double value = a * largest;
        double tolerance = 4 * steps * 0x1p-53;
        String derivation = "4 k u: products of up to k = 4/a factors";
        run.check("at most 1/a", 1.0, (constant, lab) -> Comparison.atMost(value, constant, tolerance, derivation))
                .falsifiedBy("0.98/a", 0.98);
        run.check(
                        "1/e in the limit",
                        Math.exp(-1),
                        (limit, lab) -> Decision.worst(List.of(
                                Comparison.atLeast(value, limit, tolerance, derivation),
                                Comparison.atMost(value, limit + (1 - limit) * a, tolerance, derivation))))
                .falsifiedBy("0.36", 0.36)
                .falsifiedBy("0.37", 0.37);
    }

    /** The quantities of Lemma 5.3; {@code m = excess / kappa^2}. */
    record Sizes(double kappa, double excess, int n, double lambda, double delta) {
        /** {@code m^-power}, at a fraction of the width. */
        double width(double fraction, double power) {
            return Math.pow(fraction * excess / (kappa * kappa), -power);
        }
    }

    @Provide
    Arbitrary<Sizes> sizes() {
        return Combinators.combine(
                        Arbitraries.of(1.0, 0.3, 0.01, 0.001),
                        Arbitraries.oneOf(
                                Arbitraries.just(1.0), Arbitraries.doubles().between(1, 1e6)),
                        Arbitraries.integers().between(1, 10_000),
                        Arbitraries.oneOf(
                                Arbitraries.just(0.5),
                                Arbitraries.doubles().between(1e-6, 0.5).ofScale(6)),
                        Arbitraries.oneOf(
                                Arbitraries.just(1.0),
                                Arbitraries.doubles().between(1e-6, 1).ofScale(6)))
                .as(Sizes::new);
    }

    /** A fraction of the width, and a multiple of kappa. */
    private record Scales(double width, double kappa) {}

    @Claim(
            id = "A19.lem5.3-final",
            statement = "\\frac{1}{m^{1/2}\\kappa} \\le \\frac{1}{m^{1/4}\\kappa^{1/2}}, \\qquad"
                    + " \\frac{1}{m^{1/4}} \\le \\frac{1}{m^{1/4}\\kappa^{1/2}}",
            hypotheses =
                    "$\\kappa \\le 1$, $m \\ge \\kappa^{-2}$; then, with $\\lambda_0 \\le 1/2$, $\\delta \\le 1$, the errors of"
                            + " Lemma 5.3 sum up to at most $1.5\\, n^4 \\lambda_0^{-3} \\delta^{-2} m^{-1/4} \\kappa^{-1/2}$")
    void errorsCollectIntoOne(@ForAll("sizes") Sizes sizes, ClaimRun run) {
        run.covers(sizes.excess == 1 ? "m = kappa^-2" : "m > kappa^-2")
                .covers(sizes.kappa == 1 ? "kappa = 1" : "kappa < 1");
        String derivation = "64 u: ratios of powers";
        run.check("powers", new Scales(1, 1), (form, lab) -> {
                    double kappa = form.kappa * sizes.kappa;
                    double width = form.width / (form.kappa * form.kappa);
                    double collected = sizes.width(width, 0.25) / Math.sqrt(kappa);
                    return Comparison.atMost(
                            new double[] {
                                sizes.width(width, 0.5) / kappa / collected, sizes.width(width, 0.25) / collected
                            },
                            1,
                            64 * 0x1p-53,
                            derivation);
                })
                .falsifiedBy("m = 0.9 kappa^-2", new Scales(0.9 / sizes.excess, 1))
                .falsifiedBy("kappa = 1.1", new Scales(1, 1.1 / sizes.kappa));
        run.check(
                        "errors of Lemma 5.3",
                        new Scales(1, 1),
                        (form, lab) -> Comparison.atMost(relativeErrors(sizes, form), 1.5, 64 * 0x1p-53, derivation))
                .falsifiedBy("m = kappa^-2 / 10", new Scales(0.1 / sizes.excess, 1));
    }

    /** The three errors together, over {@code P m^-1/4 kappa^-1/2}. */
    private static double relativeErrors(Sizes sizes, Scales form) {
        int n = sizes.n;
        double root = sizes.width(form.width, 0.25) / Math.sqrt(sizes.kappa);
        double p = Math.pow(n, 4) / (Math.pow(sizes.lambda, 3) * sizes.delta * sizes.delta);
        double second = Math.pow(n, 1.5) / Math.pow(sizes.lambda, 1.5) / Math.pow(sizes.delta, 0.75) * root;
        double third = p * sizes.width(form.width, 0.5) / sizes.kappa;
        double first = n * Math.pow(Math.log(n / sizes.delta), 0.25) / sizes.lambda * sizes.width(form.width, 0.25);
        return (first + second + third) / (p * root);
    }
}
