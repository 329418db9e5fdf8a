package arora2019;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.LabelComplexity;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;

/**
 * Odd powers above the first have no bound of their complexity, so Theorem 6.1 needs its hypothesis.
 *
 * <h2>Source</h2>
 *
 * A19, Theorem 6.1 and Corollary 6.2 (hypothesis 'p = 1 or even'). The exact values are an addition of this suite.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * n equispaced points of the circle, n odd, y = cos^p = sum_m a_m cos(m theta), p odd:
 *   Q(y) = sum_m a_m^2 n / (2 l_m),   l_m = (sec^2((m+1) pi / 2n) + sec^2((m-1) pi / 2n)) / (8n) + (n/8) 1{m = 1}
 * }</pre>
 *
 * so that for {@code p = 3}, {@code Q = n^2/8 - (5 pi^2 - 36)/16 + o(1)}. The eigenvalue {@code l_m} of the circulant H is n times the sum of
 * the Fourier coefficients of {@code k(cos)} at the frequencies m + sn, s an integer: 1/8 at 1 and -1, zero at the other odd ones, and
 * {@code ((q-1)^-2 + (q+1)^-2) / (2 pi^2)} at even q, which m + sn is for odd s.
 *
 * <p>On three antipodal pairs in the plane, at multiples of 60 degrees, H has a null vector with which {@code cos^3} makes an angle whose
 * cosine is {@code sqrt(2/11)}: no function of its space takes these labels.
 *
 * <h2>Instances</h2>
 *
 * The circle with n = 17, 33, 65, ... points; exact values at n = 257, where they differ from the leading order by 10^4 tolerances.
 *
 * <h2>How it is checked</h2>
 *
 * By the secant exponent of the ladder. {@code lambda_min >= 1/(4n)} and {@code |H| = n / pi^2}, to leading order, so Q is exact to
 * {@code 10 n u |H| / lambda_min <= 4.1 n^3 u}, {@code u = 1.1e-16}.
 *
 * <h2>Falsifiers</h2>
 *
 * Other exponents; the leading order for the exact value; linear and even targets in place of odd ones and the reverse.
 */
class OddPowersClaims {
    private static final double ROUNDOFF = 0x1p-53;

    /** Equispaced points of the circle, an odd number: the first coordinates and the complexity of labels. */
    record Circle(double[] cosines, LabelComplexity labelComplexity) {
        static Circle of(int n) {
            return new Circle(cosines(n), new LabelComplexity(ReluGramMatrix.of(points(n))));
        }

        static double[] cosines(int n) {
            return IntStream.range(0, n)
                    .mapToDouble(i -> StrictMath.cos(2 * Math.PI * i / n))
                    .toArray();
        }

        static DMatrixRMaj points(int n) {
            double[] cosines = cosines(n);
            DMatrixRMaj points = new DMatrixRMaj(n, 2);
            for (int i = 0; i < n; i++) {
                points.set(i, 0, cosines[i]);
                points.set(i, 1, StrictMath.sin(2 * Math.PI * i / n));
            }
            return points;
        }

        /** {@code Q(y)} for {@code y = cos^p}. */
        double complexity(int p) {
            return labelComplexity.quadraticForm(power(cosines, p));
        }

        int n() {
            return cosines.length;
        }
    }

