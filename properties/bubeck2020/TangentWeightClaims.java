package bubeck2020;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.special.Gamma;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.DerivativeNeuron;
import org.lemmalab.memorizer.TangentMemorizer;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Assumption.SecondMoment;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * What the tangent (NTK) network weighs on random data, and the sizes that B20's sketch derives it from.
 *
 * <h2>Source</h2>
 *
 * B20, section 4, the sketch of the total weight after Theorem 3.
 *
 * <h2>Statement</h2>
 *
 * n points on the sphere of {@code R^d}, {@code n >= d}, random labels; {@code u ~ N(0, I)}, {@code v = sum_(u.x_i >= 0) y_i x_i} and delta as in (4) with b = 0:
 *
 * <pre>{@code
 * E|v|^2 = n/2;   P(| |u|^2/d - 1 | > t) <= 2 exp(-d t^2/8), 0 < t < 1;   E u.v = sum_i y_i |x_i| / sqrt(2 pi);
 * delta = O~(sqrt(d) / n^(3/2));   W ~ sqrt(d)/delta >= c n^(3/2).
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * n = 4d = 32, 128, 512 for v (the last half as large in quick); d = 1 ... 2,000 and t up to 0.99 for u; points of several norms with labels all 1, alternating and one spike for u.v; d = 16, n = 32 ... 512 for delta and W (W in quick to 256).
 *
 * <h2>How it is checked</h2>
 *
 * {@code E|v|^2 = n/2} holds exactly as {@code E y_i y_j = 0}, and {@code E(|v|^2/n)^2 <= 1/4 + 1/(4n) + 1/(2d) <= 0.33}: a mean, told from others 0.05 n off (quick: 0.08 n), a third (a half) of the distance to the nearest falsifier. The law of {@code |u|^2} is {@code chi^2_d}: exact. The direction v
 * depends on u's direction only, so that |u| may be replaced by its mean: then u.v is bounded, and its mean is decided within a tenth of {@code (E (u.v)^2)^(1/2)}, where
 * {@code E (u.v)^2 = y^T K y} with K the rectifiers' product moments. Sizes are heavy tailed, so that statements are on medians: the median of {@code X = delta n^(3/2)/sqrt d} lies in [0.45, 1.2]
 * if {@code P(X < 0.45)} and {@code P(X > 1.2)} are at most 1/2; at most 0.43 and 0.4 are claimed against one half. With another exponent X is anchored at n = 32.
 * {@code W < 5 n^(3/2)} in a quarter of the data sets at most, against one half; eps = 1/4.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code n/4} and {@code 2n/3}; {@code exp(-d t^2/5)}; {@code 1/sqrt(pi)}, and a centred u.v; exponents 5/4 and 7/4, half and twice the constant for delta; {@code n^(9/4)} and three times the constant for W.
 */
class TangentWeightClaims {
    private static final int DIMENSION = 16;

    private static DMatrixRMaj sphere(int n, int d, RandomStream stream) {
        return PointLaw.SPHERE.rows(n, d, stream.part("points"));
    }

    @Claim(
            id = "B20.nw-v",
            statement = "\\|v\\| = \\Omega(\\sqrt n)",
            hypotheses = "$n = 4d$ points on the sphere, random labels; then $\\mathbb E\\|v\\|^2 = n/2$ exactly")
    void directionsHaveLengthOfOrderRootN(ClaimRun run) {
        double margin = run.settings().profile().choose(0.08, 0.05, 0.05);
        for (int n : new int[] {32, 128, run.size("largest n", 256, 512, 512)}) {
            int d = n / 4;
            run.check(
                            "n = " + n,
                            0.5,
                            (share, lab) -> lab.meanEquals(share, margin, new SecondMoment(0.33), stream -> {
                                double[] y = stream.part("labels").signs(n);
                                TangentPair pair = TangentPair.of(
                                        sphere(n, d, stream), stream.part("u").gaussians(d), y);
                                return pair.squaredNorm() / n;
                            }))
                    .falsifiedBy("n/4", 0.25)
                    .falsifiedBy("2n/3", 2.0 / 3);
        }
    }

