package daniely2020;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.special.Gamma;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * A Lipschitz function of a Gaussian vector is sub-Gaussian, whatever the dimension; no function spreads more than a linear one.
 *
 * <h2>Source</h2>
 *
 * D20, Theorem 5 (Gaussian concentration).
 *
 * <h2>Statement</h2>
 *
 * For f L-Lipschitz and {@code X ~ N(0, I_n)}, from {@code E exp(l (f - Ef)) <= exp(l^2 L^2 / 2)}:
 *
 * <pre>{@code
 * |f(X) - E f(X)|_2 <= sqrt(8/3) L            P(|f - Ef| >= t) <= 2 exp(-t^2 / (2 L^2))
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * With L = 1: linear functions (equality), the norm and the largest coordinate in dimension 1 to 50, piecewise linear functions of one variable with slopes in
 * [-1, 1], the paper's network {@code q^(-1/2) sum a_j |x_j|} with 1 to 64 neurons, of one sign or both.
 *
 * <h2>How it is checked</h2>
 *
 * {@code E exp(s (f - Ef)^2) <= 2} at {@code s = 3/8}, by integrals in one variable. Piecewise linear: each piece is a Gaussian integral in closed form. Norm and
 * largest coordinate: their densities, with {@code x = z / sqrt(1 - 2 s)} so that the weight is again {@code exp(-z^2/2)}. Network:
 * {@code exp(s v^2) = E exp(sqrt(2 s) g v)} over a normal g makes it a product over neurons. Gauss-Legendre on panels; integrands up to 1e3 and 448 nodes: 1e-10.
 * Tails of the linear function, the norm and {@code |x|} by erfc and incomplete gamma functions: the smallest {@code (ln 2 - ln P) / t^2} is at least 1/2.
 *
 * <h2>Falsifiers</h2>
 *
 * 1.6 and 1.5 for {@code sqrt(8/3) = 1.633}; a 1.1-Lipschitz function; {@code exp(-0.55 t^2)} and {@code exp(-t^2)}.
 */
class GaussianConcentrationClaims {
    /** {@code E exp(s (f - Ef)^2)} of a function of a Gaussian vector, {@code s < 1/2}. */
    private interface Moment {
        double at(double s);
    }

    /** Dimension of norm and maximum, neurons and how many of them are positive, pieces and seed of the function of one variable. */
    record Functions(int d, int q, int positive, int pieces, long seed) {
        List<Moment> moments() {
            return List.of(
                    Functions::linear, this::norm, this::largestCoordinate, this::piecewiseLinear, this::network);
        }

        private static double linear(double s) {
            return s < 0.5 ? 1 / Math.sqrt(1 - 2 * s) : 1e300;
        }

        /** Density {@code r^(d-1) exp(-r^2/2) / (2^(d/2-1) Gamma(d/2))}. */
        private double norm(double s) {
            double logConstant = (1 - d / 2.0) * Math.log(2) - Gamma.logGamma(d / 2.0);
            double mean = Math.sqrt(2) * Math.exp(Gamma.logGamma((d + 1) / 2.0) - Gamma.logGamma(d / 2.0));
            return atScale(
                    s,
                    mean,
                    r -> r <= 0 ? 0 : Math.sqrt(2 * Math.PI) * Math.exp(logConstant + (d - 1) * Math.log(r)),
                    0);
        }

        /** Density {@code d phi(x) Phi(x)^(d-1)}. */
        private double largestCoordinate(double s) {
            double mean = GaussianIntegral.expectation(x -> x * d * Math.pow(ContinuousLaw.cumulative(x), d - 1));
            return atScale(s, mean, x -> d * Math.pow(ContinuousLaw.cumulative(x), d - 1));
        }

        /** {@code E exp(s (X - mean)^2)} for the density {@code phi(x) weight(x)}. */
        private static double atScale(double s, double mean, DoubleUnaryOperator weight, double... kinks) {
            double root = Math.sqrt(1 - 2 * s);
            return GaussianIntegral.expectation(
                            z -> weight.applyAsDouble(z / root) * Math.exp(s * mean * (mean - 2 * z / root)), kinks)
                    / root;
        }

        private double network(double s) {
            double root = Math.sqrt(1 - 2 * s);
            return GaussianIntegral.expectation(z -> {
                        double slope = Math.sqrt(2 * s) * z / root / Math.sqrt(q);
                        return Math.exp(neurons(positive, slope)
                                + neurons(q - positive, -slope)
                                + z * z / 2 * (1 - 1 / (root * root)));
                    })
                    / root;
        }

        /** {@code count ln E exp(slope (|x| - E|x|))}. */
        private static double neurons(int count, double slope) {
            return count == 0
                    ? 0
                    : count
                            * (Math.log(2 * ContinuousLaw.cumulative(slope))
                                    + slope * slope / 2
                                    - slope * ContinuousLaw.HALF_MEAN);
        }

        private double piecewiseLinear(double s) {
            RandomStream stream = RandomStream.of(seed, "GaussianConcentrationClaims");
            double[] ends = stream.part("ends").gaussians(pieces - 1);
            Arrays.sort(ends);
            double[] slopes = new double[pieces];
            double[] heights = new double[pieces];
            for (int i = 0; i < pieces; i++) {
                slopes[i] = stream.uniform(-1, 1);
                heights[i] = i == 0 ? 0 : heights[i - 1] + (slopes[i - 1] - slopes[i]) * ends[i - 1];
            }
            double mean = 0;
            for (int i = 0; i < pieces; i++) {
                double low = end(ends, i - 1);
                double high = end(ends, i);
                mean += heights[i] * (ContinuousLaw.cumulative(high) - ContinuousLaw.cumulative(low))
                        + slopes[i] * (Math.exp(-low * low / 2) - Math.exp(-high * high / 2)) / Math.sqrt(2 * Math.PI);
            }
            double moment = 0;
            for (int i = 0; i < pieces; i++) {
                double height = heights[i] - mean;
                double k = Math.sqrt(1 - 2 * s * slopes[i] * slopes[i]);
                double shift = 2 * s * slopes[i] * height / k;
                moment += Math.exp(s * height * height + shift * shift / 2)
                        / k
                        * (ContinuousLaw.cumulative(k * end(ends, i) - shift)
                                - ContinuousLaw.cumulative(k * end(ends, i - 1) - shift));
            }
            return moment;
        }

        private static double end(double[] ends, int i) {
            return i < 0 ? -40 : i == ends.length ? 40 : ends[i];
        }
    }

    @Provide
    Arbitrary<Functions> functions() {
        return Arbitraries.of(1, 2, 7, 64)
                .flatMap(q -> Combinators.combine(
                                Arbitraries.of(1, 2, 3, 10, 50),
                                Arbitraries.just(q),
                                Arbitraries.integers().between(0, q),
                                Arbitraries.integers().between(1, 5),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as(Functions::new));
    }

    /** A variant: the norm's constant, and the Lipschitz constant of the functions. */
    private record Form(double constant, double lipschitz) {}

    @Claim(
            id = "D20.thm5",
            statement = "\\|f(X) - \\mathbb E f(X)\\|_{\\Psi_2} \\le C L",
            hypotheses = "$X \\sim N(0, I_n)$, $f$ $L$-Lipschitz; here $C = \\sqrt{8/3}$, and"
                    + " $P(|f - \\mathbb E f| \\ge t) \\le 2 \\exp(-t^2/(2 L^2))$",
            instances = 100)
    void lipschitzFunctionsOfGaussiansAreSubGaussian(@ForAll("functions") Functions drawn, ClaimRun run) {
        run.covers("dimension " + drawn.d).covers("q = " + drawn.q);
        run.covers(drawn.positive == 0 || drawn.positive == drawn.q ? "neurons of one sign" : "neurons of both signs");
        run.check("moment", new Form(Math.sqrt(8 / 3.0), 1), (form, lab) -> {
                    double s = Math.pow(form.lipschitz / form.constant, 2);
                    double[] moments = drawn.moments().stream()
                            .mapToDouble(moment -> moment.at(s))
                            .toArray();
                    return Comparison.atMost(moments, 2, 1e-10, "448 nodes, integrands up to 1e3");
                })
                .falsifiedBy("1.6", new Form(1.6, 1))
                .falsifiedBy("1.5", new Form(1.5, 1))
                .falsifiedBy("1.1-Lipschitz", new Form(Math.sqrt(8 / 3.0), 1.1));
        run.check("constant of the tail", 0.5, (c, lab) -> {
                    double[] rates = DoubleStream.iterate(0.1, t -> t < 12, t -> t + 0.1)
                            .flatMap(t -> DoubleStream.of(
                                            ContinuousLaw.NORMAL.logTail(t),
                                            ContinuousLaw.CENTERED_HALF_NORMAL.logTail(t),
                                            normLogTail(drawn.d, t))
                                    .map(log -> (Math.log(2) - log) / (t * t)))
                            .toArray();
                    return Comparison.atLeast(rates, c, 1e-10, "logarithms of tails to 1e-12, t >= 0.1");
                })
                .falsifiedBy("exp(-0.55 t^2)", 0.55)
                .falsifiedBy("exp(-t^2)", 1.0);
    }

    private static double normLogTail(int d, double t) {
        double mean = Math.sqrt(2) * Math.exp(Gamma.logGamma((d + 1) / 2.0) - Gamma.logGamma(d / 2.0));
        double below = t < mean ? Gamma.regularizedGammaP(d / 2.0, Math.pow(mean - t, 2) / 2) : 0;
        return Math.log(Gamma.regularizedGammaQ(d / 2.0, Math.pow(mean + t, 2) / 2) + below);
    }
}
