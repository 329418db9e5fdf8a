package bubeck2020;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Moments of Gaussians and of Hermite polynomials of them.
 *
 * <h2>Source</h2>
 *
 * B20, proof of Lemma 6, which refers to Janson's Theorem 5.8 for hypercontractivity.
 *
 * <h2>Statement</h2>
 *
 * w standard normal, unit vectors {@code x_i}, {@code X = sum_i c_i H_(m-1)(w . x_i)} with any real {@code c_i}:
 *
 * <pre>{@code
 * E |w . x|^(2m) = (2m-1)!! <= (2m)^m
 * E X^(2m) <= (2m-1)^(m(m-1)) (E X^2)^m <= (2m)^(2 m^2) (E X^2)^m
 * }</pre>
 *
 * The sharper constant is that of degree m - 1 in Janson's theorem.
 *
 * <h2>Instances</h2>
 *
 * m = 1, ..., 20 for the Gaussian; sums over 1 to 5 points of the plane, m = 1, ..., 6, and in every instance the single polynomials, which are the hardest.
 *
 * <h2>How it is checked</h2>
 *
 * Single polynomials by integers: {@code E H_2^6 = 755, E H_3^8 = 84097545}. In the plane by products of a Gauss-Hermite rule with 32 nodes, exact below
 * degree 64; all terms of an even moment are positive, and 1e-9 covers the relative error of its weights. Constants are compared by their logarithms.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code (2m)!!}, {@code m!}; {@code (2m/e)^m}, {@code (m/2)^m}, norms of 2; the exponents {@code 0.85 m (m-1)}, m, and {@code m^2/2} for {@code 2 m^2}.
 */
class GaussianMomentClaims {
    private static final GaussHermite RULE = GaussHermite.of(32);
    private static final double[] NODES = RULE.nodes();
    private static final double[] WEIGHTS = RULE.weights();

    /** {@code log E H_(m-1)^(2m)}, m = 1 ... 6; the mean square is 1. */
    private static final double[] SINGLE = single();

    private static double[] single() {
        double[] logs = new double[6];
        for (int m = 1; m <= 6; m++) {
            BigInteger moment = IntegerPolynomial.derivativeOfTheGaussian(m - 1, 1)
                    .power(2 * m)
                    .gaussianMean();
            logs[m - 1] = Math.log(moment.doubleValue()) - m * Math.log(HermiteSize.factorial(m - 1));
        }
        return logs;
    }

    @Provide
    Arbitrary<Double> angles() {
        return Arbitraries.integers().between(0, 62).map(i -> i / 10.0);
    }

    /** {@code (constant m)^m} for points of this norm. */
    private record Bound(double constant, double norm) {}

    @Claim(
            id = "B20.lem6-moment",
            statement = "\\mathbb E\\,|w \\cdot x|^{2m} = (2m-1)!! \\le (2m)^m",
            hypotheses = "$w \\sim N(0, I_d)$, $\\|x\\| = 1$; $1 \\le m \\le 20$",
            instances = 20)
    void evenMomentsOfAGaussianAreOddFactorials(@ForAll("angles") double angle, ClaimRun run) {
        run.covers(angle == 0 ? "x on an axis" : "x off the axes");
        double[] moments = new double[20];
        double[] factorials = new double[20];
        for (int m = 1; m <= 20; m++) {
            factorials[m - 1] =
                    IntegerPolynomial.of(0, 1).power(2 * m).gaussianMean().doubleValue();
            int exponent = 2 * m;
            moments[m - 1] = plane((u, v) -> Math.pow(u * Math.cos(angle) + v * Math.sin(angle), exponent));
        }
        IntToDoubleFunction odd = m -> factorials[m - 1];
        run.check("moments", odd, (value, lab) -> {
                    double[] observed = new double[20];
                    double[] claimed = new double[20];
                    for (int m = 1; m <= 20; m++) {
                        observed[m - 1] = moments[m - 1] / factorials[m - 1];
                        claimed[m - 1] = value.applyAsDouble(m) / factorials[m - 1];
                    }
                    return Comparison.equal(observed, claimed, 1e-9, "relative, by the weights of the rule");
                })
                .falsifiedBy("(2m)!!", m -> Math.pow(2, m) * HermiteSize.factorial(m))
                .falsifiedBy("m!", HermiteSize::factorial)
                .falsifiedBy("(2m+1)!!", m -> odd.applyAsDouble(m) * (2 * m + 1));
        run.check("m-th root over m", new Bound(2, 1), (form, lab) -> {
                    double[] roots = new double[20];
                    for (int m = 1; m <= 20; m++) {
                        roots[m - 1] = Math.pow(factorials[m - 1], 1.0 / m) * form.norm * form.norm / m;
                    }
                    return Comparison.atMost(roots, form.constant, 4e-15, "ten roundings of numbers below 4");
                })
                .falsifiedBy("(2m/e)^m", new Bound(2 / Math.E, 1))
                .falsifiedBy("(m/2)^m", new Bound(0.5, 1))
                .falsifiedBy("norm 2", new Bound(2, 2));
    }

