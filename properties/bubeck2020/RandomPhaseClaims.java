package bubeck2020;

import instances.PointSet;
import instances.PointSets;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.complex.Complex;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.ComplexNeuron;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * A random sign removes the even orders of a Taylor series, a random phase all orders but the first.
 *
 * <h2>Source</h2>
 *
 * B20, section 5.2, and the proof of Lemma 5.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * a = +-1:            E a^-1 a^m = 0 for even m, 1 for odd m
 * a on the circle:    E a^-1 a^m = 0 for m != 1, 1 for m = 1
 *                     E a^-1 phi(s + a t) = phi'(s) t,   E_a y . g = sum_i y_i phi'(w . x_i) v . x_i = sqrt(n gamma^2) |v|^2
 * }</pre>
 *
 * for {@code phi = H_m / sqrt(m)}, {@code g(x) = Re(a^-1 phi((w + a v) . x))}, {@code v = (n gamma^2)^-1/2 sum_i y_i phi'(w . x_i) x_i}. The mean over q
 * equispaced phases, {@code q >= 2}, is the same for degrees up to q; degree q + 1 is the first that aliases. The memorizer takes the best of 2m equispaced ones.
 *
 * <h2>Instances</h2>
 *
 * Degrees to 12, real s and t with t = 0; points of any geometry, labels and w drawn.
 *
 * <h2>How it is checked</h2>
 *
 * Signs exactly. Phases by q equispaced ones at a drawn offset: {@code 4 m 2^-53} for a power. Values of phi are exact to {@code 10 m 2^-53} of the sum of the
 * moduli of the terms at {@code |s| + |t|} ({@link HermiteSize}), by which the numbers are divided; for a set of points these sums are weighted by
 * {@code |y_i|}, and inner products in d dimensions, whose relative errors are multiplied by m, add {@code 4 m d 2^-53} of it at {@code |w| + |v|}. The phases that the
 * memorizer tries are its own draw ({@link ComplexNeuron#angles}).
 *
 * <h2>Falsifiers</h2>
 *
 * The parities swapped; all odd orders with a phase, q - 1 phases for degree q; a sign for the phase; {@code phi'(s) t^2}; {@code |v|^2} without the root;
 * the memorizer's phases from half or three quarters of the circle.
 */
class RandomPhaseClaims {
    @Claim(
            id = "B20.sec52-sign",
            statement =
                    "\\mathbb E_{a \\in \\{-1, 1\\}}[a^{-1} a^m] = 0 \\text{ for even } m, \\quad 1 \\text{ for odd } m",
            hypotheses = "$0 \\le m \\le 12$",
            instances = 1)
    void randomSignsRemoveTheEvenOrders(ClaimRun run) {
        run.covers("m = 0").covers("m = 1");
        IntPredicate odd = m -> m % 2 == 1;
        run.check("means over both signs", odd, (kept, lab) -> {
                    double[] observed = new double[13];
                    double[] claimed = new double[13];
                    for (int m = 0; m <= 12; m++) {
                        for (int a : new int[] {-1, 1}) {
                            observed[m] += a * (m % 2 == 0 ? 1 : a) / 2.0;
                        }
                        claimed[m] = kept.test(m) ? 1 : 0;
                    }
                    return Comparison.equal(observed, claimed, 0, "halves of integers");
                })
                .falsifiedBy("parities swapped", m -> m % 2 == 0)
                .falsifiedBy("only m = 1", m -> m == 1);
        run.check("means of (s + a)^m / a at s = 2", odd, (kept, lab) -> {
                    double[] observed = new double[13];
                    double[] claimed = new double[13];
                    for (int m = 0; m <= 12; m++) {
                        observed[m] = (Math.pow(3, m) - 1) / 2;
                        long binomial = 1;
                        for (int order = 0; order <= m; order++) {
                            claimed[m] += kept.test(order) ? binomial * Math.pow(2, m - order) : 0;
                            binomial = binomial * (m - order) / (order + 1);
                        }
                    }
                    return Comparison.equal(observed, claimed, 0, "integers");
                })
                .falsifiedBy("even orders", m -> m % 2 == 0)
                .falsifiedBy("only the first order", m -> m == 1);
    }

    /** How many phases, and at which offset they start. */
    record Phases(int q, int tenths) {
        Complex at(int k, int count) {
            double angle = 2 * Math.PI * (k + tenths / 10.0) / count;
            return new Complex(Math.cos(angle), Math.sin(angle));
        }
    }

    @Provide
    Arbitrary<Phases> phases() {
        return Combinators.combine(
                        Arbitraries.integers().between(2, 16),
                        Arbitraries.integers().between(0, 9))
                .as(Phases::new);
    }

    /** What the mean is, and the largest degree that q phases serve. */
    private record Orders(IntPredicate kept, IntUnaryOperator largest) {}

    @Claim(
            id = "B20.sec52-circle",
            statement = "\\mathbb E_{|a| = 1}[a^{-1} a^m] = 0 \\text{ for } m \\ne 1, \\quad 1 \\text{ for } m = 1",
            hypotheses = "a uniform on the circle; also on $q \\ge 2$ equispaced phases for $0 \\le m \\le q$")
    void randomPhasesKeepTheFirstOrderOnly(@ForAll("phases") Phases drawn, ClaimRun run) {
        run.covers(drawn.q == 2 ? "q = 2" : "q > 2");
        Orders first = new Orders(m -> m == 1, q -> q);
        run.check("q phases", first, (orders, lab) -> means(drawn, drawn.q, orders))
                .falsifiedBy("degree q + 1", new Orders(m -> m == 1, q -> q + 1))
                .falsifiedBy("m = 0 is kept", new Orders(m -> m <= 1, q -> q));
        run.check("24 phases, degrees to 24", first, (orders, lab) -> means(drawn, 24, orders))
                .falsifiedBy("every odd m is kept", new Orders(m -> m % 2 == 1, q -> q))
                .falsifiedBy("degree 25", new Orders(m -> m == 1, q -> q + 1));
    }

    private static Decision means(Phases phases, int q, Orders orders) {
        int largest = orders.largest.applyAsInt(q);
        double[] observed = new double[2 * largest + 2];
        double[] claimed = new double[2 * largest + 2];
        for (int m = 0; m <= largest; m++) {
            for (int k = 0; k < q; k++) {
                Complex a = phases.at(k, q);
                Complex term = a.conjugate();
                for (int i = 0; i < m; i++) {
                    term = term.multiply(a);
                }
                observed[2 * m] += term.getReal() / q;
                observed[2 * m + 1] += term.getImaginary() / q;
            }
            claimed[2 * m] = orders.kept.test(m) ? 1 : 0;
        }
        double tolerance = (4.0 * largest + q + 4 + 4 * Math.PI * largest) * 0x1p-53;
        return Comparison.equal(observed, claimed, tolerance, "(4 m + q + 4 + 2 m 2 pi) 2^-53: powers, sum, angles");
    }

    /** Degree, s and t. */
    record Arguments(int m, double s, double t) {}

    @Provide
    Arbitrary<Arguments> arguments() {
        Arbitrary<Double> parts = Arbitraries.integers().between(-30, 30).map(i -> i / 10.0);
        return Combinators.combine(Arbitraries.integers().between(1, 12), parts, parts)
                .as(Arguments::new);
    }

    @Provide
    Arbitrary<PointSet> pointSets() {
        return PointSets.any(6, 4);
    }

    /** The number of phases from m, and the power of t. */
    private record Mean(IntUnaryOperator phases, int power) {}

    /** The number of phases from m, and the power of {@code n gamma^2}. */
    private record Correlation(IntBinaryOperator phases, double power) {}

    @Claim(
            id = "B20.lem5-circle",
            statement =
                    "\\mathbb E_a[a^{-1} \\varphi(s + at)] = \\varphi'(s)\\, t, \\qquad \\mathbb E_a[\\mathbf y \\cdot \\mathbf g \\mid w] ="
                            + " \\sum_i y_i\\, \\varphi'(w \\cdot x_i)\\, v \\cdot x_i = \\sqrt{n\\gamma^2}\\, \\|v\\|^2",
            hypotheses =
                    "$\\varphi = H_m/\\sqrt m$, $s, t$ real; a uniform on the circle or on $q \\ge \\max(m, 2)$ equispaced phases")
    void meanOverThePhaseIsTheFirstOrder(
            @ForAll("arguments") Arguments drawn, @ForAll("pointSets") PointSet set, ClaimRun run) {
        run.covers(drawn.m == 1 ? "m = 1" : drawn.m == 2 ? "m = 2" : "m > 2")
                .covers(set.geometry().label());
        if (drawn.t == 0) {
            run.covers("t = 0");
        }
        phaseMean(run, "drawn s and t", drawn);
        phaseMean(run, "s = 0.7, t = 1.9, m = 5", new Arguments(5, 0.7, 1.9));
        RandomStream stream = set.stream();
        double[] y = stream.gaussians(set.n());
        double[] w = stream.gaussians(set.d());
        run.check(
                        "points, sqrt(n gamma^2) |v|^2 with n gamma^2 = 2",
                        new Correlation(Math::max, 0.5),
                        (form, lab) -> correlation(
                                set, y, w, drawn.m, equispaced(form.phases.applyAsInt(drawn.m, 2)), form.power))
                .falsifiedBy("m - 1 phases", new Correlation((m, two) -> Math.max(m - 1, 1), 0.5))
                .falsifiedBy("|v|^2", new Correlation(Math::max, 0))
                .falsifiedBy("n gamma^2 |v|^2", new Correlation(Math::max, 1));
        run.check(
                        "points, the phases that the memorizer tries",
                        PhaseArc.CIRCLE,
                        (arc, lab) -> correlation(set, y, w, drawn.m, arc.angles(drawn.m, lab.stream()), 0.5))
                .falsifiedBy("from the upper half of the circle", new PhaseArc(0.25, 0.5))
                .falsifiedBy("from the right half of the circle", new PhaseArc(0, 0.5))
                .falsifiedBy("from three quarters of the circle", new PhaseArc(0, 0.75));
    }

    private static void phaseMean(ClaimRun run, String part, Arguments at) {
        run.check(part, new Mean(m -> Math.max(m, 2), 1), (form, lab) -> mean(at, form))
                .falsifiedBy("m - 1 phases", new Mean(m -> Math.max(m - 1, 1), 1))
                .falsifiedBy("a sign for the phase", new Mean(m -> 2, 1))
                .falsifiedBy("phi'(s) t^2", new Mean(m -> Math.max(m, 2), 2));
    }

    private static Decision mean(Arguments at, Mean form) {
        int m = at.m;
        int q = form.phases.applyAsInt(m);
        Complex mean = Complex.ZERO;
        for (int k = 0; k < q; k++) {
            Complex a = new Phases(q, 3).at(k, q);
            Complex phi =
                    HermitePolynomial.orthonormal(m, a.multiply(at.t).add(at.s)).divide(Math.sqrt(m));
            mean = mean.add(a.conjugate().multiply(phi).divide(q));
        }
        double slope = HermitePolynomial.orthonormal(m - 1, at.s) * Math.pow(at.t, form.power);
        double size = Math.max(1e-300, HermiteSize.at(m, Math.abs(at.s) + Math.abs(at.t)));
        return Comparison.equal(
                new double[] {mean.getReal() / size, mean.getImaginary() / size},
                new double[] {slope / size, 0},
                (30.0 * m + 20) * 0x1p-53,
                "(30 m + 20) 2^-53 of |h_m|(|s| + |t|): values, derivative, angles");
    }

    private static double[] equispaced(int q) {
        return IntStream.range(0, q)
                .mapToDouble(k -> 2 * Math.PI * (k + 0.3) / q)
                .toArray();
    }

    /** Compares the mean of {@code y . g} over these angles with {@code (n gamma^2)^power |v|^2}. */
    private static Decision correlation(PointSet set, double[] y, double[] w, int m, double[] angles, double power) {
        double scale = 2;
        double[] v = ComplexNeuron.direction(set.points(), y, m, scale, w);
        double mean = 0;
        for (double angle : angles) {
            ComplexNeuron g = ComplexNeuron.turned(m, w, v, angle);
            mean += LinearAlgebra.dot(y, g.values(set.points())) / angles.length;
        }
        double reach = LinearAlgebra.norm(w) + LinearAlgebra.norm(v);
        double size = 0;
        for (double label : y) {
            size += Math.abs(label) * HermiteSize.at(m, reach);
        }
        return Comparison.equal(
                mean / size,
                Math.pow(scale, power) * LinearAlgebra.dot(v, v) / size,
                (50.0 + 8 * set.n() + 4 * set.d()) * m * 0x1p-53,
                "(50 + 8 n + 4 d) m 2^-53 of sum |y_i| |h_m|(|w| + |v|)");
    }
}
