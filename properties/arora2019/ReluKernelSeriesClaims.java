package arora2019;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * The ReLU kernel by the arc sine and as a power series without odd powers above the first.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Theorem 6.1.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * k(t) = t/4 + t arcsin(t) / (2 pi) = t/4 + sum_{l >= 1} b_{2l} t^{2l},   b_{2l} = (2l-3)!! / ((2l-2)!! (2l-1) 2 pi)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * For the arc sine: points of a plane in up to 8 dimensions, parallel, antiparallel and orthogonal ones and pairs at 1e-9 among them. For
 * the series: all cosines in [-1, 1].
 *
 * <h2>How it is checked</h2>
 *
 * The points stand at known angles, so the arc sine of {@code cos(theta)} is {@code pi/2 - theta}, to the last digit also where the cosine
 * hides the angle. Angles and points are exact to 16 u, {@code u = 1.1e-16}; as a function of the angle k has a slope of at most 1/2. Up to
 * {@code |t| = 0.99} the cosine is used, exact to 10 u, and {@code |k'(t)| <= 1.6}.
 *
 * <p>The remainder after the power {@code 2L}: all its terms are positive, and {@code binom(2j, j) / 4^j <= 1 / sqrt(pi (j + 1/4))} with the
 * convexity of {@code x^(-3/2)} bounds it by
 *
 * <pre>{@code
 * 0 <= k(t) - S_L(t) <= t^(2L+2) / (2 pi sqrt(pi (L - 1/4))),   and at |t| = 1 it is >= 1 / (2 pi sqrt(pi (L + 1/2))).
 * }</pre>
 *
 * <p>For {@code |t| <= 0.9} and {@code L = 200} that is below 1e-19.
 *
 * <h2>Falsifiers</h2>
 *
 * Coefficients with shifted indices, {@code b_1 = 1/2}, another odd power, and the arc sine without its factor t.
 */
class ReluKernelSeriesClaims {
    private static final int POWERS = 400;

    /** Unit vectors of a plane in d dimensions at the angles 0, 1e-9, pi/2, pi, pi + 1e-9 and n others. */
    record Fan(int n, int d, long seed) {
        private static final double[] NAMED = {0, 1e-9, Math.PI / 2, Math.PI, Math.PI + 1e-9};

        double[] angles() {
            RandomStream stream =
                    RandomStream.of(seed, "ReluKernelSeriesClaims").part("angles");
            double[] angles = Arrays.copyOf(NAMED, NAMED.length + n);
            for (int i = NAMED.length; i < angles.length; i++) {
                angles[i] = stream.uniform(0, 2 * Math.PI);
            }
            return angles;
        }

        DMatrixRMaj points() {
            double[] angles = angles();
            DMatrixRMaj plane = new DMatrixRMaj(angles.length, 2);
            for (int i = 0; i < angles.length; i++) {
                plane.set(i, 0, StrictMath.cos(angles[i]));
                plane.set(i, 1, StrictMath.sin(angles[i]));
            }
            RandomStream stream =
                    RandomStream.of(seed, "ReluKernelSeriesClaims").part("plane");
            return LinearAlgebra.product(plane, OrthonormalRows.draw(2, d, stream));
        }
    }

    /** The kernel as a function of a cosine and its arc sine. */
    private interface ArcsineForm {
        double value(double t, double arcsine);
    }

    @Provide
    Arbitrary<Fan> fans() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.integers().between(2, 8),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Fan::new);
    }

    @Provide
    Arbitrary<Double> cosines() {
        return Arbitraries.doubles().between(-1, 1).ofScale(12);
    }

    @Claim(
            id = "A19.H-arcsin",
            statement =
                    "H^\\infty_{ij} = \\frac{K_{ij}}{4} + \\frac{K_{ij} \\arcsin K_{ij}}{2\\pi}, \\qquad K = X^\\top X")
    void entryIsAQuarterOfTheCosinePlusItsArcsineTerm(@ForAll("fans") Fan fan, ClaimRun run) {
        run.covers("parallel within 1e-9")
                .covers("antipodes")
                .covers("antiparallel within 1e-9")
                .covers("orthogonal");
        ArcsineForm claimed = (t, arcsine) -> t / 4 + t * arcsine / (2 * Math.PI);
        DMatrixRMaj gram = ReluGramMatrix.of(fan.points());
        run.check("entries", claimed, (form, lab) -> {
                    double[] angles = fan.angles();
                    int n = angles.length;
                    double[] expected = new double[n * n];
                    for (int i = 0; i < n; i++) {
                        for (int j = 0; j < n; j++) {
                            double difference = Math.abs(angles[i] - angles[j]);
                            double angle = Math.min(difference, 2 * Math.PI - difference);
                            expected[i * n + j] = form.value(StrictMath.cos(angle), Math.PI / 2 - angle);
                        }
                    }
                    return Comparison.equal(
                            gram.data, expected, 1e-14, "16 u / 2 + 1.6 * 10 u = 24 u < 3e-15, three-fold");
                })
                .falsifiedBy("K/2 in place of K/4", (t, arcsine) -> t / 2 + t * arcsine / (2 * Math.PI))
                .falsifiedBy("4 pi in place of 2 pi", (t, arcsine) -> t / 4 + t * arcsine / (4 * Math.PI))
                .falsifiedBy("arcsine without the factor K", (t, arcsine) -> t / 4 + arcsine / (2 * Math.PI));
    }

    @Claim(
            id = "A19.H-series",
            statement = "H^\\infty = \\frac{K}{4} + \\frac{1}{2\\pi} \\sum_{\\ell \\ge 1}"
                    + " \\frac{(2\\ell-3)!!}{(2\\ell-2)!!} \\frac{K^{\\circ 2\\ell}}{2\\ell-1}")
    void kernelHasEvenPowersAndTheFirst(@ForAll("cosines") double cosine, ClaimRun run) {
        run.covers(Math.abs(cosine) == 1 ? "t = +-1" : "-1 < t < 1");
        IntToDoubleFunction claimed = ReluGramMatrix::seriesCoefficient;
        run.check("partial sums inside", claimed, (b, lab) -> {
                    double[] inside = {0.9 * cosine, 0.3, -0.8};
                    double[] sums = new double[inside.length];
                    double[] entries = new double[inside.length];
                    for (int i = 0; i < inside.length; i++) {
                        sums[i] = partialSum(b, POWERS, inside[i]);
                        entries[i] = ReluGramMatrix.entry(inside[i]);
                    }
                    return Comparison.equal(
                            sums, entries, 2e-15, "rest below 1e-19; entries to 4e-16; 10 roundings of 1/2");
                })
                .falsifiedBy("indices shifted: (2l-1)!! / (2l)!!", j -> shifted(j))
                .falsifiedBy("b_1 = 1/2", j -> j == 1 ? 0.5 : ReluGramMatrix.seriesCoefficient(j))
                .falsifiedBy(
                        "an odd power: b_3 = b_4 / 10",
                        j -> ReluGramMatrix.seriesCoefficient(j) + (j == 3 ? 0.0026 : 0));
        run.check("remainder at the ends", claimed, (b, lab) -> {
                    int[] lengths = {10, 100, 1000};
                    double[] rest = new double[lengths.length];
                    double[] middle = new double[lengths.length];
                    for (int i = 0; i < lengths.length; i++) {
                        double size = 2 * Math.PI * Math.sqrt(Math.PI * lengths[i]);
                        rest[i] = (ReluGramMatrix.entry(1) - partialSum(b, 2 * lengths[i], 1)) * size;
                        middle[i] = 1;
                    }
                    return Comparison.equal(
                            rest, middle, 0.025, "1 / sqrt(1 + 1/(2L)) to 1 / sqrt(1 - 1/(4L)), L = 10");
                })
                .falsifiedBy("indices shifted: (2l-1)!! / (2l)!!", j -> shifted(j));
        DoubleUnaryOperator oddPart = t -> t / 4;
        run.check("odd part", oddPart, (form, lab) -> {
                    double[] signed = {cosine, 0.3, -0.8, 1};
                    double[] odd = new double[signed.length];
                    double[] expected = new double[signed.length];
                    for (int i = 0; i < signed.length; i++) {
                        odd[i] = (ReluGramMatrix.entry(signed[i]) - ReluGramMatrix.entry(-signed[i])) / 2;
                        expected[i] = form.applyAsDouble(signed[i]);
                    }
                    return Comparison.equal(odd, expected, 8e-16, "entries to 4e-16, a mean of two and roundings");
                })
                .falsifiedBy("a cubic term", t -> t / 4 + t * t * t / 1000);
    }

    /** Sums from the highest power down, the smallest terms first. */
    private static double partialSum(IntToDoubleFunction b, int powers, double t) {
        double sum = 0;
        for (int j = powers; j >= 0; j--) {
            sum = sum * t + b.applyAsDouble(j);
        }
        return sum;
    }

    private static double shifted(int j) {
        return j > 0 && j % 2 == 0
                ? ReluGramMatrix.seriesCoefficient(j + 2) * (j + 1) / (j - 1)
                : ReluGramMatrix.seriesCoefficient(j);
    }
}
