package daniely2019;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.special.Beta;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.HermiteExpansion;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;

/**
 * The size of {@code Y(w, x_i)}, of its summands and of its averages over q neurons, at the sample points.
 *
 * <h2>Source</h2>
 *
 * D19, Lemmas 15 and 18 and their proofs, for ReLU.
 *
 * <h2>Statement</h2>
 *
 * For {@code Y(w, x) = sum_j (y_j / a') h_(c'-1)(<x_j, w>) <x_j, x> s'(<w, x>)}, uniform points on the sphere and independent labels,
 *
 * <pre>{@code
 * E_w Y(w, x)^2 = sum_jk y_j y_k <x_j, x> <x_k, x> <x_j, x_k>^(c'-1) / (2 a'^2),  on average (1 + (m-1)/d) / (2 a'^2) at x = x_i
 * |Y(w, x_i)| <= sqrt(m log^(c'+1)(m/delta) / d)            but for probability delta, for all i
 * |f_omega(x_i) - f(x_i)| <= sqrt(m log^(c'+2)(m/delta) / (d q))   for all i, but for probability delta
 * }</pre>
 *
 * A summand with {@code j != i} has mean 0, by its fair label, which needs no check, and second moment {@code O(1/d)} over {@code x_j} for fixed w of length {@code sqrt d}.
 *
 * <h2>Instances</h2>
 *
 * c' = 2 and 4 (8 where nothing heavy-tailed is averaged), {@code m = d^1.5}.
 *
 * <h2>How it is checked</h2>
 *
 * The first formula is exact for ReLU, as {@code h_n(u) h_n(v)} is even and w and -w are on either side of the kink. So
 * second moments over w need no drawing; their dependence on d is read from ladders d = 8, 16, 32 of drawn points. For a summand, {@code <x_j, w> = sqrt(d) s} with
 * density {@code (1 - s^2)^((d-3)/2)} and {@code E[<x_j, x>^2 | s] = a^2 s^2 + (1 - a^2)(1 - s^2)/(d-1)}, a the cosine of w and x: Simpson's rule on 4000
 * panels. Tails of {@code <x_j, w>} by incomplete beta functions.
 *
 * <h2>Falsifiers</h2>
 *
 * The orders without {@code 1/d} or with one more {@code 1/d} or {@code 1/sqrt d}, {@code O(1)} for {@code m/d}, no logarithms, a summand's two factors taken as independent, tails for w of length {@code sqrt d} held to
 * {@code 2 sqrt d}; {@code m^(1/2) d^(-5/4)} for the 0.9-quantile.
 */
class SummandClaims {
    private static final double[] SIZES = {8, 16, 32};
    private static final double[] SLOPES = HermiteExpansion.ofDerivative(DecentActivation.RELU, 8);

    private static int points(double d) {
        return (int) Math.round(Math.pow(d, 1.5));
    }

    private static double slopeCoefficient(int degree) {
        return SLOPES[degree - 1];
    }

    /** Points of the sphere and labels, by dimension. */
    private record Sample(DMatrixRMaj x, double[] y) {
        static Sample draw(int m, int d, RandomStream stream) {
            return new Sample(
                    PointLaw.SPHERE.rows(m, d, stream.part("points")),
                    stream.part("labels").signs(m));
        }

        /** The mean over i of {@code E_w Y(w, x_i)^2 2 a'^2}, exact for ReLU. */
        double secondMoment(int degree) {
            DMatrixRMaj gram = LinearAlgebra.gram(x);
            DMatrixRMaj square = LinearAlgebra.product(gram, gram);
            double sum = 0;
            for (int j = 0; j < y.length; j++) {
                for (int k = 0; k < y.length; k++) {
                    sum += y[j] * y[k] * square.get(j, k) * power(gram.get(j, k), degree - 1);
                }
            }
            return sum / y.length;
        }

        /** {@code Y(w_r, x_i)}: one row for each of the q weights. */
        double[][] summands(int q, int degree, RandomStream stream) {
            int d = x.numCols;
            double a = slopeCoefficient(degree);
            DMatrixRMaj w = PointLaw.GAUSSIAN.rows(q, d, stream.part("weights"));
            DMatrixRMaj z = LinearAlgebra.productTransB(w, x);
            DMatrixRMaj h = z.copy();
            for (int r = 0; r < q; r++) {
                for (int j = 0; j < y.length; j++) {
                    h.set(r, j, y[j] / a * HermitePolynomial.orthonormal(degree - 1, z.get(r, j)));
                }
            }
            DMatrixRMaj values = LinearAlgebra.productTransB(LinearAlgebra.product(h, x), x);
            double[][] result = new double[q][y.length];
            for (int r = 0; r < q; r++) {
                for (int i = 0; i < y.length; i++) {
                    result[r][i] = z.get(r, i) > 0 ? values.get(r, i) : 0;
                }
            }
            return result;
        }

