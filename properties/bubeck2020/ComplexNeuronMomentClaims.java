package bubeck2020;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.complex.Complex;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Assumption;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The mean correlation of the complex neuron with the labels, and the size of its step v.
 *
 * <h2>Source</h2>
 *
 * B20, Lemma 5 and the displays in the proof of Lemma 6.
 *
 * <h2>Statement</h2>
 *
 * {@code g(x) = Re(conj(a) phi((w + a v).x))} with {@code v = (n gamma^2)^(-1/2) sum_i y_i h_(m-1)(w.x_i) x_i} ({@link HarmonicSample}),
 * {@code V_ij = x_i.x_j}, {@code n gamma^(m-2) <= 1/2}:
 *
 * <pre>{@code
 * E y.g      = (n gamma^2)^(-1/2) y^T V^(om) y >= |y|^2 / (2 sqrt(n gamma^2)),        E |v|^2 = y^T V^(om) y / (n gamma^2)
 * E (v.x_j)^2 = (1/(n gamma^2)) sum_(i,i') y_i y_i' (x_i.x_i')^(m-1) (x_i.x_j)(x_i'.x_j)
 *            <= (1/(n gamma^2)) (sum_i y_i^2 (x_i.x_j)^2 + gamma^(m-1) sum_(i /= i') |y_i y_i' (x_i.x_j)(x_i'.x_j)|)
 *            <= y_j^2/(n gamma^2) + |y|^2/n + gamma^(m-2) |y|^2 <= 2.5   if also y_i^2 <= n gamma^2, |y|^2 <= n
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * One point, two and three points of the plane, two bases of the plane, orthonormal points in two and three dimensions; mutually unbiased bases of
 * {@code R^16} and {@code R^64}, 64 orthonormal points, eight points with all inner products 1/2. Labels: signs, ones, spikes of the largest size
 * allowed, the eigenvector of the smallest eigenvalue of {@code V^(om)}.
 *
 * <h2>How it is checked</h2>
 *
 * In up to three dimensions the left sides by quadrature: 2m phases, which are exact for degree m in a, and 8 Gauss-Hermite nodes in each variable,
 * exact for degree 15 in w ({@code 2(m-1) <= 14} occurs once the phases are summed). A term of the sum has the size of {@code E |y.g|}, taken along, and
 * {@code 40 m} roundings. In many dimensions the quadratic forms alone. {@code y.g} is never sampled: its terms in a of higher order, of mean 0, are
 * 1e3 to 1e7 times larger. {@code |v|^2} is, at m = 3, where {@code E |v|^4} is bounded for {@code |y_i| = 1}: for one basis
 * {@code |v|^2 = (n gamma^2)^(-1) sum_i h_2(G_i)^2} with independent normal {@code G_i} and {@code E h_2^4 = 15}, for two by Minkowski's inequality.
 *
 * <p>The memorizer's neuron keeps the best of 2m phases. As g is the same for a and {@code conj(a)}, and for (-w, a) and (w, -a) at odd m, that phase has mean 0 like
 * a uniform one; its real and imaginary parts are sampled.
 *
 * <h2>Falsifiers</h2>
 *
 * The power m - 1 for m, {@code n gamma} and {@code n gamma^(3/2)} for {@code n gamma^2}; 1 for 1/2; the double sum 1.1 times; another
 * {@code 1/(n gamma^2)} before the double sum, no {@code y_j^2} term, 0.9 for 2.5; labels of size {@code sqrt n}; the best
 * phase of half and of three quarters of the circle.
 */
class ComplexNeuronMomentClaims {
    private static final List<HarmonicSample.Family> SMALL =
            List.of(HarmonicSample.Family.values()).subList(0, HarmonicSample.Family.EQUIANGULAR.ordinal());
    private static final List<HarmonicSample.Family> LARGE = List.of(
            HarmonicSample.Family.EQUIANGULAR,
            HarmonicSample.Family.BASES_16,
            HarmonicSample.Family.ORTHONORMAL_64,
            HarmonicSample.Family.BASES_64);

    /** What labels and points are drawn from. */
    record Draw(HarmonicSample.Labels labels, long seed) {
        HarmonicSample sample(HarmonicSample.Family family) {
            return HarmonicSample.of(family, labels, seed);
        }
    }

    @Provide
    Arbitrary<Draw> draws() {
        return Combinators.combine(
                        Arbitraries.of(HarmonicSample.Labels.class),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Draw::new);
    }

    /** The power in the quadratic form, less m, and the power of gamma beside n. */
    private record Form(int shift, double power) {
        double value(HarmonicSample sample, double root) {
            return Math.pow(sample.n() * Math.pow(sample.gamma(), power), -root)
                    * sample.quadraticForm(sample.m() + shift);
        }
    }

    @Claim(
            id = "B20.lem5",
            statement =
                    "\\mathbb E[\\mathbf y \\cdot \\mathbf g] = \\frac{1}{\\sqrt{n\\gamma^2}}\\, \\mathbf y^\\top V^{\\circ m} \\mathbf y"
                            + " \\ge \\frac{1}{2\\sqrt{n\\gamma^2}} \\|\\mathbf y\\|^2, \\qquad"
                            + " \\mathbb E \\|v(w)\\|^2 = \\frac{1}{n\\gamma^2}\\, \\mathbf y^\\top V^{\\circ m} \\mathbf y",
            hypotheses =
                    "(14): $\\|x_i\\| = 1$, $|x_i \\cdot x_j| \\le \\gamma$; (19): $n \\gamma^{m-2} \\le 1/2$; $V_{ij} = x_i \\cdot x_j$; $w \\sim N(0, I)$, $a$ uniform on the circle")
    void theMeanCorrelationIsAHadamardPower(@ForAll("draws") Draw drawn, ClaimRun run) {
        run.covers("labels: " + drawn.labels);
        SMALL.forEach(family -> run.covers(family.label()));
        LARGE.forEach(family -> run.covers(family.label()));
        List<double[]> means = SMALL.stream()
                .map(family -> meanCorrelation(drawn.sample(family)))
                .toList();
        run.check("mean of y.g", new Form(0, 2), (form, lab) -> {
                    List<Decision> decisions = new ArrayList<>();
                    for (int k = 0; k < SMALL.size(); k++) {
                        HarmonicSample sample = drawn.sample(SMALL.get(k));
                        decisions.add(Comparison.equal(
                                means.get(k)[0],
                                form.value(sample, 0.5),
                                40 * sample.m() * 0x1p-53 * means.get(k)[1],
                                "40 m roundings of E |y.g|"));
                    }
                    return Decision.worst(decisions);
                })
                .falsifiedBy("V to the power m - 1", new Form(-1, 2))
                .falsifiedBy("n gamma for n gamma^2", new Form(0, 1));
        run.check("lower bound", 0.5, (constant, lab) -> {
                    List<Decision> decisions = new ArrayList<>();
                    for (HarmonicSample.Family family : HarmonicSample.Family.values()) {
                        for (HarmonicSample.Labels labels : HarmonicSample.Labels.values()) {
                            HarmonicSample sample = HarmonicSample.of(family, labels, drawn.seed);
                            decisions.add(Comparison.atLeast(
                                    sample.quadraticForm(sample.m()) / sample.squaredNorm(),
                                    constant,
                                    1e-12,
                                    "n^2 products: 128 2^-53 times y^T |V| y / |y|^2 <= 10"));
                        }
                    }
                    return Decision.worst(decisions);
                })
                .falsifiedBy("1 for 1/2", 1.0);
        for (HarmonicSample.Family family :
                List.of(HarmonicSample.Family.ORTHONORMAL_64, HarmonicSample.Family.BASES_16)) {
            boolean two = family == HarmonicSample.Family.BASES_16;
            HarmonicSample sample = HarmonicSample.of(family, HarmonicSample.Labels.ONES, drawn.seed)
                    .withDegree(3);
            double p = sample.d();
            double fourth = (p * p + 14 * p) / (sample.scale() * sample.scale()) * (two ? 16 : 1);
            run.check(
                            "mean of |v|^2, m = 3, " + family.label(),
                            new Form(0, 2),
                            (form, lab) -> lab.meanEquals(
                                    form.value(sample, 1),
                                    (two ? 0.3 : 0.15) * p / sample.scale(),
                                    new Assumption.SecondMoment(fourth),
                                    stream -> {
                                        double[] v = sample.velocity(stream.gaussians(sample.d()));
                                        return LinearAlgebra.dot(v, v);
                                    }))
                    .falsifiedBy("n gamma for n gamma^2", new Form(0, 1))
                    .falsifiedBy(
                            two ? "V to the power m - 1" : "n gamma^(3/2)", two ? new Form(-1, 2) : new Form(0, 1.5));
        }
        HarmonicSample odd = drawn.sample(HarmonicSample.Family.SPACE_ORTHONORMAL);
        bestPhase(run, "real part of the neuron's phase, m = 5", odd, 0, Complex::getReal);
        bestPhase(run, "imaginary part of the neuron's phase, m = 5", odd, 0.25, Complex::getImaginary)
                .falsifiedBy("from three quarters of the circle", new PhaseArc(0.25, 0.75));
    }

    private static Check<PhaseArc> bestPhase(
            ClaimRun run, String part, HarmonicSample sample, double middle, ToDoubleFunction<Complex> coordinate) {
        return run.check(
                        part,
                        PhaseArc.CIRCLE,
                        (arc, lab) -> lab.meanEquals(
                                0,
                                0.1,
                                new Assumption.Bounded(-1, 1),
                                stream -> coordinate.applyAsDouble(
                                        arc.draw(sample, stream).factor().conjugate())))
                .falsifiedBy("from half of the circle", new PhaseArc(middle, 0.5));
    }

    /** {@code E y.g} and {@code E |y.g|}, over w and 2m phases. */
    private static double[] meanCorrelation(HarmonicSample sample) {
        double[] sums = new double[2];
        int phases = 2 * sample.m();
        sums[0] = sample.expectation(8, w -> phaseMean(sample, w, phases, x -> x));
        sums[1] = sample.expectation(8, w -> phaseMean(sample, w, phases, Math::abs));
        return sums;
    }

    private static double phaseMean(HarmonicSample sample, double[] w, int phases, DoubleUnaryOperator f) {
        double[] scores = LinearAlgebra.product(sample.points(), w);
        double[] steps = LinearAlgebra.product(sample.points(), sample.velocity(w));
        double sum = 0;
        for (int k = 0; k < phases; k++) {
            sum += f.applyAsDouble(sample.correlation(scores, steps, 2 * Math.PI * k / phases)) / phases;
        }
        return sum;
    }

    /** {@code E (v.x_j)^2} by the double sum with the given Hadamard power. */
    private static double secondMoment(HarmonicSample sample, int j, DMatrixRMaj power) {
        double[] c = projections(sample, j);
        return LinearAlgebra.dot(c, LinearAlgebra.product(power, c)) / sample.scale();
    }

    /** {@code y_i x_i.x_j}. */
    private static double[] projections(HarmonicSample sample, int j) {
        double[] c = new double[sample.n()];
        for (int i = 0; i < c.length; i++) {
            c[i] = sample.y()[i]
                    * LinearAlgebra.dot(
                            sample.points().data, i * sample.d(), sample.points().data, j * sample.d(), sample.d());
        }
        return c;
    }

    /** The first display's bound, with a factor before the double sum. */
    private static double display(HarmonicSample sample, int j, double factor) {
        double squares = 0;
        double sum = 0;
        for (double c : projections(sample, j)) {
            squares += c * c;
            sum += Math.abs(c);
        }
        double gamma = Math.pow(sample.gamma(), sample.m() - 1);
        return (squares + factor * gamma * (sum * sum - squares)) / sample.scale();
    }

    /** The last bound, its first term times a factor. */
    private static double bound(HarmonicSample sample, int j, double first) {
        double square = sample.squaredNorm();
        double own = sample.y()[j] * sample.y()[j] / sample.scale();
        return first * own + square / sample.n() + Math.pow(sample.gamma(), sample.m() - 2) * square;
    }

    @Claim(
            id = "B20.lem6-v2",
            instances = 100,
            statement =
                    "\\mathbb E |v(w) \\cdot x_j|^2 = \\frac{1}{n\\gamma^2} \\sum_{i,i'} y_i y_{i'} (x_i \\cdot x_{i'})^{m-1} (x_i \\cdot x_j)(x_{i'} \\cdot x_j)"
                            + " \\le \\frac{y_j^2}{n\\gamma^2} + \\frac{\\|\\mathbf y\\|^2}{n} + \\gamma^{m-2} \\|\\mathbf y\\|^2 \\le \\frac52",
            hypotheses = "(14), (19), $y_i^2 \\le n \\gamma^2$ and $\\|\\mathbf y\\|^2 \\le n$")
    void theStepHasABoundedSecondMoment(@ForAll("draws") Draw drawn, ClaimRun run) {
        run.covers("labels: " + drawn.labels);
        run.note(
                "The display has a second factor 1/(n gamma^2) before the double sum, which the next line drops again; and |y|^2 <= n is used, which Lemma 6"
                        + " does not list.");
        HarmonicSample.Family small = SMALL.get((int) (drawn.seed % SMALL.size()));
        HarmonicSample.Family large = LARGE.get((int) (drawn.seed % LARGE.size()));
        run.covers(small.label()).covers(large.label());
        doubleSum(run, "double sum", drawn.sample(small));
        doubleSum(run, "double sum, two points", drawn.sample(HarmonicSample.Family.PAIR))
                .falsifiedBy("the power m", new Sum(0, 1))
                .falsifiedBy("the power m - 2", new Sum(-2, 1));

        HarmonicSample sample = drawn.sample(large);
        HarmonicSample equal = HarmonicSample.of(HarmonicSample.Family.EQUIANGULAR, HarmonicSample.Labels.ONES, 0);
        run.check(
                        "first display",
                        0.0,
                        (power, lab) -> Decision.worst(Stream.of(sample, equal)
                                .map(s -> atMost(s, j -> display(s, j, Math.pow(s.scale(), power))))
                                .toList()))
                .falsifiedBy("another 1/(n gamma^2)", -1.0)
                .falsifiedBy("another (n gamma^2)^(-1/2)", -0.5);
        HarmonicSample spike = spike(Math.sqrt(64) * 0.25);
        run.check(
                        "second bound",
                        1.0,
                        (first, lab) -> Decision.worst(Stream.of(sample, spike)
                                .map(s -> atMost(s, j -> bound(s, j, first)))
                                .toList()))
                .falsifiedBy("no y_j^2 term", 0.0)
                .falsifiedBy("0.9 of the y_j^2 term", 0.9);
        run.check(
                        "constant",
                        new Constant(2.5, spike),
                        (form, lab) -> Decision.worst(Stream.of(sample, form.sample)
                                .map(s -> atMost(s, j -> form.value))
                                .toList()))
                .falsifiedBy("0.9", new Constant(0.9, spike))
                .falsifiedBy("y_1^2 = n", new Constant(2.5, spike(8)));
    }

    private record Constant(double value, HarmonicSample sample) {}

    /** 64 orthonormal points, one label not 0. */
    private static HarmonicSample spike(double height) {
        double[] y = new double[64];
        y[0] = height;
        return HarmonicSample.of(HarmonicSample.Family.ORTHONORMAL_64, HarmonicSample.Labels.ONES, 0)
                .withLabels(y);
    }

    /** The power in the double sum, less m, and a factor. */
    private record Sum(int shift, double factor) {}

    private static Check<Sum> doubleSum(ClaimRun run, String part, HarmonicSample sample) {
        double observed = sample.expectation(8, w -> {
            double step = LinearAlgebra.product(sample.points(), sample.velocity(w))[0];
            return step * step;
        });
        return run.check(
                        part,
                        new Sum(-1, 1),
                        (form, lab) -> Comparison.equal(
                                observed,
                                form.factor * secondMoment(sample, 0, sample.hadamardPower(sample.m() + form.shift)),
                                1e-11,
                                "positive terms below 10 with 1e4 roundings"))
                .falsifiedBy("1.1 times", new Sum(-1, 1.1));
    }

    private static Decision atMost(HarmonicSample sample, IntToDoubleFunction bound) {
        double[] observed = new double[sample.n()];
        double[] allowed = new double[sample.n()];
        DMatrixRMaj power = sample.hadamardPower(sample.m() - 1);
        for (int j = 0; j < observed.length; j++) {
            observed[j] = secondMoment(sample, j, power);
            allowed[j] = bound.applyAsDouble(j);
        }
        return Comparison.atMost(observed, allowed, 1e-12, "n^2 products that sum to below 20: 400 2^-53");
    }
}