    @Claim(
            id = "B20.nw-u",
            statement = "P\\big(\\big|\\|u\\|^2/d - 1\\big| > t\\big) \\le 2 e^{-d t^2/8}",
            hypotheses = "$u \\sim N(0, I_d)$, $0 < t < 1$",
            instances = 1)
    void gaussiansHaveLengthRootD(ClaimRun run) {
        run.check("all d and t", 8.0, (divisor, lab) -> {
                    double worst = 0;
                    for (int d : new int[] {1, 2, 5, 20, 50, 200, 500, 2000}) {
                        ChiSquaredDistribution law = new ChiSquaredDistribution(d);
                        for (double t : new double[] {1e-3, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99}) {
                            double above = upperTail(d, d * (1 + t));
                            double tail = law.cumulativeProbability(d * (1 - t)) + above;
                            worst = Math.max(worst, tail / (2 * Math.exp(-d * t * t / divisor)));
                        }
                    }
                    return Comparison.atMost(
                            worst,
                            1,
                            1e-9,
                            "ratio of exact tail to bound, largest over d and t; incomplete gamma functions to 1e-12");
                })
                .falsifiedBy("exp(-d t^2/5)", 5.0);
    }

    /** {@code P(chi^2_d > x)} without cancellation. */
    private static double upperTail(int d, double x) {
        return Gamma.regularizedGammaQ(d / 2.0, x / 2);
    }

    /** Points of norms 1, 2, 3, 1, ... with labels all 1, alternating or one spike. */
    record Labelled(String labels, int n, int d, long seed) {
        DMatrixRMaj points() {
            DMatrixRMaj points = PointLaw.SPHERE.rows(n, d, RandomStream.of(seed, "labelled points"));
            for (int k = 0; k < points.getNumElements(); k++) {
                points.data[k] *= 1 + k / d % 3;
            }
            return points;
        }

        double[] y() {
            double[] y = new double[n];
            for (int i = 0; i < n; i++) {
                y[i] = labels.equals("ones") ? 1 : labels.equals("alternating") ? 1 - 2 * (i % 2) : i == 0 ? n : 0;
            }
            return y;
        }

        double weightedSum() {
            double[] y = y();
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += y[i] * (1 + i % 3);
            }
            return sum;
        }

