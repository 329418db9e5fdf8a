package arora2019;

import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.BinomialTail;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * With high probability few indicators can change while neurons move by at most R.
 *
 * <h2>Source</h2>
 *
 * A19 (19), by Markov's inequality, and the proof of Lemma 5.4, by Hoeffding's.
 *
 * <h2>Statement</h2>
 *
 * Let N be the number of pairs with {@code |w_r(0).x_i| <= R}: the {@code sum_i |S_i|} of (19), where S has a bar. With
 * {@code b = 2 R / (sqrt(2 pi) kappa)}, of which {@code E N/(mn)} falls short by little as long as R is small beside kappa,
 *
 * <pre>{@code
 * P(N > m n b / delta) <= delta,        P(N > m n (b + sqrt(log(2/delta) / (2m)))) <= delta/2
 * }</pre>
 *
 * (19) is printed as an order, which follows with the R of Lemma C.2. Lemma 5.4 sums n dependent pairs of a neuron: their mean is a
 * number in [0, 1], and the neurons are independent.
 *
 * <h2>Instances</h2>
 *
 * {@link UnstablePairs}; copies of one point, the worst case, where {@code N/n} is Bin(m, p) with {@code p = erf(R / (sqrt(2) kappa))}.
 * For Markov's inequality one neuron is the worst: N/n is 0 or 1, and delta just above b leaves nothing to give away but {@code b - p}.
 *
 * <h2>How it is checked</h2>
 *
 * Exactly, by binomial tails over widths, R/kappa from 0.01 to 3 and delta down to 1e-9 and just above b; and by drawing networks.
 *
 * <h2>Falsifiers</h2>
 *
 * (19): b smaller by 1% (exact) or by half (drawn), {@code sqrt(delta)} in place of delta, half of the mean. Lemma 5.4: the deviation
 * smaller by 15% (exact), by seven eighths (drawn), or dropped.
 */
class UnstablePairsClaims {
    private static final long[] WIDTHS = {1, 2, 4, 16, 64, 256, 1024, 4096};
    private static final double[] RATIOS = {0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 3};
    private static final double[] DELTAS = {0.9, 0.7, 0.5, 0.45, 0.3, 0.2, 0.1, 0.02, 1e-3, 1e-6, 1e-9};
    private static final String EXACT = "none: exact tails, right to 1e-11 of themselves";

    @Provide
    Arbitrary<UnstablePairs> pairs() {
        return UnstablePairs.any();
    }

    /** Where {@code N/(mn)} is cut off at R = 0.1 kappa, and how often it is said to be beyond. */
    private record Cut(double threshold, double delta) {}

    @Claim(
            id = "A19.eq19",
            statement =
                    "P\\Bigl(\\sum_{i=1}^n |\\bar S_i| \\le \\frac{2mnR}{\\sqrt{2\\pi}\\,\\kappa\\delta}\\Bigr) \\ge 1 - \\delta",
            hypotheses = "unit points, $w_r(0) \\sim N(0, \\kappa^2 I)$, fixed $R$")
    void fewPairsAreUnstableByMarkov(@ForAll("pairs") UnstablePairs pairs, ClaimRun run) {
        pairs.cover(run);
        run.covers("copies of one point");
        double b = UnstablePairs.SMALL_BALL;
        DoubleBinaryOperator threshold = (ratio, delta) -> b * ratio / delta;
        run.check("copies of one point, exact", threshold, (form, lab) -> exactMarkovTails(form))
                .falsifiedBy("b smaller by 1%", (ratio, delta) -> 0.99 * b * ratio / delta)
                .falsifiedBy("sqrt(delta) in place of delta", (ratio, delta) -> b * ratio / Math.sqrt(delta));
        UnstablePairs oneNeuron = pairs.ofCopies().with(1);
        run.check(
                        "copies of one point, one neuron, drawn, R = 0.1 kappa",
                        new Cut(threshold.applyAsDouble(0.1, 0.08), 0.08),
                        (cut, lab) ->
                                lab.failsAtMost(cut.delta, stream -> oneNeuron.portion(0.1, stream) > cut.threshold))
                .falsifiedBy("half of b", new Cut(threshold.applyAsDouble(0.1, 0.04) / 2, 0.04));
        double delta = 0.2;
        run.check(
                        "drawn, R = kappa",
                        b / delta,
                        (constant, lab) -> lab.failsAtMost(delta, stream -> pairs.portion(1, stream) > constant))
                .falsifiedBy("half of the mean", UnstablePairs.probability(1) / 2);
    }