    /** A function on the plane. */
    private interface Planar {
        double at(double u, double v);
    }

    /** {@code E f(w)}, w standard normal in the plane. */
    private static double plane(Planar f) {
        double sum = 0;
        for (int i = 0; i < NODES.length; i++) {
            for (int k = 0; k < NODES.length; k++) {
                sum += WEIGHTS[i] * WEIGHTS[k] * f.at(NODES[i], NODES[k]);
            }
        }
        return sum;
    }

    /** A sum of Hermite polynomials of degree m - 1 along n directions of the plane. */
    record Chaos(int m, int n, long seed) {
        double logarithmOfTheRatio() {
            RandomStream stream = RandomStream.of(seed, "GaussianMomentClaims");
            double[] c = stream.gaussians(n);
            double[] angles = stream.gaussians(n);
            Planar x = (u, v) -> {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += c[i]
                            * HermitePolynomial.orthonormal(m - 1, u * Math.cos(angles[i]) + v * Math.sin(angles[i]));
                }
                return sum;
            };
            double scale = Math.sqrt(plane((u, v) -> Math.pow(x.at(u, v), 2)));
            return Math.log(plane((u, v) -> Math.pow(x.at(u, v) / scale, 2 * m)));
        }
    }

    @Provide
    Arbitrary<Chaos> chaoses() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Chaos::new);
    }

    @Claim(
            id = "B20.lem6-hyper",
            statement =
                    "\\mathbb E\\,|v \\cdot x|^{2m} \\le (2m)^{2m^2}\\, \\bigl(\\mathbb E\\,|v \\cdot x|^2\\bigr)^m",
            hypotheses =
                    "$v \\cdot x = \\sum_i c_i H_{m-1}(w \\cdot x_i)$, $w \\sim N(0, I)$, $\\|x_i\\| = 1$; also with the constant $(2m-1)^{m(m-1)}$",
            instances = 100)
    void momentsOfHermiteSumsAreBoundedByTheVariance(@ForAll("chaoses") Chaos drawn, ClaimRun run) {
        run.covers("m = " + drawn.m).covers(drawn.n == 1 ? "one direction" : "several directions");
        double ratio = drawn.logarithmOfTheRatio();
        IntToDoubleFunction sharp = m -> m * (m - 1) * Math.log(2 * m - 1);
        run.check("log of (2m-1)^(m(m-1))", sharp, (constant, lab) -> bound(drawn.m, ratio, constant))
                .falsifiedBy("exponent 0.85 m(m-1)", m -> 0.85 * sharp.applyAsDouble(m))
                .falsifiedBy("exponent m", m -> m * Math.log(2 * m - 1));
        IntToDoubleFunction printed = m -> 2 * m * m * Math.log(2 * m);
        run.check("log of (2m)^(2 m^2)", printed, (constant, lab) -> bound(drawn.m, ratio, constant))
                .falsifiedBy("exponent m^2/2", m -> m * m * Math.log(2 * m) / 2);
    }

    private static Decision bound(int m, double ratio, IntToDoubleFunction constant) {
        double[] observed = Arrays.copyOf(SINGLE, 7);
        double[] bounds = new double[7];
        for (int degree = 1; degree <= 6; degree++) {
            bounds[degree - 1] = constant.applyAsDouble(degree);
        }
        observed[6] = ratio;
        bounds[6] = constant.applyAsDouble(m);
        return Comparison.atMost(observed, bounds, 1e-9, "relative error of a moment");
    }
}
