package ghorbani2019;

import java.util.function.DoubleBinaryOperator;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.TangentLimit;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;

/**
 * The tangent class with {@code s(z) = z^2} sees the span of its weights only.
 *
 * <h2>Source</h2>
 *
 * G19, section 1.1 ("NT fits f* along the random subspace"), the mechanism of Theorem 2, and the remarks after it.
 *
 * <h2>Statement</h2>
 *
 * W is N x d with the neurons as rows, {@code P = I - W^T (W W^T)^+ W}, {@code x ~ N(0, I)}, {@code f* = b0 + x^T B x}:
 *
 * <pre>{@code
 * sum_i s'(w_i . x) a_i . x = x^T (W^T A + A^T W) x,      R_NT = 2 |P B P|_F^2
 * rank W = d:  R_NT = 0,          B = b I, rank W = min(N, d):  R_NT = 2 b^2 (d - N)_+
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link TangentInstance}: B of either sign, without trace, of rank one, any b0; neurons that are generic, twice the same, collinear,
 * zero, axes;
 * d and N from 1, N beyond d. Gaussian weights with d up to 30 and 60.
 *
 * <h2>How it is checked</h2>
 *
 * Least squares over (A, c), as the class is defined, on quadrature nodes that are exact ({@link TangentLeastSquares}). An orthonormal
 * basis with
 * a part {@code r} of a feature left is exact to {@code u / r} per feature ({@code u = 1.1e-16}), P to {@code N u kappa(W W^T)}; both are taken
 * from the instance. Without the offset, and for a centred target, the best M of trace {@code T - s r} gives
 * {@code 2 |P B P|^2 + T^2 / (1 + r/2)}, {@code T = tr B - tr P B P}, r the rank of W. That the mean of the risk is at most
 * {@code (1 - N/d) |f*|^2} with equality for multiples of the identity alone: {@code t = 1} alone closes the gap
 * {@code m N (1 - t) / ((d - 1) (d + 2))}, {@code m = d - N}, of the exact mean.
 *
 * <h2>Falsifiers</h2>
 *
 * The projection on one side; a fit on span times span alone; no factor 2; the number of neurons for the rank; no offset; one neuron less
 * than d,
 * and as many as parameters suffice for; {@code (1 - N/d)^2} for {@code B = I}; a rank-one target as the worst case.
 */
class TangentProjectionClaims {
    private static final double UNIT = 0x1p-53;

    /** A risk as a function of B and P. */
    private interface Formula {
        double risk(DMatrixRMaj b, DMatrixRMaj p);
    }

    private static final Formula BOTH_SIDES = (b, p) -> 2 * square(sandwich(p, b));
    private static final Formula ONE_SIDE = (b, p) -> 2 * square(LinearAlgebra.product(p, b));
    private static final Formula SPAN_TIMES_SPAN = (b, p) -> 2 * (square(b) - square(sandwich(complementOf(p), b)));

    @Provide
    Arbitrary<TangentInstance> smallClasses() {
        return TangentInstance.any(5);
    }