    private static Decision exactMarkovTails(DoubleBinaryOperator threshold) {
        DoubleStream.Builder failures = DoubleStream.builder();
        DoubleStream.Builder allowed = DoubleStream.builder();
        for (double ratio : RATIOS) {
            double b = UnstablePairs.SMALL_BALL * ratio;
            DoubleStream nearB = DoubleStream.of(0.995 * b, 1.001 * b).filter(delta -> delta < 1);
            for (double delta :
                    DoubleStream.concat(DoubleStream.of(DELTAS), nearB).toArray()) {
                for (long m : WIDTHS) {
                    failures.add(tail(m, ratio, threshold.applyAsDouble(ratio, delta)));
                    allowed.add(delta);
                }
            }
        }
        return Comparison.atMost(failures.build().toArray(), allowed.build().toArray(), 0, EXACT);
    }

    /** {@code P(N/(mn) > threshold)} for copies of one point. */
    private static double tail(long m, double ratio, double threshold) {
        return BinomialTail.atLeast((long) Math.floor(m * threshold) + 1, m, UnstablePairs.probability(ratio));
    }

    @Claim(
            id = "A19.lem5.4-hoeffA",
            statement =
                    "P\\Bigl(\\sum_{r,i} 1\\{|w_r(0)^\\top x_i| \\le R\\} \\le mn\\Bigl(\\frac{\\sqrt2 R}{\\sqrt\\pi\\,\\kappa} +"
                            + " \\sqrt{\\frac{\\log(2/\\delta)}{2m}}\\Bigr)\\Bigr) \\ge 1 - \\delta/2",
            hypotheses = "unit points, $w_r(0) \\sim N(0, \\kappa^2 I)$")
    void fewPairsAreUnstableByHoeffding(@ForAll("pairs") UnstablePairs pairs, ClaimRun run) {
        pairs.cover(run);
        run.covers("copies of one point");
        run.check("copies of one point, exact", 1.0, (factor, lab) -> exactHoeffdingTails(factor))
                .falsifiedBy("deviation smaller by 15%", 0.85)
                .falsifiedBy("no deviation", 0.0);
        double ratio = 0.1;
        double delta = 0.2;
        double b = UnstablePairs.SMALL_BALL * ratio;
        UnstablePairs copies = pairs.ofCopies().with(50);
        run.check(
                        "copies of one point, drawn, m = 50",
                        deviation(delta, 50),
                        (deviation, lab) ->
                                lab.failsAtMost(delta / 2, stream -> copies.portion(ratio, stream) > b + deviation))
                .falsifiedBy("an eighth of the deviation", deviation(delta, 50) / 8)
                .falsifiedBy("no deviation", 0.0);
        UnstablePairs few = pairs.with(20);
        run.check(
                        "drawn, m = 20",
                        b + deviation(delta, 20),
                        (threshold, lab) ->
                                lab.failsAtMost(delta / 2, stream -> few.portion(ratio, stream) > threshold))
                .falsifiedBy("half of the mean", b / 2);
    }

    private static double deviation(double delta, long m) {
        return Math.sqrt(Math.log(2 / delta) / (2 * m));
    }

    private static Decision exactHoeffdingTails(double factor) {
        DoubleStream.Builder failures = DoubleStream.builder();
        DoubleStream.Builder allowed = DoubleStream.builder();
        for (double ratio : RATIOS) {
            for (double delta : DELTAS) {
                for (long m : WIDTHS) {
                    double threshold = UnstablePairs.SMALL_BALL * ratio + factor * deviation(delta, m);
                    failures.add(tail(m, ratio, threshold));
                    allowed.add(delta / 2);
                }
            }
        }
        return Comparison.atMost(failures.build().toArray(), allowed.build().toArray(), 0, EXACT);
    }
}