        /** {@code sum |y_i| |x_i|}. */
        double largestSum() {
            double[] y = y();
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += Math.abs(y[i]) * (1 + i % 3);
            }
            return sum;
        }

        /** {@code E (u.v)^2 = sum y_i y_j E relu(u.x_i) relu(u.x_j)}. */
        double secondMoment() {
            DMatrixRMaj gram = LinearAlgebra.gram(points());
            double[] y = y();
            double sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    sum += y[i] * y[j] * Relu.INSTANCE.productMoment(gram.get(i, i), gram.get(j, j), gram.get(i, j));
                }
            }
            return sum;
        }
    }

    @Provide
    Arbitrary<Labelled> labelled() {
        return Combinators.combine(
                        Arbitraries.of("ones", "alternating", "spike"),
                        Arbitraries.of(1, 2, 7, 20),
                        Arbitraries.of(1, 3, 16),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Labelled::new);
    }

    @Claim(
            id = "B20.nw-uv",
            statement =
                    "\\mathbb E\\, u\\cdot v = \\frac{1}{\\sqrt{2\\pi}}\\sum_i y_i \\|x_i\\|, \\text{ so } 0 \\text{ if } \\sum_i y_i = 0 \\text{ and } \\|x_i\\| = 1",
            hypotheses = "$u \\sim N(0, I_d)$, any points and labels")
    void directionAndWeightsAreCentredTogether(@ForAll("labelled") Labelled drawn, ClaimRun run) {
        run.covers("labels " + drawn.labels);
        run.check(
                        "labels " + drawn.labels,
                        new Centre(1 / Math.sqrt(2 * Math.PI), 0),
                        (centre, lab) -> centred(drawn, centre, lab))
                .falsifiedBy(
                        "a quarter of the root of the second moment off", new Centre(1 / Math.sqrt(2 * Math.PI), 0.25));
        Labelled ones = new Labelled("ones", 12, 5, drawn.seed);
        run.check(
                        "labels 1, n = 12",
                        new Centre(1 / Math.sqrt(2 * Math.PI), 0),
                        (centre, lab) -> centred(ones, centre, lab))
                .falsifiedBy("1/sqrt(pi)", new Centre(1 / Math.sqrt(Math.PI), 0))
                .falsifiedBy("always 0", new Centre(0, 0));
    }

    /** The mean {@code factor sum y_i |x_i|}, and how far off it is in units of the root of the second moment. */
    private record Centre(double factor, double off) {}

    private static Decision centred(Labelled data, Centre centre, Lab lab) {
        DMatrixRMaj points = data.points();
        double[] y = data.y();
        double moment = data.secondMoment();
        double length = Math.sqrt(2) * Math.exp(Gamma.logGamma((data.d + 1) / 2.0) - Gamma.logGamma(data.d / 2.0));
        double reach = (1 + 1e-12) * length * data.largestSum(); // and some room for rounding
        Bounded range = new Bounded(-reach, reach);
        double target = centre.factor * data.weightedSum() + centre.off * Math.sqrt(moment);
        return lab.meanEquals(target, Math.sqrt(moment) / 10, range, stream -> {
            double[] u = stream.gaussians(data.d);
            double[] v = TangentPair.of(points, u, y).v();
            return length * LinearAlgebra.dot(u, v) / LinearAlgebra.norm(u);
        });
    }

    @Claim(
            id = "B20.nw-delta",
            statement = "\\delta = \\tilde O\\Big(\\frac{\\sqrt d}{n\\sqrt n}\\Big)",
            hypotheses =
                    "$d = 16$, $n = 32, \\dots, 512$ points on the sphere, random labels, $b = 0$; the median of $\\delta\\, n^{3/2}/\\sqrt d$ is in $[0.45, 1.2]$",
            instances = 1)
    void theStepShrinksLikeItsPowerOfN(ClaimRun run) {
        Growth truth = new Growth(1, 1.5);
        for (int n : new int[] {32, 128, 512}) {
            var below = run.check(
                    "n = " + n + ", not below",
                    truth,
                    (growth, lab) -> lab.failsAtMost(0.43, 0.5, stream -> step(n, stream) * growth.at(n) < 0.45));
            var above = run.check(
                    "n = " + n + ", not above",
                    truth,
                    (growth, lab) -> lab.failsAtMost(0.4, 0.5, stream -> step(n, stream) * growth.at(n) > 1.2));
            if (n == 512) {
                below.falsifiedBy("exponent 5/4", new Growth(1, 1.25));
                above.falsifiedBy("exponent 7/4", new Growth(1, 1.75));
            } else {
                below.falsifiedBy("half of it", new Growth(0.5, 1.5));
                above.falsifiedBy("twice as much", new Growth(2, 1.5));
            }
        }
    }

    /** {@code delta/sqrt d} of a fresh data set and pair. */
    private static double step(int n, RandomStream stream) {
        DMatrixRMaj points = sphere(n, DIMENSION, stream);
        double[] u = stream.part("u").gaussians(DIMENSION);
        double[] v = TangentPair.of(points, u, stream.part("labels").signs(n)).v();
        return DerivativeNeuron.exactDelta(points, u, 0, v, 0) / Math.sqrt(DIMENSION);
    }

    @Claim(
            id = "B20.nw-total",
            statement = "\\mathbf W = \\Omega(n\\sqrt n)",
            hypotheses =
                    "$d = 16$, $n = 32, \\dots, 512$ points on the sphere, random labels, $\\epsilon = 1/4$: $\\mathbf W \\ge 5\\, n^{3/2}$ with probability at least $1/2$",
            instances = 1)
    void theTotalWeightGrowsFasterThanN(ClaimRun run) {
        int largest = run.size("largest n", 256, 512, 512);
        for (int n : new int[] {32, 128, largest}) {
            run.check(
                            "n = " + n,
                            new Growth(5, 1.5),
                            (growth, lab) -> lab.failsAtMost(0.25, 0.5, stream -> weight(n, stream) < growth.at(n)))
                    .falsifiedBy(
                            n == largest ? "exponent 9/4" : "15 for 5",
                            n == largest ? new Growth(5, 2.25) : new Growth(15, 1.5));
        }
    }

    /** {@code constant 32^(3/2) (n/32)^exponent}. */
    private record Growth(double constant, double exponent) {
        double at(int n) {
            return constant * Math.pow(32, 1.5) * Math.pow(n / 32.0, exponent);
        }
    }

    private static double weight(int n, RandomStream stream) {
        DMatrixRMaj points = sphere(n, DIMENSION, stream);
        double[] y = stream.part("labels").signs(n);
        double rate = TangentMemorizer.learningRate(points);
        return new TangentMemorizer(points, y, Relu.INSTANCE, rate, stream.part("steps"))
                .run(0.25, 10_000)
                .network()
                .totalWeight();
    }
}