    @Claim(
            id = "G19.nt-identity",
            statement =
                    "\\sum_i \\sigma'(\\langle w_i, x\\rangle)\\langle a_i, x\\rangle = x^\\top (W A^\\top + A W^\\top) x,"
                            + "\\quad R_{\\mathrm{NT}} = 2 \\|P_\\perp B P_\\perp\\|_F^2",
            hypotheses =
                    "$\\sigma(z) = z^2$, $x \\sim N(0, I_d)$, $f_*(x) = b_0 + x^\\top B x$, any weights $W = (w_1, \\dots, w_N)$,"
                            + " $P_\\perp$ the projection perpendicular to their span")
    void riskIsWhatTheWeightsDoNotSpan(@ForAll("smallClasses") TangentInstance instance, ClaimRun run) {
        run.covers(instance.geometry().toString()).covers("B " + instance.shape());
        run.covers(instance.n() < instance.d() ? "N < d" : instance.n() == instance.d() ? "N = d" : "N > d");
        run.covers(instance.d() == 1 ? "d = 1" : "d > 1").covers(instance.n() == 1 ? "N = 1" : "N > 1");
        QuadraticTarget target = instance.target();
        DMatrixRMaj weights = instance.weights();
        DMatrixRMaj p = projection(weights);
        double scale = target.normSquared() + 2 * target.frobeniusSquared();
        double ofProjection = 64 * weights.numRows * UNIT * conditioning(weights);

        RandomStream stream = instance.stream().part("function");
        DMatrixRMaj a = new DMatrixRMaj(instance.n(), instance.d(), true, stream.gaussians(weights.getNumElements()));
        double[] x = stream.gaussians(instance.d());
        run.check("functions", 2.0, (factor, lab) -> {
                    double[] z = LinearAlgebra.product(weights, x);
                    double[] slopes = LinearAlgebra.product(a, x);
                    DMatrixRMaj m = LinearAlgebra.productTransA(weights, a);
                    CommonOps_DDRM.addEquals(m, CommonOps_DDRM.transpose(m, null));
                    double sum = 0;
                    double size = Double.MIN_NORMAL; // no neuron but 0
                    for (int i = 0; i < z.length; i++) {
                        sum += 2 * z[i] * slopes[i];
                    }
                    for (double entry : m.data) {
                        size += Math.abs(entry);
                    }
                    size *= LinearAlgebra.dot(x, x) + 1;
                    size += LinearAlgebra.norm(weights.data) * LinearAlgebra.norm(a.data) * LinearAlgebra.dot(x, x);
                    double form = factor / 2 * LinearAlgebra.dot(x, LinearAlgebra.product(m, x));
                    return Comparison.equal(
                            sum / size,
                            form / size,
                            4 * (x.length + z.length) * UNIT,
                            "4 (d + N) u of the terms' sizes");
                })
                .falsifiedBy("one of the two products", 1.0);

        TangentLeastSquares fit = new TangentLeastSquares(target, weights, true);
        run.check(
                        "least squares",
                        BOTH_SIDES,
                        (formula, lab) -> Comparison.equal(
                                fit.risk() / scale,
                                formula.risk(target.matrix(), p) / scale,
                                64 * UNIT * fit.conditioning() + ofProjection,
                                "64 u (features / least remainder + N kappa(W W^T))"))
                .falsifiedBy("projection on one side", ONE_SIDE)
                .falsifiedBy("fit on span times span", SPAN_TIMES_SPAN)
                .falsifiedBy("without the factor 2", (b, q) -> square(sandwich(q, b)));

        double[] ofFirst = TangentRisk.ofFirst(target, weights);
        run.check("risks of the first neurons", BOTH_SIDES, (formula, lab) -> {
                    double[] expected = new double[ofFirst.length];
                    double[] actual = new double[ofFirst.length];
                    double worst = 1;
                    for (int i = 0; i < ofFirst.length; i++) {
                        DMatrixRMaj first = CommonOps_DDRM.extract(weights, 0, i + 1, 0, instance.d());
                        expected[i] = formula.risk(target.matrix(), projection(first)) / scale;
                        actual[i] = ofFirst[i] / scale;
                        worst = Math.max(worst, conditioning(first));
                    }
                    return Comparison.equal(
                            actual, expected, 64 * weights.numRows * UNIT * worst, "64 N u kappa(W W^T)");
                })
                .falsifiedBy("projection on one side", ONE_SIDE)
                .falsifiedBy("fit on span times span", SPAN_TIMES_SPAN);

        QuadraticTarget centred = QuadraticTarget.centred(target.matrix());
        double rank = instance.d() - CommonOps_DDRM.trace(p);
        double trace = target.trace() - CommonOps_DDRM.trace(sandwich(p, target.matrix()));
        TangentLeastSquares without = new TangentLeastSquares(centred, weights, false);
        DoubleBinaryOperator cost = (t, r) -> t * t / (1 + r / 2);
        run.check(
                        "least squares without the offset",
                        cost,
                        (extra, lab) -> Comparison.equal(
                                without.risk() / scale,
                                (BOTH_SIDES.risk(target.matrix(), p) + extra.applyAsDouble(trace, rank)) / scale,
                                instance.d() * (64 * UNIT * without.conditioning() + ofProjection),
                                "64 d u (features / least remainder + N kappa(W W^T))"))
                .falsifiedBy("no cost", (t, r) -> 0)
                .falsifiedBy("1 + r for 1 + r/2", (t, r) -> t * t / (1 + r))
                .falsifiedBy("N for the rank", (t, r) -> t * t / (1 + instance.n() / 2.0));
    }

    /** Number of neurons, and whether the class has the constant. */
    private record Class(IntUnaryOperator neurons, boolean offset) {}