        /** {@code f_omega(x_i) - f(x_i)}. */
        double[] errors(int q, int degree, RandomStream stream) {
            double[] errors = new double[y.length];
            for (double[] row : summands(q, degree, stream)) {
                for (int i = 0; i < errors.length; i++) {
                    errors[i] += row[i] / q;
                }
            }
            DMatrixRMaj gram = LinearAlgebra.gram(x);
            for (int i = 0; i < errors.length; i++) {
                for (int j = 0; j < errors.length; j++) {
                    errors[i] -= y[j] * power(gram.get(i, j), degree);
                }
            }
            return errors;
        }

        double meanSquare(int q, int degree, RandomStream stream) {
            double sum = 0;
            for (double e : errors(q, degree, stream)) {
                sum += e * e / y.length;
            }
            return sum;
        }
    }

    private static double power(double t, int n) {
        double result = 1;
        for (int k = 0; k < n; k++) {
            result *= t;
        }
        return result;
    }

    /** A scale by m and d. */
    private interface Scale {
        double of(double m, double d);
    }

    /** The degree of the powers and a cosine. */
    record Setting(int degree, double cosine) {}

    @Provide
    Arbitrary<Setting> settings() {
        return Combinators.combine(Arbitraries.of(2, 4), Arbitraries.of(0.1, 0.3, 0.9))
                .as(Setting::new);
    }

    @Claim(
            id = "D19.lem18-2nd",
            statement =
                    "\\mathbb E_w Y(w, x_i)^2 = O(m), \\qquad \\mathbb E_{S, w} Y(w, x_i)^2 = \\frac{1 + (m-1)/d}{2 a_{c'-1}'^2}",
            hypotheses = "ReLU; $m = d^{1.5}$ in the ladder")
    void theSecondMomentIsOfOrderMOverD(@ForAll("settings") Setting drawn, ClaimRun run) {
        int degree = drawn.degree;
        run.covers("c' = " + degree);
        run.check(
                        "order in d",
                        (Scale) (m, d) -> 1 + (m - 1) / d,
                        (scale, lab) -> Rate.perReplicate(0, 0.2, SIZES)
                                .decide(
                                        index -> ladder(
                                                lab.stream().trial(index),
                                                (sample, stream) -> sample.secondMoment(degree),
                                                scale),
                                        lab.terms()))
                .falsifiedBy("O(1)", (m, d) -> 1)
                .falsifiedBy("no less than m", (m, d) -> m);
        double a = slopeCoefficient(degree);
        run.check("one point", 2.0, (halves, lab) -> {
                    Sample one = new Sample(new DMatrixRMaj(new double[][] {{1}}), new double[] {1});
                    double integral = simpson(
                            z -> z <= 0
                                    ? 0
                                    : Math.pow(HermitePolynomial.orthonormal(degree - 1, z), 2)
                                            * Math.exp(-z * z / 2)
                                            / Math.sqrt(2 * Math.PI),
                            0,
                            12);
                    return Comparison.equal(
                            integral / (a * a),
                            one.secondMoment(degree) / (halves * a * a),
                            1e-8 / (a * a),
                            "Simpson's rule, panels of 0.003");
                })
                .falsifiedBy("both sides of the kink", 1.0);
    }

    /** A number drawn for a sample. */
    private interface Observable {
        double of(Sample sample, RandomStream stream);
    }

    private static double[] ladder(RandomStream stream, Observable observable, Scale scale) {
        double[] values = new double[SIZES.length];
        for (int k = 0; k < values.length; k++) {
            int d = (int) SIZES[k];
            RandomStream own = stream.part("d = " + d);
            values[k] = observable.of(Sample.draw(points(d), d, own), own) / scale.of(points(d), d);
        }
        return values;
    }