    @Claim(
            id = "A19.thm6.1-odd",
            statement = "y_i = (\\beta^\\top x_i)^3 \\text{ on the circle},\\; n \\text{ odd}: \\quad"
                    + " y^\\top (H^\\infty)^{-1} y = \\tfrac{n^2}{8} - \\tfrac{5\\pi^2 - 36}{16} + o(1)",
            hypotheses = "equispaced points; the theorem's hypothesis '$p = 1$ or even' is needed")
    void oddPowersHaveUnboundedComplexity(ClaimRun run) {
        int largest = run.size("largest n", 257, 1025, 2049);
        List<Circle> circles = IntStream.iterate(17, n -> n <= largest, n -> 2 * n - 1)
                .mapToObj(Circle::of)
                .toList();
        double[] sizes = circles.stream().mapToDouble(Circle::n).toArray();
        IntFunction<double[]> ladder = p ->
                circles.stream().mapToDouble(circle -> circle.complexity(p)).toArray();
        run.check("growth of p = 3", 2.0, (exponent, lab) -> Rate.exact(exponent, 0.05, sizes, ladder.apply(3)))
                .falsifiedBy("exponent 1.5", 1.5)
                .falsifiedBy("exponent 2.5", 2.5)
                .falsifiedBy("bounded", 0.0);
        run.check(
                        "no growth of p = 1, 2, 4",
                        new int[] {1, 2, 4},
                        (powers, lab) -> Decision.worst(Arrays.stream(powers)
                                .mapToObj(p -> Rate.exact(0, 0.05, sizes, ladder.apply(p)))
                                .toList()))
                .falsifiedBy("p = 3", new int[] {3})
                .falsifiedBy("p = 5", new int[] {5});
        double[] numeric = IntStream.of(3, 5, 7)
                .mapToDouble(p -> circles.get(4).complexity(p))
                .toArray();
        double accuracy = 4.1 * Math.pow(257, 3) * ROUNDOFF;
        IntToDoubleFunction exact = p -> exactOnCircle(257, p, 1);
        run.check(
                        "exact value of p = 3, 5, 7 on 257 points",
                        exact,
                        (form, lab) -> Comparison.equal(
                                IntStream.range(0, 3)
                                        .mapToDouble(i -> numeric[i] / form.applyAsDouble(3 + 2 * i))
                                        .toArray(),
                                new double[] {1, 1, 1},
                                accuracy,
                                "10 n u |H| / lambda_min = 4.1 n^3 u, n = 257"))
                .falsifiedBy("leading order n^2/8, 13 n^2/64, ...", p -> leadingOrder(257, p))
                .falsifiedBy("without the component of frequency 1", p -> exactOnCircle(257, p, 3));
        run.check(
                        "above the bound (3p)^2 on 33 points",
                        3,
                        (p, lab) -> Comparison.atLeast(
                                circles.get(1).complexity(p) / (9.0 * p * p), 1, accuracy, "as for the exact value"))
                .falsifiedBy("p = 1", 1)
                .falsifiedBy("p = 2", 2)
                .falsifiedBy("p = 4", 4);
        run.check(
                        "no finite value on three antipodal pairs",
                        3,
                        (p, lab) -> Comparison.equal(
                                partOutsideTheRange(p),
                                Math.sqrt(2.0 / 11),
                                1e-14,
                                "10 n u |H| over the gap 5/12, n = 6, |H| = 3/4"))
                .falsifiedBy("p = 1", 1)
                .falsifiedBy("p = 2", 2);
    }

    /** The exact value for odd p, from the components of frequency {@code least, least + 2, ..., p}. */
    private static double exactOnCircle(int n, int p, int least) {
        double sum = 0;
        for (int m = p; m >= least; m -= 2) {
            double eigenvalue =
                    (squaredSecant((m + 1) * Math.PI / (2 * n)) + squaredSecant((m - 1) * Math.PI / (2 * n))) / (8 * n)
                            + (m == 1 ? n / 8.0 : 0);
            sum += Math.pow(amplitude(p, m), 2) * n / (2 * eigenvalue);
        }
        return sum;
    }

    /** The limit of {@code Q/n^2} times {@code n^2}: every {@code l_m} with m above 1 tends to {@code 1/(4n)}. */
    private static double leadingOrder(int n, int p) {
        return IntStream.iterate(p, m -> m >= 3, m -> m - 2)
                .mapToDouble(m -> 2.0 * n * n * Math.pow(amplitude(p, m), 2))
                .sum();
    }

    /** The amplitude of {@code cos(m theta)} in {@code cos^p(theta)}, p and m odd. */
    private static double amplitude(int p, int m) {
        return CombinatoricsUtils.binomialCoefficientDouble(p, (p - m) / 2) / Math.pow(2, p - 1);
    }

    private static double squaredSecant(double angle) {
        return 1 / (Math.cos(angle) * Math.cos(angle));
    }

    /** The component of {@code y = cos^p}, as a part of {@code |y|}, on the null vector of H for the points at multiples of 60 degrees. */
    private static double partOutsideTheRange(int p) {
        double[] y = power(Circle.cosines(6), p);
        double[] components =
                LinearAlgebra.eigen(ReluGramMatrix.of(Circle.points(6))).project(y);
        return Math.abs(components[5]) / LinearAlgebra.norm(y);
    }

    private static double[] power(double[] values, int p) {
        return Arrays.stream(values).map(t -> Math.pow(t, p)).toArray();
    }
}