    /** {@code N - d} beside a dimension. */
    record Surplus(int d, int more, TangentInstance.Shape shape, TangentInstance.Offset offset, long seed) {
        TangentInstance in(int dimension) {
            return new TangentInstance(dimension, 1, TangentInstance.Geometry.GENERIC, shape, offset, 1, seed);
        }
    }

    @Provide
    Arbitrary<Surplus> spanning() {
        return Arbitraries.integers()
                .between(1, 30)
                .flatMap(d -> Combinators.combine(
                                Arbitraries.of(0, 1, d),
                                Arbitraries.of(TangentInstance.Shape.values()),
                                Arbitraries.of(TangentInstance.Offset.values()),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((more, shape, offset, seed) -> new Surplus(d, more, shape, offset, seed)));
    }

    @Claim(
            id = "G19.nt-zero",
            statement = "N \\ge d \\;\\Longrightarrow\\; R_{\\mathrm{NT}} = 0",
            hypotheses = "$\\sigma(z) = z^2$, $W$ of rank $d$ (almost surely for $w_i \\sim N(0, I/d)$),"
                    + " $f_*(x) = b_0 + x^\\top B x$ with any symmetric $B$ and any $b_0$")
    void asManyNeuronsAsDimensionsFitExactly(@ForAll("spanning") Surplus surplus, ClaimRun run) {
        int d = surplus.d;
        run.covers(surplus.more == 0 ? "N = d" : surplus.more == d ? "N = 2 d" : "N = d + 1");
        run.covers(d == 1 ? "d = 1" : "d > 1").covers("B " + surplus.shape);
        run.note("The abstract says 'larger than d'; N = d is enough.");
        QuadraticTarget target = surplus.in(d).target();
        IntUnaryOperator oneLess = k -> Math.max(1, k - 1);
        RandomStream stream = surplus.in(d).stream().part("gaussian");
        run.check(
                        "Gaussian weights",
                        (IntUnaryOperator) k -> k + surplus.more,
                        (neurons, lab) -> Comparison.atMost(
                                TangentRisk.of(
                                                target,
                                                WeightLaw.isotropic(d)
                                                        .draw(neurons.applyAsInt(d), stream.part("weights")))
                                        / (2 * target.frobeniusSquared()),
                                0,
                                Math.pow(100 * d * UNIT, 2),
                                "(100 d u)^2: d deflations, each exact to 100 u |B|"))
                .falsifiedBy("N = d - 1", oneLess)
                .falsifiedBy("N d parameters for d (d + 1) / 2 entries", k -> (k + 2) / 2);

        int small = 1 + (d - 1) % 4;
        TangentInstance instance = surplus.in(small);
        QuadraticTarget smallTarget = instance.target();
        run.check("least squares, d <= 4", new Class(k -> k + Math.min(surplus.more, small), true), (form, lab) -> {
                    DMatrixRMaj weights = instance.with(
                                    form.neurons.applyAsInt(small), TangentInstance.Geometry.GENERIC)
                            .weights();
                    TangentLeastSquares fit = new TangentLeastSquares(smallTarget, weights, form.offset);
                    return Comparison.atMost(
                            fit.risk() / (smallTarget.normSquared() + 2 * smallTarget.frobeniusSquared()),
                            0,
                            Math.pow(64 * UNIT * fit.conditioning(), 2),
                            "(64 u features / least remainder)^2");
                })
                .falsifiedBy("no offset", new Class(k -> k, false))
                .falsifiedBy("N = d - 1", new Class(oneLess, true));
    }

    /** Gaussian weights and a multiple of the identity. */
    record Multiple(int d, int n, double b, TargetFamily other, long seed) {}

    @Provide
    Arbitrary<Multiple> multiples() {
        return Arbitraries.integers()
                .between(1, 60)
                .flatMap(d -> Combinators.combine(
                                Arbitraries.integers().between(1, d + 2),
                                Arbitraries.of(-2.0, 0.1, 1.0),
                                Arbitraries.of(TargetFamily.values()),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((n, b, other, seed) -> new Multiple(d, n, b, other, seed)));
    }

    @Claim(
            id = "G19.nt-worst",
            statement =
                    "B = b I \\;\\Longrightarrow\\; R_{\\mathrm{NT}} = 2 b^2 (d - N)_+ = (1 - N/d)_+ \\|f_*\\|^2;\\quad"
                            + " \\mathbb E R_{\\mathrm{NT}} < (1 - N/d) \\|f_*\\|^2 \\text{ for other } B,\\ 0 < N < d",
            hypotheses =
                    "$\\sigma(z) = z^2$, $\\mathbb E f_* = 0$; the first for every $W$ of rank $\\min(N, d)$, the mean over"
                            + " $w_i \\sim N(0, I/d)$, $d \\ge 2$")
    void multiplesOfTheIdentityAreTheWorst(@ForAll("multiples") Multiple instance, ClaimRun run) {
        int d = instance.d;
        int n = instance.n;
        run.covers(n < d ? "N < d" : "N >= d").covers(instance.b < 0 ? "b < 0" : "b > 0");
        DMatrixRMaj b = CommonOps_DDRM.identity(d);
        CommonOps_DDRM.scale(instance.b, b);
        QuadraticTarget target = QuadraticTarget.centred(b);
        double risk = TangentRisk.of(
                        target,
                        WeightLaw.isotropic(d).draw(n, RandomStream.of(instance.seed, "TangentProjectionClaims")))
                / target.normSquared();
        DoubleBinaryOperator rest = (k, m) -> Math.max(k - m, 0) / k;
        run.check(
                        "multiples of the identity",
                        rest,
                        (share, lab) -> Comparison.equal(risk, share.applyAsDouble(d, n), 100 * d * UNIT, "100 d u"))
                .falsifiedBy("the square, as without trace", (k, m) -> Math.pow(Math.max(k - m, 0) / k, 2))
                .falsifiedBy("d - N + 1", (k, m) -> Math.max(k - m + 1, 0) / k);

        int dimension = Math.max(d, 3);
        int neurons = 1 + (n - 1) % (dimension - 1);
        QuadraticTarget other = instance.other.of(dimension);
        run.covers("other " + instance.other);
        double mean = TangentLimit.mean(other, neurons);
        run.check(
                        "mean for other targets",
                        TargetFamily.IDENTITY,
                        (worst, lab) -> Comparison.atMost(
                                mean,
                                TangentLimit.mean(worst.of(dimension), neurons),
                                32 * dimension * UNIT,
                                "32 d u: sums of d terms in t"))
                .falsifiedBy("rank one is the worst", TargetFamily.RANK_ONE)
                .falsifiedBy("two levels are the worst", TargetFamily.TWO_LEVELS);
        double gap = (dimension - neurons) * (double) neurons / (dimension - 1.0) / (dimension + 2.0);
        run.check(
                        "gap to the worst mean",
                        1.0,
                        (power, lab) -> Comparison.equal(
                                1 - (double) neurons / dimension - mean,
                                gap * Math.pow(Math.max(1 - other.traceShare(), 0), power),
                                32 * dimension * UNIT,
                                "32 d u: sums of d terms in t"))
                .falsifiedBy("(1 - t)^2", 2.0)
                .falsifiedBy("the same for every target", 0.0);
    }

    /** {@code I - W^T (W W^T)^+ W}. */
    private static DMatrixRMaj projection(DMatrixRMaj weights) {
        DMatrixRMaj inverse = LinearAlgebra.eigen(LinearAlgebra.gram(weights)).pseudoInverse(1e-9);
        return complementOf(LinearAlgebra.product(LinearAlgebra.productTransA(weights, inverse), weights));
    }

    /** {@code I - P}. */
    private static DMatrixRMaj complementOf(DMatrixRMaj p) {
        return CommonOps_DDRM.subtract(CommonOps_DDRM.identity(p.numRows), p, null);
    }

    /** {@code kappa(W W^T)} on its range. */
    private static double conditioning(DMatrixRMaj weights) {
        SymmetricEigen eigen = LinearAlgebra.eigen(LinearAlgebra.gram(weights));
        double worst = 1;
        for (double value : eigen.values()) {
            if (value > 1e-9 * eigen.largest()) {
                worst = Math.max(worst, eigen.largest() / value);
            }
        }
        return worst;
    }

    private static DMatrixRMaj sandwich(DMatrixRMaj p, DMatrixRMaj m) {
        return LinearAlgebra.product(LinearAlgebra.product(p, m), p);
    }

    private static double square(DMatrixRMaj m) {
        return LinearAlgebra.dot(m.data, m.data);
    }
}
