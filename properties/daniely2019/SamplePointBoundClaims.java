package daniely2019;

import daniely2019.SphereSample.Scale;
import daniely2019.SphereSample.Setting;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Rate;

/**
 * Bounds of {@code Y(w, x_i)} and of its averages over q neurons that hold at all sample points but for a small probability.
 *
 * <h2>Source</h2>
 *
 * D19, Lemmas 15 and 18, for ReLU.
 *
 * <h2>Statement</h2>
 *
 * For {@code Y(w, x) = sum_j (y_j / a') h_(c'-1)(<x_j, w>) <x_j, x> s'(<w, x>)}, uniform points on the sphere and independent labels,
 *
 * <pre>{@code
 * |Y(w, x_i)| <= sqrt(m log^(c'+1)(m/delta) / d)            but for probability delta, for all i
 * |f_omega(x_i) - f(x_i)| <= sqrt(m log^(c'+2)(m/delta) / (d q))   for all i, but for probability delta
 * }</pre>
 *
 * <p>{@link SummandClaims} has the second moments.
 *
 * <h2>Instances</h2>
 *
 * c' = 2 and 4 (8 where nothing heavy-tailed is averaged), {@code m = d^1.5}.
 *
 * <h2>How it is checked</h2>
 *
 * At d = 16 the failures are counted over drawn samples, at delta = 0.1. Orders in d: ladders d = 8, 16, 32 of a 0.9-quantile and of a mean square over 60
 * weights; the order in q: 25, 100 and 400 neurons at d = 8.
 *
 * <h2>Falsifiers</h2>
 *
 * No logarithms; {@code sqrt(m)/d} and {@code m^(1/2) d^(-5/4)} for the 0.9-quantile, m and {@code m/d^2} for the mean square; exponents of q off by 1/2.
 */
class SamplePointBoundClaims {
    @Provide
    Arbitrary<Setting> settings() {
        return Setting.any();
    }

    @Claim(
            id = "D19.lem18",
            statement =
                    "\\forall i:\\; P_w\\Big(|Y(w, x_i)| > \\sqrt{m \\ln^{c'+1}(m/\\delta)/d}\\Big) \\le \\delta + 2^{-\\Omega(d)}"
                            + " \\quad\\text{with probability } 1 - \\delta \\text{ over } S",
            hypotheses =
                    "ReLU, $m = d^{1.5}$; constant 1 for $O(\\cdot)$; frequencies over 200 weights at $\\delta = 0.1$",
            instances = 3)
    void theTermsAreBoundedButForDelta(@ForAll("settings") Setting drawn, ClaimRun run) {
        int degree = drawn.degree();
        run.covers("c' = " + degree);
        run.note(
                "The proof's Markov step replaces delta by its square root; with delta^2 for delta in the union bound it gives the statement.");
        double delta = 0.1;
        int d = 16;
        int m = SphereSample.points(d);
        run.check(
                        "all points, d = 16",
                        (degree + 1) / 2.0,
                        (power, lab) -> lab.failsAtMost(delta, stream -> {
                            double bound = Math.sqrt(m / (double) d) * Math.pow(Math.log(m / delta), power);
                            int[] exceeding = new int[m];
                            for (double[] row : SphereSample.draw(m, d, stream).summands(200, degree, stream)) {
                                for (int i = 0; i < m; i++) {
                                    exceeding[i] += Math.abs(row[i]) > bound ? 1 : 0;
                                }
                            }
                            return Arrays.stream(exceeding).max().getAsInt() > 200 * delta;
                        }))
                .falsifiedBy("no logarithms", 0.0);
        run.check(
                        "order of the 0.9-quantile",
                        (Scale) (size, dim) -> Math.sqrt(size / dim),
                        (scale, lab) -> Rate.perReplicate(0, 0.2, SphereSample.SIZES)
                                .atMost()
                                .decide(
                                        index -> SphereSample.ladder(
                                                lab.stream().trial(index),
                                                (sample, stream) -> quantile(sample.summands(60, degree, stream), 0.9),
                                                scale),
                                        lab.terms()))
                .falsifiedBy("sqrt(m)/d", (size, dim) -> Math.sqrt(size) / dim)
                .falsifiedBy("m^(1/2) d^(-5/4)", (size, dim) -> Math.sqrt(size) * Math.pow(dim, -1.25));
    }

    @Claim(
            id = "D19.lem15",
            statement =
                    "P\\Big(\\max_i |f_\\omega(x_i) - f(x_i)| \\le \\sqrt{m \\ln^{c'+2}(m/\\delta)/(d q)}\\Big) \\ge 1 - \\delta - 2^{-\\Omega(d)}",
            hypotheses = "ReLU, $m = d^{1.5}$; constant 1 for $O(\\cdot)$",
            instances = 3)
    void theRandomClassifierIsUniformlyCloseAtThePoints(@ForAll("settings") Setting drawn, ClaimRun run) {
        int degree = drawn.degree();
        run.covers("c' = " + degree);
        run.note("Printed with 2^Omega(d) in the probability; Lemma 18 and the end of the proof have 2^-Omega(d).");
        int d = 16;
        int m = SphereSample.points(d);
        int q = 200;
        for (int power : new int[] {degree, 8}) {
            run.check(
                            power == 8 ? "largest error, c' = 8" : "largest error",
                            (power + 2) / 2.0,
                            (exponent, lab) -> lab.failsAtMost(0.1, stream -> {
                                double bound = Math.sqrt(m / (double) (d * q)) * Math.pow(Math.log(m / 0.1), exponent);
                                double largest = 0;
                                for (double e : SphereSample.draw(m, d, stream).errors(q, power, stream)) {
                                    largest = Math.max(largest, Math.abs(e));
                                }
                                return largest > bound;
                            }))
                    .falsifiedBy("no logarithms", 0.0);
        }
        run.check(
                        "order in d",
                        (Scale) (size, dim) -> 1 + (size - 1) / dim,
                        (scale, lab) -> Rate.perReplicate(0, 0.4, SphereSample.SIZES)
                                .decide(
                                        index -> SphereSample.ladder(
                                                lab.stream().trial(index),
                                                (sample, stream) -> sample.meanSquare(60, degree, stream),
                                                scale),
                                        lab.terms()))
                .falsifiedBy("m for m/d", (size, dim) -> size)
                .falsifiedBy("m/d^2", (size, dim) -> size / (dim * dim));
        double[] widths = {25, 100, 400};
        run.check(
                        "order in q, d = 8",
                        -1.0,
                        (exponent, lab) -> Rate.perReplicate(exponent, 0.3, widths)
                                .decide(
                                        index -> {
                                            double[] values = new double[widths.length];
                                            for (int k = 0; k < widths.length; k++) {
                                                RandomStream own = lab.stream()
                                                        .trial(index)
                                                        .part("q = " + widths[k]);
                                                values[k] = SphereSample.draw(SphereSample.points(8), 8, own)
                                                        .meanSquare((int) widths[k], 2, own);
                                            }
                                            return values;
                                        },
                                        lab.terms()))
                .falsifiedBy("1/sqrt(q)", -0.5)
                .falsifiedBy("1/q^(3/2)", -1.5);
    }

    private static double quantile(double[][] values, double level) {
        double[] all = Arrays.stream(values)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .sorted()
                .toArray();
        return all[(int) (level * all.length)];
    }
}
