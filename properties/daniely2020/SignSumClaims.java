package daniely2020;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.special.Erf;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.concentration.DiscreteLaw;
import org.lemmalab.stats.BinomialTail;
import org.lemmalab.stats.Comparison;

/**
 * The sum of q fair signs is of order {@code sqrt(q)}, in probability.
 *
 * <h2>Source</h2>
 *
 * D20, section 1, at the definition of the network.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * P(|sum a_i| >= K sqrt(q)) <= 2 exp(-K^2/2),      |P(|sum a_i| <= K sqrt(q)) - erf(K/sqrt(2))| <= 1/sqrt(q)
 * }</pre>
 *
 * Hoeffding's inequality, and that of Berry and Esseen with constant 0.4748 at both ends. For a constant K the probability tends to {@code erf(K/sqrt(2)) < 1}; it tends
 * to 1 for {@code K = sqrt(2 ln d)}, where the exceptional one is at most {@code 2/d}.
 *
 * <h2>Instances</h2>
 *
 * q from 1 to 65536, odd and even; on every instance also 65536. K from 0.05 to 8 in steps of 0.05, which meet values of the sum; d from 2 to {@code 10^11}.
 *
 * <h2>How it is checked</h2>
 *
 * Exactly, by the binomial law. Its tail at every value of the sum, in logarithms, to 1e-9; probabilities by the incomplete beta function, to 1e-10.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code exp(-0.6 K^2)} and {@code exp(-K^2)}; limits 1 and {@code erf(K/2)}; 0.7/sqrt(q); {@code K = sqrt(ln d)}.
 */
class SignSumClaims {
    private static final int MANY = 65536;

    @Provide
    Arbitrary<Integer> counts() {
        return Arbitraries.of(1, 2, 3, 16, 17, 255, 256, 4096, 4097);
    }

    @Claim(
            id = "D20.intro.asum",
            statement = "\\Big|\\sum_{i=1}^q a_i\\Big| = O(\\sqrt q) \\text{ w.h.p. for random signs}",
            hypotheses = "here $P(|\\sum a_i| \\ge K\\sqrt q) \\le 2e^{-K^2/2}$ for all $K$, and"
                    + " $P(|\\sum a_i| \\le K\\sqrt q) \\to \\mathrm{erf}(K/\\sqrt 2)$",
            instances = 12)
    void sumsOfSignsAreOfTheOrderOfTheRoot(@ForAll("counts") int drawn, ClaimRun run) {
        run.covers(drawn == 1 ? "q = 1" : drawn % 2 == 0 ? "q even" : "q odd");
        run.note(
                "For a constant $K$ the probability stays below 1, so that w.h.p. means bounded in probability, or $K = \\sqrt{2 \\ln d}$.");
        int[] counts = {drawn, MANY};
        run.check("exponent over K^2", 0.5, (c, lab) -> {
                    double[] rates = Arrays.stream(counts)
                            .mapToObj(SignSumClaims::rates)
                            .flatMapToDouble(Arrays::stream)
                            .toArray();
                    return Comparison.atLeast(rates, c, 1e-9, "logarithms of tails to 1e-9");
                })
                .falsifiedBy("exp(-0.6 K^2)", 0.6)
                .falsifiedBy("exp(-K^2)", 1.0);
        run.check(
                        "distance to the normal law times sqrt(q)",
                        (DoubleUnaryOperator) k -> Erf.erf(k / Math.sqrt(2)),
                        (limit, lab) -> Comparison.atMost(distances(counts, limit), 1, 1e-7, "256 times 1e-10"))
                .falsifiedBy("limit 1", k -> 1)
                .falsifiedBy("erf(K/2)", k -> Erf.erf(k / 2));
        run.check(
                        "size of that distance",
                        1.0,
                        (c, lab) -> Comparison.atMost(
                                distances(counts, k -> Erf.erf(k / Math.sqrt(2))), c, 1e-7, "256 times 1e-10"))
                .falsifiedBy("0.7/sqrt(q)", 0.7);
        run.check(
                        "K = sqrt(2 ln d): probability times d",
                        (DoubleBinaryOperator) (d, q) -> Math.sqrt(2 * Math.log(d) * q),
                        (bound, lab) -> {
                            double[] exceptional = new double[12];
                            for (int i = 0; i < exceptional.length; i++) {
                                double d = i == 0 ? 2 : Math.pow(10, i);
                                exceptional[i] = d
                                        * Math.max(
                                                beyond(drawn, bound.applyAsDouble(d, drawn)),
                                                beyond(MANY, bound.applyAsDouble(d, MANY)));
                            }
                            return Comparison.atMost(exceptional, 2, 1e-9, "relative error 1e-10");
                        })
                .falsifiedBy("K = sqrt(ln d)", (d, q) -> Math.sqrt(Math.log(d) * q));
    }

    /** {@code (ln 2 - ln P(|sum| >= t)) q/t^2} at all values t of the sum other than 0. */
    private static double[] rates(int q) {
        DiscreteLaw sum = DiscreteLaw.signs().copies(q);
        double[] values = sum.values();
        double[] tails = sum.logTails();
        double[] rates = new double[(q + 1) / 2];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = (Math.log(2) - tails[i]) * q / (values[i] * values[i]);
        }
        return rates;
    }

    private static double[] distances(int[] counts, DoubleUnaryOperator limit) {
        return Arrays.stream(counts)
                .mapToDouble(q -> {
                    double largest = 0;
                    for (int i = 1; i <= 160; i++) {
                        double k = i / 20.0;
                        double within = 1 - beyond(q, Math.nextUp(k * Math.sqrt(q)));
                        largest = Math.max(largest, Math.abs(within - limit.applyAsDouble(k)));
                    }
                    return largest * Math.sqrt(q);
                })
                .toArray();
    }

    /** {@code P(|sum| >= t)}, t > 0: at most {@code (q - t)/2} signs of one kind. */
    private static double beyond(int q, double t) {
        long few = (long) Math.floor((q - t) / 2);
        return few < 0 ? 0 : 2 * BinomialTail.atMost(few, q, 0.5);
    }
}