    @Claim(
            id = "D19.lem18",
            statement =
                    "\\forall i:\\; P_w\\Big(|Y(w, x_i)| > \\sqrt{m \\ln^{c'+1}(m/\\delta)/d}\\Big) \\le \\delta + 2^{-\\Omega(d)}"
                            + " \\quad\\text{with probability } 1 - \\delta \\text{ over } S",
            hypotheses =
                    "ReLU, $m = d^{1.5}$; constant 1 for $O(\\cdot)$; frequencies over 200 weights at $\\delta = 0.1$",
            instances = 3)
    void theTermsAreBoundedButForDelta(@ForAll("settings") Setting drawn, ClaimRun run) {
        int degree = drawn.degree;
        run.covers("c' = " + degree);
        run.note(
                "The proof's Markov step replaces delta by its square root; with delta^2 for delta in the union bound it gives the statement.");
        double delta = 0.1;
        int d = 16;
        int m = points(d);
        run.check(
                        "all points, d = 16",
                        (degree + 1) / 2.0,
                        (power, lab) -> lab.failsAtMost(delta, stream -> {
                            double bound = Math.sqrt(m / (double) d) * Math.pow(Math.log(m / delta), power);
                            int[] exceeding = new int[m];
                            for (double[] row : Sample.draw(m, d, stream).summands(200, degree, stream)) {
                                for (int i = 0; i < m; i++) {
                                    exceeding[i] += Math.abs(row[i]) > bound ? 1 : 0;
                                }
                            }
                            return Arrays.stream(exceeding).max().getAsInt() > 200 * delta;
                        }))
                .falsifiedBy("no logarithms", 0.0);
        run.check(
                        "order of the 0.9-quantile",
                        (Scale) (size, dim) -> Math.sqrt(size / dim),
                        (scale, lab) -> Rate.perReplicate(0, 0.2, SIZES)
                                .atMost()
                                .decide(
                                        index -> ladder(
                                                lab.stream().trial(index),
                                                (sample, stream) -> quantile(sample.summands(60, degree, stream), 0.9),
                                                scale),
                                        lab.terms()))
                .falsifiedBy("sqrt(m)/d", (size, dim) -> Math.sqrt(size) / dim)
                .falsifiedBy("m^(1/2) d^(-5/4)", (size, dim) -> Math.sqrt(size) * Math.pow(dim, -1.25));
    }

    private static double quantile(double[][] values, double level) {
        double[] all = Arrays.stream(values)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .sorted()
                .toArray();
        return all[(int) (level * all.length)];
    }

    @Claim(
            id = "D19.lem15",
            statement =
                    "P\\Big(\\max_i |f_\\omega(x_i) - f(x_i)| \\le \\sqrt{m \\ln^{c'+2}(m/\\delta)/(d q)}\\Big) \\ge 1 - \\delta - 2^{-\\Omega(d)}",
            hypotheses = "ReLU, $m = d^{1.5}$; constant 1 for $O(\\cdot)$",
            instances = 3)
    void theRandomClassifierIsUniformlyCloseAtThePoints(@ForAll("settings") Setting drawn, ClaimRun run) {
        int degree = drawn.degree;
        run.covers("c' = " + degree);
        run.note("Printed with 2^Omega(d) in the probability; Lemma 18 and the end of the proof have 2^-Omega(d).");
        int d = 16;
        int m = points(d);
        int q = 200;
        for (int power : new int[] {degree, 8}) {
            run.check(
                            power == 8 ? "largest error, c' = 8" : "largest error",
                            (power + 2) / 2.0,
                            (exponent, lab) -> lab.failsAtMost(0.1, stream -> {
                                double bound = Math.sqrt(m / (double) (d * q)) * Math.pow(Math.log(m / 0.1), exponent);
                                double largest = 0;
                                for (double e : Sample.draw(m, d, stream).errors(q, power, stream)) {
                                    largest = Math.max(largest, Math.abs(e));
                                }
                                return largest > bound;
                            }))
                    .falsifiedBy("no logarithms", 0.0);
        }
        run.check(
                        "order in d",
                        (Scale) (size, dim) -> 1 + (size - 1) / dim,
                        (scale, lab) -> Rate.perReplicate(0, 0.4, SIZES)
                                .decide(
                                        index -> ladder(
                                                lab.stream().trial(index),
                                                (sample, stream) -> sample.meanSquare(60, degree, stream),
                                                scale),
                                        lab.terms()))
                .falsifiedBy("m for m/d", (size, dim) -> size)
                .falsifiedBy("m/d^2", (size, dim) -> size / (dim * dim));
        double[] widths = {25, 100, 400};
        run.check(
                        "order in q, d = 8",
                        -1.0,
                        (exponent, lab) -> Rate.perReplicate(exponent, 0.3, widths)
                                .decide(
                                        index -> {
                                            double[] values = new double[widths.length];
                                            for (int k = 0; k < widths.length; k++) {
                                                RandomStream own = lab.stream()
                                                        .trial(index)
                                                        .part("q = " + widths[k]);
                                                values[k] = Sample.draw(points(8), 8, own)
                                                        .meanSquare((int) widths[k], 2, own);
                                            }
                                            return values;
                                        },
                                        lab.terms()))
                .falsifiedBy("1/sqrt(q)", -0.5)
                .falsifiedBy("1/q^(3/2)", -1.5);
    }

