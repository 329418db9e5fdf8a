package bubeck2020;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.fraction.BigFraction;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.memorizer.RidgeDecomposition;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The real part of a complex polynomial is a sum of m + 1 real ridge polynomials.
 *
 * <h2>Source</h2>
 *
 * B20, Lemma 9, Corollary 1.
 *
 * <h2>Statement</h2>
 *
 * With the Lagrange polynomials {@code l_j} of the nodes 0, ..., m and {@code phi = H_m / sqrt(m)}:
 *
 * <pre>{@code
 * Re(z (x + i y)^m) = sum_(j = 0..m) a_j (x + j y)^m,   a_j = Re(z l_j(i)), and only these
 * Re(z phi(s + i t)) = sum_j p_(z,j)(s + j t),   p_(z,j) = Re(z l_j(i)) phi, of degree at most m and linear in (Re z, Im z)
 * }</pre>
 *
 * because {@code p(s + tau t)} has degree at most m in tau: its value at {@code tau = i} is interpolated from those at {@code tau = 0, ..., m}. The powers are
 * independent ({@link RidgeBasisClaims}), so that no other coefficients do.
 *
 * <h2>Instances</h2>
 *
 * m = 1, ..., 12, z rational on the circle (1, i and their negatives among them), real arguments.
 *
 * <h2>How it is checked</h2>
 *
 * Coefficients of {@code x^(m-k) y^k} exactly, in rationals. The project's coefficients against the exact ones: each passes through at most {@code 10 m}
 * roundings of {@code |l_j(i)|}. Values by the project's coefficients, over the sum of the moduli of all terms; each passes through at most {@code 12 m}
 * roundings ({@link HermiteSize} for phi), and {@code 40 m 2^-53} is allowed.
 *
 * <h2>Falsifiers</h2>
 *
 * Nodes 1 to m, nodes 0 to m - 1, nodes 1 to m + 1 against ridges 0 to m; -i for i; the conjugate of z; the order
 * of the coefficients reversed; {@code 1.5^2} and
 * {@code 1.5^0.75} for 1.5 in the linear rule.
 */
class RidgeDecompositionClaims {
    /** The degree, {@code z = (q + i p)^2 / (p^2 + q^2)}, and the arguments. */
    record Ridge(int m, int p, int q, double s, double t) {
        GaussianRational exact() {
            BigFraction square = new BigFraction(1, p * p + q * q);
            return GaussianRational.of(q, p).power(2).times(square);
        }

        Complex z() {
            return new Complex(exact().re().doubleValue(), exact().im().doubleValue());
        }
    }

