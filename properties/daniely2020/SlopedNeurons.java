package daniely2020;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.lemmalab.concentration.DiscreteLaw;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * Neurons with orthonormal weights and a direction u in the space of their slopes.
 *
 * @param beta the activation is beta times the one of the slope
 * @param q how many
 * @param length of u
 */
record SlopedNeurons(Slope slope, double beta, int q, double length, long seed) {

    /** The derivative of an activation. */
    enum Slope {
        ABSOLUTE_VALUE {
            @Override
            double at(double x) {
                return x >= 0 ? 1 : -1;
            }
        },
        COSINE {
            @Override
            double at(double x) {
                return -Math.sin(x);
            }
        },
        LOG_COSH {
            @Override
            double at(double x) {
                return Math.tanh(x);
            }
        };

        /** The value at x; {@code sup = 1}. */
        abstract double at(double x);

        /** {@code E f(s'(N))}. */
        double expectation(DoubleUnaryOperator f) {
            return GaussianIntegral.expectation(x -> f.applyAsDouble(at(x)), 0);
        }

        /** How it is counted in the report. */
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Arbitrary<SlopedNeurons> any() {
        return Combinators.combine(
                        Arbitraries.of(Slope.values()),
                        Arbitraries.of(0.01, 1.0, 100.0),
                        Arbitraries.of(1, 2, 3, 10),
                        Arbitraries.of(1.0, 3.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(SlopedNeurons::new);
    }

    double[] u() {
        double[] u = PointLaw.SPHERE.rows(1, q, RandomStream.of(seed, "SlopedNeurons")).data;
        return Arrays.stream(u).map(x -> length * x).toArray();
    }

    /** The law of {@code <u, signs>}. */
    DiscreteLaw weightedSigns() {
        return Arrays.stream(u())
                .mapToObj(x -> DiscreteLaw.signs().map(sign -> sign * x))
                .reduce(DiscreteLaw::plus)
                .orElseThrow();
    }
}
