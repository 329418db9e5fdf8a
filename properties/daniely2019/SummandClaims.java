package daniely2019;

import daniely2019.SphereSample.Scale;
import daniely2019.SphereSample.Setting;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.special.Beta;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;

/**
 * The second moments of {@code Y(w, x_i)} and of its summands.
 *
 * <h2>Source</h2>
 *
 * D19, Lemma 18 and its proof, for ReLU.
 *
 * <h2>Statement</h2>
 *
 * For {@code Y(w, x) = sum_j (y_j / a') h_(c'-1)(<x_j, w>) <x_j, x> s'(<w, x>)}, uniform points on the sphere and independent labels,
 *
 * <pre>{@code
 * E_w Y(w, x)^2 = sum_jk y_j y_k <x_j, x> <x_k, x> <x_j, x_k>^(c'-1) / (2 a'^2),  on average (1 + (m-1)/d) / (2 a'^2) at x = x_i
 * }</pre>
 *
 * A summand with {@code j != i} has mean 0, by its fair label, which needs no check, and second moment {@code O(1/d)} over {@code x_j} for fixed w of length {@code sqrt d}.
 *
 * <h2>Instances</h2>
 *
 * c' = 2 and 4, for summands also 8; {@code m = d^1.5}.
 *
 * <h2>How it is checked</h2>
 *
 * The formula is exact for ReLU, as {@code h_n(u) h_n(v)} is even and w and -w are on either side of the kink. So
 * second moments over w need no drawing; their dependence on d is read from ladders d = 8, 16, 32 of drawn points. For a summand, {@code <x_j, w> = sqrt(d) s} with
 * density {@code (1 - s^2)^((d-3)/2)} and {@code E[<x_j, x>^2 | s] = a^2 s^2 + (1 - a^2)(1 - s^2)/(d-1)}, a the cosine of w and x: Simpson's rule on 4000
 * panels. Tails of {@code <x_j, w>} by incomplete beta functions.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code O(1)} and m for {@code m/d}; both sides of the kink; exponents of d off by 1/2 or 1; one logarithm less; a summand's two factors taken as independent;
 * tails for w of length {@code sqrt d} held to {@code 2 sqrt d}.
 */
class SummandClaims {
    @Provide
    Arbitrary<Setting> settings() {
        return Setting.any();
    }

    @Claim(
            id = "D19.lem18-2nd",
            statement =
                    "\\mathbb E_w Y(w, x_i)^2 = O(m), \\qquad \\mathbb E_{S, w} Y(w, x_i)^2 = \\frac{1 + (m-1)/d}{2 a_{c'-1}'^2}",
            hypotheses = "ReLU; $m = d^{1.5}$ in the ladder")
    void theSecondMomentIsOfOrderMOverD(@ForAll("settings") Setting drawn, ClaimRun run) {
        int degree = drawn.degree();
        run.covers("c' = " + degree);
        run.check(
                        "order in d",
                        (Scale) (m, d) -> 1 + (m - 1) / d,
                        (scale, lab) -> Rate.perReplicate(0, 0.2, SphereSample.SIZES)
                                .decide(
                                        index -> SphereSample.ladder(
                                                lab.stream().trial(index),
                                                (sample, stream) -> sample.secondMoment(degree),
                                                scale),
                                        lab.terms()))
                .falsifiedBy("O(1)", (m, d) -> 1)
                .falsifiedBy("no less than m", (m, d) -> m);
        double a = SphereSample.slopeCoefficient(degree);
        run.check("one point", 2.0, (halves, lab) -> {
                    SphereSample one = new SphereSample(new DMatrixRMaj(new double[][] {{1}}), new double[] {1});
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

    @Claim(
            id = "D19.lem18-terms",
            statement = "j \\ne i:\\; \\mathbb E\\, T_j = 0,\\; \\mathbb E\\, T_j^2 = O(1/d),\\quad"
                    + " T_j = \\tfrac{y_j}{a'_{c'-1}} h_{c'-1}(\\langle x_j, w\\rangle) \\langle x_j, x_i\\rangle\\, \\sigma'(\\langle w, x_i\\rangle);\\quad"
                    + " P\\big(|\\langle x_j, w\\rangle| > \\sqrt{8 \\ln(2/\\delta)}\\big) \\le \\delta",
            hypotheses =
                    "ReLU, fixed $w$ and $x_i$ at an acute angle, $\\|w\\| = \\sqrt d$ for the second moment, $\\|w\\| \\le 2\\sqrt d$ for the tail;"
                            + " so $T_i$ is $(\\delta, O(\\log^{(c'-1)/2}(1/\\delta)))$-bounded and $T_j$ by $O(\\sqrt{\\log^{c'}(1/\\delta)/d})$ but for $2\\delta$")
    void theSummandsAreCentredAndSmall(@ForAll("settings") Setting drawn, ClaimRun run) {
        run.covers("cosine " + drawn.cosine());
        double[] sizes = {128, 512, 2048, 8192};
        for (int degree : new int[] {drawn.degree(), 8}) {
            run.covers("c' = " + degree);
            double[] moments = Arrays.stream(sizes)
                    .map(d -> moment(degree, (int) d, drawn.cosine()))
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
        double square = drawn.cosine() * drawn.cosine();
        double size = SphereSample.slopeCoefficient(2) * SphereSample.slopeCoefficient(2);
        run.check(
                        "second moment for c' = 2, d = 128",
                        3.0,
                        (fourth, lab) -> Comparison.equal(
                                moment(2, 128, drawn.cosine()) * size * 130,
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
        double a = SphereSample.slopeCoefficient(degree);
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