    @Provide
    Arbitrary<Ridge> ridges() {
        Arbitrary<Double> parts = Arbitraries.integers().between(-30, 30).map(i -> i / 10.0);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(-3, 3),
                        Arbitraries.integers().between(0, 3),
                        parts,
                        parts)
                .as((m, p, q, s, t) -> new Ridge(m, p, p == 0 && q == 0 ? 1 : q, s, t));
    }

    private static void cover(Ridge ridge, ClaimRun run) {
        run.covers(ridge.m == 1 ? "m = 1" : ridge.m == 12 ? "m = 12" : "1 < m < 12");
        run.covers(
                ridge.p == 0
                        ? "z = 1"
                        : ridge.q == 0 ? "z = -1" : Math.abs(ridge.p) == ridge.q ? "z = +-i" : "z not on an axis");
        if (ridge.s == 0 && ridge.t == 0) {
            run.covers("s = t = 0");
        }
    }

    /** The Lagrange polynomials of the nodes first, ..., last at {@code point}. */
    private static List<GaussianRational> lagrange(int first, int last, GaussianRational point) {
        List<GaussianRational> values = new ArrayList<>();
        for (int j = first; j <= last; j++) {
            GaussianRational product = GaussianRational.ONE;
            for (int l = first; l <= last; l++) {
                if (l != j) {
                    product = product.times(point.plus(GaussianRational.of(-l, 0)))
                            .times(new BigFraction(1, j - l));
                }
            }
            values.add(product);
        }
        return values;
    }

    /** Nodes 0 + first, ..., m + last; whether l_j is taken at i; by how much the ridges' index differs from the node. */
    private record Nodes(int first, int last, boolean atI, int shift) {}

    /** Coefficients from m and z. */
    private interface Coefficients {
        double[] of(int m, Complex z);
    }

    @Claim(
            id = "B20.lem9",
            statement = "\\operatorname{Re}\\bigl(z (x + \\mathrm iy)^m\\bigr) = \\sum_{j=0}^m a_j (x + jy)^m",
            hypotheses =
                    "$|z| = 1$; $a_j = \\operatorname{Re}(z\\, l_j(\\mathrm i))$, $l_j$ of the nodes $0, \\dots, m$")
    void realPartsOfComplexPowersAreSumsOfRidgePowers(@ForAll("ridges") Ridge drawn, ClaimRun run) {
        cover(drawn, run);
        run.check("coefficients, exact", new Nodes(0, 0, true, 0), (nodes, lab) -> exactCoefficients(drawn, nodes))
                .falsifiedBy("nodes 1 to m", new Nodes(1, 0, true, 0))
                .falsifiedBy("nodes 0 to m - 1", new Nodes(0, -1, true, 0))
                .falsifiedBy("-i for i", new Nodes(0, 0, false, 0))
                .falsifiedBy("nodes 1 to m + 1 with ridges 0 to m", new Nodes(1, 1, true, -1));
        Coefficients ours = RidgeDecomposition::coefficients;
        run.check("a_j in doubles", ours, (coefficients, lab) -> {
                    List<GaussianRational> lagrange = lagrange(0, drawn.m, GaussianRational.I);
                    double[] observed = coefficients.of(drawn.m, drawn.z());
                    double[] claimed = new double[observed.length];
                    for (int j = 0; j <= drawn.m; j++) {
                        GaussianRational l = lagrange.get(j);
                        double size = Math.hypot(l.re().doubleValue(), l.im().doubleValue());
                        observed[j] /= size;
                        claimed[j] = drawn.exact().times(l).re().doubleValue() / size;
                    }
                    return Comparison.equal(observed, claimed, 20 * drawn.m * 0x1p-53, "20 m 2^-53 of |l_j(i)|");
                })
                .falsifiedBy("the conjugate of z", (m, z) -> ours.of(m, z.conjugate()))
                .falsifiedBy("j and m - j exchanged", RidgeDecompositionClaims::reversed);
        run.check("values", ours, (coefficients, lab) -> {
                    double[] a = coefficients.of(drawn.m, drawn.z());
                    double sum = 0;
                    double size = Double.MIN_NORMAL;
                    for (int j = 0; j <= drawn.m; j++) {
                        sum += a[j] * power(drawn.s + j * drawn.t, drawn.m);
                        size += Math.abs(a[j]) * power(Math.abs(drawn.s) + j * Math.abs(drawn.t), drawn.m);
                    }
                    Complex value = drawn.z();
                    for (int i = 0; i < drawn.m; i++) {
                        value = value.multiply(new Complex(drawn.s, drawn.t));
                    }
                    return Comparison.equal(
                            sum / size, value.getReal() / size, 40 * drawn.m * 0x1p-53, "40 m 2^-53 of the terms");
                })
                .falsifiedBy("the conjugate of z", (m, z) -> ours.of(m, z.conjugate()))
                .falsifiedBy("j and m - j exchanged", RidgeDecompositionClaims::reversed);
    }

    private static double[] reversed(int m, Complex z) {
        double[] a = RidgeDecomposition.coefficients(m, z);
        double[] reversed = new double[m + 1];
        for (int j = 0; j <= m; j++) {
            reversed[j] = a[m - j];
        }
        return reversed;
    }

    private static double power(double x, int m) {
        double power = 1;
        for (int i = 0; i < m; i++) {
            power *= x;
        }
        return power;
    }

    /** {@code sum_j a_j j^k - Re(z i^k)}, k = 0, ..., m. */
    private static Decision exactCoefficients(Ridge ridge, Nodes nodes) {
        GaussianRational z = ridge.exact();
        List<GaussianRational> lagrange = lagrange(
                nodes.first, ridge.m + nodes.last, nodes.atI ? GaussianRational.I : GaussianRational.I.conjugate());
        double[] gaps = new double[ridge.m + 1];
        for (int k = 0; k <= ridge.m; k++) {
            BigFraction gap = z.times(GaussianRational.I.power(k)).re().negate();
            for (int index = 0; index < lagrange.size(); index++) {
                int j = nodes.first + index + nodes.shift;
                gap = gap.add(z.times(lagrange.get(index))
                        .re()
                        .multiply(BigInteger.valueOf(j).pow(k)));
            }
            gaps[k] = gap.doubleValue();
        }
        return Comparison.equal(gaps, new double[gaps.length], 0, "rationals");
    }

    @Claim(
            id = "B20.cor1",
            statement =
                    "\\operatorname{Re}\\bigl(z\\, \\varphi(w \\cdot x + \\mathrm iw' \\cdot x)\\bigr) = \\sum_{j=0}^m p_{z,j}\\bigl((w + jw') \\cdot x\\bigr)",
            hypotheses =
                    "$p_{z,j} = \\operatorname{Re}(z\\, l_j(\\mathrm i))\\, \\varphi$, of degree at most $m$, linear in $(\\operatorname{Re} z, \\operatorname{Im} z)$; $s = w \\cdot x$, $t = w' \\cdot x$")
    void complexHermiteNeuronsAreSumsOfRidgePolynomials(@ForAll("ridges") Ridge drawn, ClaimRun run) {
        cover(drawn, run);
        run.note("A ridge polynomial may vanish: p_(z,0) = 0 for m = 3 and z = 1.");
        Coefficients ours = RidgeDecomposition::coefficients;
        run.check("values", ours, (coefficients, lab) -> hermite(drawn, coefficients))
                .falsifiedBy("the conjugate of z", (m, z) -> ours.of(m, z.conjugate()))
                .falsifiedBy("nodes 0 to m - 1", (m, z) -> ours.of(Math.max(m - 1, 1), z));
        run.check(
                        "values, m = 5",
                        ours,
                        (coefficients, lab) -> hermite(new Ridge(5, drawn.p, drawn.q, 0.7, -0.9), coefficients))
                .falsifiedBy("nodes 0 to m - 1", (m, z) -> ours.of(m - 1, z))
                .falsifiedBy("j and m - j exchanged", RidgeDecompositionClaims::reversed);
        run.check("linear in z", 1.0, (power, lab) -> {
                    double[] observed = ours.of(drawn.m, drawn.z().add(new Complex(1.5)));
                    double[] at = ours.of(drawn.m, drawn.z());
                    double[] one = ours.of(drawn.m, Complex.ONE);
                    double size = 0;
                    for (Complex l : RidgeDecomposition.lagrangeAtI(drawn.m)) {
                        size += l.abs();
                    }
                    double[] claimed = new double[observed.length];
                    for (int j = 0; j < observed.length; j++) {
                        observed[j] /= size;
                        claimed[j] = (at[j] + Math.pow(1.5, power) * one[j]) / size;
                    }
                    return Comparison.equal(observed, claimed, 40 * 0x1p-53, "40 roundings of 2.5 sum |l_j(i)|");
                })
                .falsifiedBy("1.5^2 p_(1,j)", 2.0)
                .falsifiedBy("1.5^0.75 p_(1,j)", 0.75);
    }

    private static Decision hermite(Ridge ridge, Coefficients coefficients) {
        double[] a = coefficients.of(ridge.m, ridge.z());
        double sum = 0;
        double size = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * HermitePolynomial.orthonormal(ridge.m, ridge.s + j * ridge.t) / Math.sqrt(ridge.m);
            size += Math.abs(a[j]) * HermiteSize.at(ridge.m, Math.abs(ridge.s) + j * Math.abs(ridge.t));
        }
        Complex phi = HermitePolynomial.orthonormal(ridge.m, new Complex(ridge.s, ridge.t))
                .divide(Math.sqrt(ridge.m));
        size += HermiteSize.at(ridge.m, Math.abs(ridge.s) + Math.abs(ridge.t));
        return Comparison.equal(
                sum / size,
                ridge.z().multiply(phi).getReal() / size,
                40 * ridge.m * 0x1p-53,
                "40 m 2^-53 of the terms");
    }
}
