package ghorbani2019;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;

/**
 * Most cubic targets are out of reach of a tangent class with N of order d.
 *
 * <h2>Source</h2>
 *
 * G19, section 1 and section 1.1 item (i) with footnote 3, after its reference [15].
 *
 * <h2>Statement</h2>
 *
 * Let f be a Wick polynomial of degree 3 in {@code x ~ N(0, I)}, and {@code D = d (d + 1) (d + 2) / 6}, the dimension of all of them:
 *
 * <pre>{@code
 * s(z) = z^2:                     R_NT = |f|^2
 * s = He_3, f isotropic Gaussian: E R_NT / |f|^2 >= 1 - N d / D = 1 - O(1/d)    when N = O(d)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@code d = 6, 10, 14} with {@code N = d/2} and d; for least squares d from 1 to 4 and N up to d.
 *
 * <h2>How it is checked</h2>
 *
 * With {@code s(z) = z^2} the class is even and f odd: least squares on exact quadrature nodes ({@link TangentLeastSquares}) find nothing. For
 * {@code s = He_3} the functions {@code ((w_i . x)^2 - 1) x_j} are written in an orthonormal basis ({@link WickCubics}), which the same
 * least squares confirm.
 * The class with all linear functions added splits into these and the cubic parts, which for {@code N <= d} are Nd independent directions
 * out of D: the
 * captured share of an isotropic f is {@code N d / D} in mean, exactly. The class itself captures no more. With {@code N = d} this is
 * {@code 6 d / ((d + 1) (d + 2))}. Tolerances: {@code 64 u} times features over the smallest part that an independent one has left.
 *
 * <h2>Falsifiers</h2>
 *
 * A quadratic target; features without their linear part; {@code N d - N (N - 1) / 2} directions, as for quadratics; D of other
 * dimensions; {@code N = d^(5/4)} and {@code d^2 / 6} neurons.
 */
class CubicTargetClaims {
    private static final double UNIT = 0x1p-53;

    /** A class of the cubic activation. */
    record Cubic(int d, int divisor, long seed) {
        int n() {
            return d / divisor;
        }

        RandomStream stream() {
            return RandomStream.of(seed, "CubicTargetClaims");
        }
    }

    @Provide
    Arbitrary<Cubic> cubics() {
        return Combinators.combine(
                        Arbitraries.of(6, 10, 14),
                        Arbitraries.of(1, 2),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Cubic::new);
    }

    @Claim(
            id = "G19.cite15-cubic",
            statement =
                    "\\sigma = z^2:\\ R_{\\mathrm{NT}} = \\|f\\|^2; \\qquad \\sigma = \\mathrm{He}_3:\\ \\mathbb E\\,\\frac{R_{\\mathrm{NT}}}"
                            + "{\\|f\\|^2} \\ge 1 - \\frac{N d}{\\binom{d+2}{3}} \\ (\\to 1 \\text{ for } N = O(d))",
            hypotheses =
                    "$f$ a Wick polynomial of degree 3 in $x \\sim N(0, I_d)$; for $\\sigma = \\mathrm{He}_3$ with isotropic"
                            + " Gaussian coefficients, $w_i \\sim N(0, I/d)$")
    void mostCubicTargetsAreNotCaptured(@ForAll("cubics") Cubic cubic, ClaimRun run) {
        run.covers("d = " + cubic.d).covers(cubic.divisor == 1 ? "N = d" : "N = d/2");
        run.note("The claim is about most cubic targets: footnote 3 grants those that depend on few directions.");
        RandomStream stream = cubic.stream();
        leastSquares(stream.part("small"), run);

        int n = cubic.n();
        DMatrixRMaj weights = WeightLaw.isotropic(cubic.d).draw(n, stream.part("weights"));
        WickCubics basis = new WickCubics(cubic.d);
        Span own = new Span(n * cubic.d, basis.dimension());
        Span cubicParts = new Span(n * cubic.d, basis.dimension());
        for (double[] feature : features(basis, weights)) {
            own.with(feature);
            cubicParts.with(cubicPart(basis, feature));
        }
        run.check(
                        "independent cubic parts",
                        (double) n * cubic.d,
                        (rank, lab) -> Comparison.equal(cubicParts.rank(), rank, 0, "whole numbers"))
                .falsifiedBy("as for quadratics", n * cubic.d - n * (n - 1) / 2.0);

        DoubleUnaryOperator dimension = d -> d * (d + 1) * (d + 2) / 6;
        DoubleUnaryOperator less = d -> dimension.applyAsDouble(d - 1);
        DoubleUnaryOperator more = d -> dimension.applyAsDouble(d + 1);
        Bounded share = new Bounded(-0.1, 1.5);
        run.check(
                        "mean share captured, linear functions added",
                        dimension,
                        (size, lab) -> lab.meanEquals(
                                n * cubic.d / size.applyAsDouble(cubic.d),
                                0.01,
                                share,
                                s -> captured(cubicParts, basis, s)))
                .falsifiedBy("cubics of d - 1 variables", less)
                .falsifiedBy("cubics of d + 1 variables", more);
        run.check(
                        "mean share captured",
                        dimension,
                        (size, lab) -> lab.meanAtMost(
                                n * cubic.d / size.applyAsDouble(cubic.d), 0.01, share, s -> captured(own, basis, s)))
                .falsifiedBy("cubics of d + 2 variables", d -> dimension.applyAsDouble(d + 2));

        double[] sizes = {100, 400, 1600, 6400};
        run.check(
                        "share of N = d",
                        (DoubleUnaryOperator) d -> d,
                        (neurons, lab) -> Rate.exact(
                                -1,
                                0.05,
                                sizes,
                                Arrays.stream(sizes)
                                        .map(d ->
                                                Math.min(1, neurons.applyAsDouble(d) * d / dimension.applyAsDouble(d)))
                                        .toArray()))
                .falsifiedBy("N = d^(5/4)", d -> Math.pow(d, 1.25))
                .falsifiedBy("N = d^2 / 6", d -> d * d / 6);
    }