    @Claim(
            id = "D19.lem18-terms",
            statement = "j \\ne i:\\; \\mathbb E\\, T_j = 0,\\; \\mathbb E\\, T_j^2 = O(1/d),\\quad"
                    + " T_j = \\tfrac{y_j}{a'_{c'-1}} h_{c'-1}(\\langle x_j, w\\rangle) \\langle x_j, x_i\\rangle\\, \\sigma'(\\langle w, x_i\\rangle);\\quad"
                    + " P\\big(|\\langle x_j, w\\rangle| > \\sqrt{8 \\ln(2/\\delta)}\\big) \\le \\delta",
            hypotheses =
                    "ReLU, fixed $w$ and $x_i$ at an acute angle, $\\|w\\| = \\sqrt d$ for the second moment, $\\|w\\| \\le 2\\sqrt d$ for the tail;"
                            + " so $T_i$ is $(\\delta, O(\\log^{(c'-1)/2}(1/\\delta)))$-bounded and $T_j$ by $O(\\sqrt{\\log^{c'}(1/\\delta)/d})$ but for $2\\delta$")
    void theSummandsAreCentredAndSmall(@ForAll("settings") Setting drawn, ClaimRun run) {
        run.covers("cosine " + drawn.cosine);
        double[] sizes = {128, 512, 2048, 8192};
        for (int degree : new int[] {drawn.degree, 8}) {
            run.covers("c' = " + degree);
            double[] moments = Arrays.stream(sizes)
                    .map(d -> moment(degree, (int) d, drawn.cosine))
                    .toArray();
            run.check(
                            "second moment, c' = " + degree,
                            -1.0,
                            (exponent, lab) -> Rate.exact(exponent, 0.25, sizes, moments))
                    .falsifiedBy("1/d^2", -2.0)
                    .falsifiedBy("1/d^(3/2)", -1.5)
                    .falsifiedBy("1/sqrt(d)", -0.5);
            double[] logs = {30, 100, 300, 1000};
            double[] largest = Arrays.stream(logs)
                    .map(l -> Math.abs(HermitePolynomial.orthonormal(degree - 1, Math.sqrt(8 * l))))
                    .toArray();
            run.check(
                            "order of the polynomial in log(1/delta), c' = " + degree,
                            (degree - 1) / 2.0,
                            (exponent, lab) -> Rate.exact(exponent, 0.1, logs, largest))
                    .falsifiedBy("log^((c'-2)/2)", (degree - 2) / 2.0);
        }
        double square = drawn.cosine * drawn.cosine;
        double size = slopeCoefficient(2) * slopeCoefficient(2);
        run.check(
                        "second moment for c' = 2, d = 128",
                        3.0,
                        (fourth, lab) -> Comparison.equal(
                                moment(2, 128, drawn.cosine) * size * 130,
                                fourth * square + 1 - square,
                                1e-9,
                                "E z^4 = 3 d/(d+2), E z^2 = 1; Simpson's rule, panels of 0.006 to the fourth power"))
                .falsifiedBy("1 for E z^4: no dependence of the two factors", 1.0)
                .falsifiedBy("2 for 3", 2.0);
        int[] dimensions = {3, 8, 32, 128, 512};
        run.check("tail for |w| = 2 sqrt d", 8.0, (constant, lab) -> {
                    double[] tails = new double[dimensions.length * 4];
                    double[] deltas = new double[tails.length];
                    for (int k = 0; k < tails.length; k++) {
                        int d = dimensions[k / 4];
                        deltas[k] = Math.pow(10, -1 - 2 * (k % 4));
                        double s2 = constant * Math.log(2 / deltas[k]) / (4.0 * d);
                        tails[k] = s2 >= 1 ? 0 : Beta.regularizedBeta(1 - s2, (d - 1) / 2.0, 0.5, 1e-14, 100_000);
                    }
                    return Comparison.atMost(tails, deltas, 1e-13, "incomplete beta functions to 1e-14");
                })
                .falsifiedBy("|w| = sqrt d", 2.0)
                .falsifiedBy("3 log(2/delta)", 3.0);
    }

    /** {@code E T_j^2} for {@code |w| = sqrt d} and {@code s' = 1}. */
    private static double moment(int degree, int d, double cosine) {
        double end = Math.min(Math.sqrt(d), 12);
        double a = slopeCoefficient(degree);
        double mass = simpson(z -> density(z, d), -end, end);
        double sum = simpson(
                z -> {
                    double s = z / Math.sqrt(d);
                    double h = HermitePolynomial.orthonormal(degree - 1, z) / a;
                    double inner = h * h * (cosine * cosine * s * s + (1 - cosine * cosine) * (1 - s * s) / (d - 1));
                    return inner * density(z, d);
                },
                -end,
                end);
        return sum / mass;
    }

    private static double density(double z, int d) {
        return Math.pow(Math.max(0, 1 - z * z / d), (d - 3) / 2.0);
    }

    private static double simpson(DoubleUnaryOperator f, double from, double to) {
        int panels = 4000;
        double h = (to - from) / panels;
        double sum = f.applyAsDouble(from) + f.applyAsDouble(to);
        for (int i = 1; i < panels; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * f.applyAsDouble(from + i * h);
        }
        return sum * h / 3;
    }
}
