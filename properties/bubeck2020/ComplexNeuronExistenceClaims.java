package bubeck2020;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * A complex neuron that is correlated with the labels and has small weights.
 *
 * <h2>Source</h2>
 *
 * B20, Lemma 4 with (20), (21), and the tail (23) of Lemma 6.
 *
 * <h2>Statement</h2>
 *
 * {@code w ~ N(0, I)}, {@code v(w)} as in {@link HarmonicSample}, a on the circle, {@code wt + i wt' = w + a v(w)}, {@code z = conj(a)},
 * {@code g(x) = Re(z phi((wt + i wt').x))}:
 *
 * <pre>{@code
 * P(|(w + a v).x_i| > s) <= exp(-s^(2/m) / C_m),  s > s_0                                                           (23), as meant
 * some w, a:   y.g >= |y|^2 / (2 C_m sqrt(n gamma^2)),  |wt.x_i|, |wt'.x_i| <= (4 C_m log n)^(m/2),  |wt|^2, |wt'|^2 <= d (4 C_m log n)^m
 * }</pre>
 *
 * <p>The first is tested with {@code C_m = 1}, s = 4, 8, the second with {@code C_m = 2}, that is with 1/4.
 *
 * <h2>Instances</h2>
 *
 * Two unbiased bases of {@code R^16} (m = 5) and {@code R^64}, 64 orthonormal points (m = 6), eight equiangular points; signs, ones, spikes of the
 * largest size allowed, the eigenvector of the smallest eigenvalue.
 *
 * <h2>How it is checked</h2>
 *
 * The tail by drawing. Existence by drawing w and taking the best of 2m equispaced phases until the bounds hold, at most 60 times; for the
 * bases of {@code R^16} with random signs one draw fails with probability below 0.3, decided from samples as well (about 0.04; eight equiangular points 0.3).
 *
 * <h2>Falsifiers</h2>
 *
 * Tails {@code exp(-s)} and {@code exp(-s^2/2)}. A point twice, or with its antipode at even m, with opposite labels: {@code y.g = 0} for every neuron, and
 * only {@code |x_i.x_j| <= gamma} is broken. For one draw 5 in place of 1/4, and the bound {@code (log n)^(1/2)} on the weights.
 */
class ComplexNeuronExistenceClaims {

    /** Points, labels and seed. */
    record Draw(HarmonicSample.Family family, HarmonicSample.Labels labels, long seed) {
        HarmonicSample sample() {
            return HarmonicSample.of(family, labels, seed);
        }
    }

    @Provide
    Arbitrary<Draw> large() {
        return Combinators.combine(
                        Arbitraries.of(
                                HarmonicSample.Family.EQUIANGULAR,
                                HarmonicSample.Family.BASES_16,
                                HarmonicSample.Family.ORTHONORMAL_64,
                                HarmonicSample.Family.BASES_64),
                        Arbitraries.of(HarmonicSample.Labels.class),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Draw::new);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, 1_000_000);
    }

    @Claim(
            id = "B20.lem6-tail",
            statement =
                    "P\\big(|(w + a\\, v(w)) \\cdot x_i| > s\\big) \\le \\exp\\big(-s^{2/m} / C_m\\big), \\qquad s > s_0,\\; i \\in [n]",
            hypotheses =
                    "(14), (19), $y_i^2 \\le n\\gamma^2$; the modulus bounds real and imaginary part; tested with $C_m = 1$, $s = 4, 8$, $m = 5$")
    void weightsHaveStretchedExponentialTails(@ForAll("seeds") long seed, ClaimRun run) {
        run.covers("a point of either basis");
        run.note(
                "(23) has exp(+s^(-2/m) / C_m) on its right side, which exceeds 1; its proof and its use in Lemma 4 have exp(-s^(2/m) / C_m), which is tested."
                        + " It also writes w + v(w), whose imaginary part is 0, for w + a v(w).");
        HarmonicSample sample = HarmonicSample.of(HarmonicSample.Family.BASES_16, HarmonicSample.Labels.SIGNS, seed);
        for (int i : new int[] {0, 31}) {
            tail(run, sample, i, 4, "exp(-s^2/2)", s -> s * s / 2);
            tail(run, sample, i, 8, "exp(-s)", s -> s);
        }
    }

    private static void tail(
            ClaimRun run, HarmonicSample sample, int i, double s, String wrong, DoubleUnaryOperator wrongRate) {
        DoubleUnaryOperator rate = t -> Math.pow(t, 2.0 / sample.m());
        run.check(
                        "x_" + (i + 1) + ", s = " + (int) s,
                        rate,
                        (DoubleUnaryOperator form, Lab lab) -> lab.failsAtMost(
                                Math.exp(-form.applyAsDouble(s)), stream -> modulus(sample, i, stream) > s))
                .falsifiedBy(wrong, wrongRate);
    }

    /** {@code |(w + a v).x_i|}. */
    private static double modulus(HarmonicSample sample, int i, RandomStream stream) {
        double[] w = stream.gaussians(sample.d());
        double angle = stream.uniform(0, 2 * Math.PI);
        int d = sample.d();
        double s = LinearAlgebra.dot(sample.points().data, i * d, w, 0, d);
        double t = LinearAlgebra.dot(sample.points().data, i * d, sample.velocity(w), 0, d);
        return Math.hypot(s + Math.cos(angle) * t, Math.sin(angle) * t);
    }

    /** What one draw of w gives with its best phase, each number relative to its bound. */
    private record Neuron(double correlation, double scores, double norms) {
        static Neuron draw(HarmonicSample sample, DoubleUnaryOperator bound, RandomStream stream) {
            double[] w = stream.gaussians(sample.d());
            double[] v = sample.velocity(w);
            double[] s = LinearAlgebra.product(sample.points(), w);
            double[] t = LinearAlgebra.product(sample.points(), v);
            double offset = stream.uniform(0, 2 * Math.PI);
            int phases = 2 * sample.m();
            double best = Double.NEGATIVE_INFINITY;
            double angle = 0;
            for (int k = 0; k < phases; k++) {
                double candidate = offset + 2 * Math.PI * k / phases;
                double value = sample.correlation(s, t, candidate);
                if (value > best) {
                    best = value;
                    angle = candidate;
                }
            }
            double largest = bound.applyAsDouble(Math.log(sample.n()));
            return new Neuron(
                    best * Math.sqrt(sample.scale()) / sample.squaredNorm(),
                    Math.max(largest(s, t, Math.cos(angle)), largest(new double[s.length], t, Math.sin(angle)))
                            / largest,
                    Math.max(norm(w, v, Math.cos(angle)), norm(new double[w.length], v, Math.sin(angle)))
                            / (Math.sqrt(sample.d()) * largest));
        }

        private static double largest(double[] s, double[] t, double factor) {
            double max = 0;
            for (int i = 0; i < s.length; i++) {
                max = Math.max(max, Math.abs(s[i] + factor * t[i]));
            }
            return max;
        }

        private static double norm(double[] w, double[] v, double factor) {
            double[] sum = w.clone();
            for (int k = 0; k < sum.length; k++) {
                sum[k] += factor * v[k];
            }
            return LinearAlgebra.norm(sum);
        }

        boolean reaches(double constant) {
            return correlation >= constant && scores <= 1 && norms <= 1;
        }

        Decision against(double constant) {
            String plain = "none: the draw that counts is far from its bounds or is not taken";
            return Decision.worst(List.of(
                    Comparison.atLeast(correlation, constant, 0, plain),
                    Comparison.atMost(new double[] {scores, norms}, 1, 0, plain)));
        }
    }

    /** The constant of the correlation and the bound on the weights as a function of log n. */
    private record Form(double constant, DoubleUnaryOperator bound) {}

    @Claim(
            id = "B20.lem4",
            statement =
                    "\\exists\\, \\tilde w, \\tilde w', |z| = 1: \\quad \\mathbf y \\cdot \\mathbf g \\ge \\frac{1}{2 C_m \\sqrt{n\\gamma^2}} \\|\\mathbf y\\|^2,"
                            + " \\quad \\|\\tilde w\\|^2, \\|\\tilde w'\\|^2 \\le d\\, (4 C_m \\log n)^m, \\quad"
                            + " |\\tilde w \\cdot x_i|, |\\tilde w' \\cdot x_i| \\le (4 C_m \\log n)^{m/2}",
            hypotheses =
                    "(14), $n\\gamma^{m-2} \\le 1/2$, $y_i^2 \\le n\\gamma^2$; $g(x) = \\mathrm{Re}(z\\, \\varphi((\\tilde w + \\mathbf i \\tilde w') \\cdot x))$; tested with"
                            + " $C_m = 2$; $n \\ge 2$, $\\mathbf y \\ne 0$",
            instances = 20)
    void someComplexNeuronIsCorrelatedWithTheLabels(@ForAll("large") Draw drawn, ClaimRun run) {
        run.covers(drawn.family.label()).covers("labels: " + drawn.labels);
        run.note(
                "The proof of Lemma 4 takes the real and imaginary part of w + v(w), where w + a v(w) is meant; its last inequality needs |y| not too small,"
                        + " which a rescaling of y gives; and the bound on the norms follows from E |v|^2 without an orthonormal basis among the points.");
        HarmonicSample sample = drawn.sample();
        int m = sample.m();
        DoubleUnaryOperator bound = log -> Math.pow(8 * log, m / 2.0);
        run.check("some draw", sample, (points, lab) -> {
                    Neuron neuron = Neuron.draw(points, bound, lab.stream().trial(0));
                    for (int k = 1; k < 60 && !neuron.reaches(0.25); k++) {
                        neuron = Neuron.draw(points, bound, lab.stream().trial(k));
                    }
                    return neuron.against(0.25);
                })
                .falsifiedBy("a point twice with opposite labels", pair(1))
                .falsifiedBy("antipodes with opposite labels, m even", pair(-1));
        HarmonicSample bases =
                HarmonicSample.of(HarmonicSample.Family.BASES_16, HarmonicSample.Labels.SIGNS, drawn.seed);
        run.check(
                        "one draw, bases of R^16",
                        new Form(0.25, log -> Math.pow(8 * log, bases.m() / 2.0)),
                        (form, lab) -> lab.failsAtMost(
                                0.15,
                                0.3,
                                stream ->
                                        !Neuron.draw(bases, form.bound, stream).reaches(form.constant)))
                .falsifiedBy("5 in place of 1/4", new Form(5, log -> Math.pow(8 * log, bases.m() / 2.0)))
                .falsifiedBy("(log n)^(1/2)", new Form(0.25, Math::sqrt));
    }

    /** A point, and the same times a sign, with labels 1 and -1. */
    private static HarmonicSample pair(int sign) {
        DMatrixRMaj points = new DMatrixRMaj(2, 2, true, 1, 0, sign, 0);
        return new HarmonicSample("pair", points, new double[] {1, -1}, 0.75, 8);
    }
}