    /** The class as it is defined, in a small dimension. */
    private static void leastSquares(RandomStream stream, ClaimRun run) {
        int d = 1 + stream.integer(4);
        DMatrixRMaj weights = WeightLaw.isotropic(d).draw(1 + stream.integer(d), stream.part("weights"));
        WickCubics basis = new WickCubics(d);
        double[] target = cubic(basis, stream.part("target"));
        double normSquared = LinearAlgebra.dot(target, target);
        ToDoubleFunction<double[]> cubic = x -> basis.value(target, x) / Math.sqrt(normSquared);
        QuadraticTarget square = TargetFamily.RANK_ONE.of(d);
        ToDoubleFunction<double[]> quadratic =
                x -> square.values(new DMatrixRMaj(1, d, true, x))[0] / Math.sqrt(square.normSquared());
        run.covers("least squares, d = " + d);
        run.check("square, least squares", cubic, (f, lab) -> {
                    TangentLeastSquares fit = new TangentLeastSquares(4, f, z -> 2 * z, weights, true);
                    return Comparison.equal(
                            fit.risk(), 1, 64 * UNIT * fit.conditioning(), "64 u features / least remainder");
                })
                .falsifiedBy("a quadratic target", quadratic);

        run.check("cube, least squares", true, (linearPart, lab) -> {
                    Span span = new Span(weights.getNumElements(), basis.dimension());
                    for (double[] feature : features(basis, weights)) {
                        span.with(linearPart ? feature : cubicPart(basis, feature));
                    }
                    TangentLeastSquares fit = new TangentLeastSquares(4, cubic, z -> 3 * (z * z - 1), weights, true);
                    return Comparison.equal(
                            fit.risk(),
                            span.distanceSquared(target) / normSquared,
                            64 * UNIT * (fit.conditioning() + weights.getNumElements() / span.leastRemainder()),
                            "64 u features / least remainder, for both");
                })
                .falsifiedBy("without the linear part", false);
    }

    private static double[][] features(WickCubics basis, DMatrixRMaj weights) {
        int d = weights.numCols;
        double[][] features = new double[weights.numRows * d][];
        for (int k = 0; k < features.length; k++) {
            int row = k / d * d;
            features[k] = basis.feature(Arrays.copyOfRange(weights.data, row, row + d), k % d);
        }
        return features;
    }

    private static double[] cubicPart(WickCubics basis, double[] coordinates) {
        return Arrays.copyOf(Arrays.copyOf(coordinates, basis.cubics()), basis.dimension());
    }

    /** An isotropic cubic. */
    private static double[] cubic(WickCubics basis, RandomStream s) {
        return Arrays.copyOf(s.gaussians(basis.cubics()), basis.dimension());
    }

    private static double captured(Span span, WickCubics basis, RandomStream s) {
        double[] target = cubic(basis, s);
        return 1 - span.distanceSquared(target) / LinearAlgebra.dot(target, target);
    }
}
