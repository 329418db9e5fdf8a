package arora2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.random.RandomStream;

/**
 * The generalisation error of a class is bounded by its empirical Rademacher complexity.
 *
 * <h2>Source</h2>
 *
 * A19, Theorem B.1 (from Mohri et al., 2012).
 *
 * <h2>Statement</h2>
 *
 * For a loss in [0, c] that is rho-Lipschitz in the prediction, with probability at least {@code 1 - delta} over a sample S of size n,
 *
 * <pre>{@code
 * sup_f { L_D(f) - L_S(f) } <= 2 rho R_S(F) + 3c sqrt(log(2/delta) / (2n)).
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Classes where all of it is known: x uniform on {0, ..., N - 1}, labels {@code x mod 2}, the loss {@code rho |u - y|}, so that {@code c = rho}, and
 * all functions with values in [0, 1] for x below a number q and 0 elsewhere. The loss at a free x is any number in [0, rho], so that with
 * {@code k_x} the number of times that x is drawn, and {@code S_k} a sum of k fair signs,
 *
 * <pre>{@code
 * sup = rho ( sum_{x < q} (1/N - k_x/n)_+ + sum_{x >= q} y_x (1/N - k_x/n) ),    R_S = 1/n sum_{x < q} E (S_{k_x})_+ .
 * }</pre>
 *
 * <p>{@code N = 10^6} values, all free, and n = 4000 or 8000: hardly any is drawn twice, {@code sup = rho (1 - n/N)} and {@code R_S = 1/2}, so
 * that the factor 2 is needed. A single function: {@code R_S = 0} and the fluctuation of a coin remains. Twenty values, of which 5 to 20 are
 * free, and n = 30.
 *
 * <h2>How it is checked</h2>
 *
 * Samples are drawn and both sides computed; {@code E|S_{k+1}| = E|S_k| + P(S_k = 0)}. Both are far apart, or differ by multiples of 1/n, compared to
 * rounding.
 *
 * <h2>Falsifiers</h2>
 *
 * The factor 1.8, rho left out; the deviation divided by 6 or left out; {@code rho R_S} alone for twenty values.
 */
class RademacherBoundClaims {

    /** A class, and the size of a sample. */
    private record FreeValues(int values, int free, int n, double rho) {

        /** Draws a sample and computes both sides. */
        Sides draw(RandomStream stream) {
            int[] sample = new int[n];
            Arrays.setAll(sample, i -> stream.integer(values));
            Arrays.sort(sample);
            double gap = free + values / 2 - free / 2; // times 1/N: as if no x with a loss were drawn
            gap /= values;
            double complexity = 0;
            for (int from = 0, to; from < n; from = to) {
                to = from;
                while (to < n && sample[to] == sample[from]) {
                    to++;
                }
                double share = (double) (to - from) / n;
                if (sample[from] < free) {
                    gap -= Math.min(share, 1.0 / values);
                    complexity += meanPositivePart(to - from) / n;
                } else {
                    gap -= share * (sample[from] % 2);
                }
            }
            return new Sides(rho * gap, complexity);
        }

        /** {@code E (S_k)_+ = E|S_k|/2}. */
        private static double meanPositivePart(int k) {
            double zero = 1; // P(S_j = 0) for the even j
            double mean = 0;
            for (int j = 0; j < k; j += 2) {
                mean += zero / 2;
                zero *= (j + 1.0) / (j + 2.0);
            }
            return mean;
        }
    }

    /** The largest gap between population and sample loss, and {@code R_S}. */
    private record Sides(double gap, double complexity) {}

    /** {@code factor R_S + deviation sqrt(log(2/delta) / (2n))}. */
    private record Bound(double factor, double deviation) {
        boolean isExceeded(FreeValues setting, double delta, RandomStream stream) {
            Sides sides = setting.draw(stream);
            return sides.gap > factor * sides.complexity + deviation * Math.sqrt(Math.log(2 / delta) / (2 * setting.n));
        }
    }

    /** What varies. */
    record Instance(double rho, int manyDrawn, int coins, int free, double delta) {}

    @Provide
    Arbitrary<Instance> instances() {
        return Combinators.combine(
                        Arbitraries.of(1.5, 3.0),
                        Arbitraries.of(4000, 8000),
                        Arbitraries.of(50, 100, 400),
                        Arbitraries.integers().between(5, 20),
                        Arbitraries.of(0.05, 0.1, 0.2))
                .as(Instance::new);
    }

    @Claim(
            id = "A19.thmB.1",
            statement = "\\sup_{f \\in \\mathcal F}\\{L_{\\mathcal D}(f) - L_S(f)\\}"
                    + " \\le 2\\rho\\,\\mathcal R_S(\\mathcal F) + 3c\\sqrt{\\frac{\\log(2/\\delta)}{2n}}",
            hypotheses =
                    "with probability at least $1 - \\delta$ over the sample; loss in $[0, c]$, $\\rho$-Lipschitz in the prediction")
    void gapIsBoundedByTheRademacherComplexity(@ForAll("instances") Instance instance, ClaimRun run) {
        double rho = instance.rho;
        double delta = instance.delta;
        run.covers("rho = " + rho).covers("delta = " + delta);
        Bound claimed = new Bound(2 * rho, 3 * rho);

        FreeValues many = new FreeValues(1_000_000, 1_000_000, instance.manyDrawn, rho);
        run.check(
                        "a million free values",
                        claimed,
                        (Bound bound, Lab lab) ->
                                lab.failsAtMost(delta, stream -> bound.isExceeded(many, delta, stream)))
                .falsifiedBy("factor 1.8", new Bound(1.8 * rho, 3 * rho))
                .falsifiedBy("rho left out", new Bound(2, 3 * rho));

        FreeValues single = new FreeValues(2, 0, instance.coins, rho);
        run.check(
                        "a single function, delta = 0.02",
                        claimed,
                        (Bound bound, Lab lab) ->
                                lab.failsAtMost(0.02, stream -> bound.isExceeded(single, 0.02, stream)))
                .falsifiedBy("a sixth of the deviation", new Bound(2 * rho, rho / 2))
                .falsifiedBy("no deviation", new Bound(2 * rho, 0));

        FreeValues few = new FreeValues(20, instance.free, 30, rho);
        run.check(
                        "twenty values, some free",
                        claimed,
                        (Bound bound, Lab lab) ->
                                lab.failsAtMost(delta, stream -> bound.isExceeded(few, delta, stream)))
                .falsifiedBy("rho R_S alone", new Bound(rho, 0));
    }
}
