package daniely2020;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.lemmalab.concentration.DiscreteLaw;
import org.lemmalab.random.RandomStream;

/**
 * A pair of random variables with at most six joint values: Gaussian values, log-normal masses, so that some values are rare.
 *
 * @param spread standard deviation of the masses' logarithms; no mass is below {@code exp(-12 spread)/6}
 */
record SmallLaw(int atoms, double spread, double scale, long seed) {
    /** Bound on {@code (values + s) u / ln 2} in {@link org.lemmalab.concentration.OrliczNorm}, with {@code s <= ln 12 + 12 * 3}. */
    static final double ROUNDING = 1e-13;

    /** The size 1, as a constant. */
    static final DiscreteLaw ONE = DiscreteLaw.of(new double[] {1}, new double[] {1});

    static Arbitrary<SmallLaw> any() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(0.0, 1.0, 3.0),
                        Arbitraries.of(0.1, 1.0, 10.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(SmallLaw::new);
    }

    /** The value 1 with probability p, else {@code other}. */
    static DiscreteLaw twoPoints(double p, double other) {
        return DiscreteLaw.of(new double[] {1, other}, new double[] {p, 1 - p});
    }

    /** The law of X. */
    DiscreteLaw x() {
        return law(values("x"));
    }

    /** The law of Y. */
    DiscreteLaw y() {
        return law(values("y"));
    }

    /** The law of {@code XY}. */
    DiscreteLaw product() {
        double[] products = values("x");
        double[] y = values("y");
        Arrays.setAll(products, i -> products[i] * y[i]);
        return law(products);
    }

    private DiscreteLaw law(double[] values) {
        double[] masses = stream().part("masses").gaussians(atoms);
        Arrays.setAll(masses, i -> Math.exp(spread * masses[i]));
        return DiscreteLaw.of(values, masses);
    }

    private double[] values(String name) {
        double[] values = stream().part(name).gaussians(atoms);
        Arrays.setAll(values, i -> scale * values[i]);
        return values;
    }

    private RandomStream stream() {
        return RandomStream.of(seed, "SmallLaw");
    }
}
