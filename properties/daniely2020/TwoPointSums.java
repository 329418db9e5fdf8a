package daniely2020;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.lemmalab.concentration.DiscreteLaw;
import org.lemmalab.concentration.OrliczNorm;

/**
 * The sum of n independent copies of {@code B - p}, B an event of probability p, and m of {@code scale (B' - r)}.
 *
 * @param m may be 0
 */
record TwoPointSums(int n, double p, int m, double r, double scale) {

    /** The sum of n fair signs, halved. */
    static TwoPointSums signs(int n) {
        return new TwoPointSums(n, 0.5, 0, 0.5, 1);
    }

    static Arbitrary<TwoPointSums> any() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 5, 30, 200, 1000),
                        Arbitraries.of(0.5, 0.3, 0.1, 0.01),
                        Arbitraries.of(0, 1, 4),
                        Arbitraries.of(0.5, 0.2, 0.02),
                        Arbitraries.of(0.5, 3.0, 20.0))
                .as(TwoPointSums::new);
    }

    /** How the instance is counted in the report. */
    String label() {
        return n + m == 1 ? "one summand" : m == 0 ? "equal summands" : "unequal summands";
    }

    /** The law of the sum, centered or with the events themselves. */
    DiscreteLaw sum(boolean centered) {
        DiscreteLaw sum = summand(p, 1, centered).copies(n);
        return m == 0 ? sum : sum.plus(summand(r, scale, centered).copies(m));
    }

    /** {@code sum_i |X_i|^2} in that norm. */
    double squares(OrliczNorm norm, boolean centered) {
        double first = norm.of(summand(p, 1, centered));
        double second = norm.of(summand(r, scale, centered));
        return n * first * first + m * second * second;
    }

    /** {@code max_i |X_i|} in that norm, centered. */
    double largest(OrliczNorm norm) {
        double first = norm.of(summand(p, 1, true));
        return m == 0 ? first : Math.max(first, norm.of(summand(r, scale, true)));
    }

    private static DiscreteLaw summand(double p, double scale, boolean centered) {
        double mean = centered ? p : 0;
        return DiscreteLaw.of(new double[] {scale * (1 - mean), -scale * mean}, new double[] {p, 1 - p});
    }
}
