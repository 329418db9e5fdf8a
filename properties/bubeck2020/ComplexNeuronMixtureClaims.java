package bubeck2020;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.complex.Complex;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.memorizer.ReluMixture;
import org.lemmalab.memorizer.RidgeDecomposition;
import org.lemmalab.memorizer.SmoothCutoff;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.numeric.PiecewisePolynomial;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * Where its arguments are small, a complex polynomial neuron is a mixture of ReLUs.
 *
 * <h2>Source</h2>
 *
 * B20, (25) and Lemma 8 with its proof (sections 5.4 and 5.4.3).
 *
 * <h2>Statement</h2>
 *
 * {@code phi = h_m / sqrt m}, {@code a_j = Re(z l_j(i))} as in {@link RidgeDecomposition}, {@code chi_M} the {@link SmoothCutoff}, {@code s = w.x},
 * {@code t = w'.x}:
 *
 * <pre>{@code
 * Re(z phi(s + i t)) c = sum_j a_j phi(s + j t) c           for every c, as c = chi_M(|s| + m|t|)                              (25)
 * chi_M(s + j t) = 1,  j = 0..m                             where |s| + m|t| <= M, hence where m(|s| + |t|) <= M
 * E S ReLU(s + J t - B) = Re(z phi(s + i t)) / K            where |s| + m|t| <= M
 * K = kappa(m, M) sum_j |a_j|,   kappa(m, M) = int |(phi chi_M)''|,   P(J = j) = |a_j| / sum |a|,   sign a_j in S
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * m = 2 to 6 ((25): 1 to 8), M = 3, 7, 20, z on the circle, z = 1 and z = i among them (m = 3, z = 1 has {@code a_0 = 0}); the corners of the set
 * {@code |s| + m|t| <= M} and random points in it.
 *
 * <h2>How it is checked</h2>
 *
 * By exact integrals of the pieces of {@code (phi chi_M)''}, whose coefficients in {@link PiecewisePolynomial} sum to at most
 * {@code 60 kappa / 2M} for these m and {@code M >= 1}; with 30 roundings the error of K times the mean is below {@code 1800 u 3M K}.
 *
 * <h2>Falsifiers</h2>
 *
 * One ridge more or less, {@code -i} for {@code i}; a hard cut at M, whose second derivative has atoms that are left out; J uniform; 0.9 K; points up to
 * {@code |s| + m|t| = 2M}.
 */
class ComplexNeuronMixtureClaims {

    /** Degree, radius and the argument of z. */
    record Neuron(int m, double radius, double angle, long seed) {
        Complex z() {
            return new Complex(Math.cos(angle), Math.sin(angle));
        }

        /** Re(z phi(s + i t)). */
        double value(double[] st) {
            Complex h = HermitePolynomial.orthonormal(m, new Complex(st[0], st[1]));
            return z().multiply(h).getReal() / Math.sqrt(m);
        }

        /** Corners and random points of {@code |s| + m|t| <= stretch M}. */
        List<double[]> points(double stretch) {
            double r = stretch * radius;
            List<double[]> points = new ArrayList<>(List.of(
                    new double[] {r, 0}, new double[] {-r, 0}, new double[] {0, r / m}, new double[] {0, -r / m}));
            points.add(new double[2]);
            RandomStream stream = RandomStream.of(seed, "ComplexNeuronMixtureClaims");
            while (points.size() < 25) {
                double part = stream.uniform(-1, 1);
                points.add(new double[] {r * part, r * (1 - Math.abs(part)) * stream.uniform(-1, 1) / m});
            }
            return points;
        }
    }

    private static Arbitrary<Neuron> neurons(int least, int most) {
        return Combinators.combine(
                        Arbitraries.integers().between(least, most),
                        Arbitraries.of(3.0, 7.0, 20.0),
                        Arbitraries.oneOf(
                                Arbitraries.of(0.0, Math.PI / 2, Math.PI),
                                Arbitraries.doubles().between(0, 6)),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Neuron::new);
    }

    @Provide
    Arbitrary<Neuron> any() {
        return neurons(1, 8);
    }

    @Provide
    Arbitrary<Neuron> neurons() {
        return neurons(2, 6);
    }

    /** The last ridge in the sum, and whether it is taken at i. */
    private record Ridges(int last, boolean conjugate) {}

    @Claim(
            id = "B20.eq25",
            statement =
                    "\\mathrm{Re}(z \\varphi(s + \\mathbf i t))\\, \\chi_M(|s| + m|t|) = \\sum_{j=0}^m p_{z,j}(s + jt)\\, \\chi_M(|s| + m|t|),"
                            + " \\qquad \\chi_M(s + jt) = 1 \\text{ where } m(|s| + |t|) \\le M",
            hypotheses = "$s = w \\cdot x$, $t = w' \\cdot x$; the second already where $|s| + m|t| \\le M$")
    void theCutoffIsOneAtEveryRidge(@ForAll("any") Neuron drawn, ClaimRun run) {
        run.covers("m = " + drawn.m).covers("corners");
        run.note("The text uses the arguments |s| + m|t| and m(|s| + |t|) of the cutoff side by side; both serve.");
        int m = drawn.m;
        PiecewisePolynomial cutoff = SmoothCutoff.of(drawn.radius);
        run.check("cutoff at the ridges", m, (last, lab) -> {
                    List<Double> values = new ArrayList<>();
                    for (double[] st : drawn.points(1 - 0x1p-50)) {
                        for (int j = 0; j <= last; j++) {
                            values.add(cutoff.value(st[0] + j * st[1]));
                        }
                    }
                    return Comparison.atLeast(
                            array(values), 1, 0, "none: 1 on the inner interval, rounding kept inside by 2^-50");
                })
                .falsifiedBy("one ridge more", m + 1);
        decompose(run, "decomposition", drawn);
        decompose(run, "decomposition, z = i", new Neuron(m, drawn.radius, Math.PI / 2, drawn.seed));
    }

    private static void decompose(ClaimRun run, String part, Neuron neuron) {
        int m = neuron.m;
        PiecewisePolynomial cutoff = SmoothCutoff.of(neuron.radius);
        run.check(part, new Ridges(m, false), (ridges, lab) -> {
                    Complex z = ridges.conjugate ? neuron.z().conjugate() : neuron.z();
                    double[] a = RidgeDecomposition.coefficients(m, z);
                    List<Double> sums = new ArrayList<>();
                    List<Double> values = new ArrayList<>();
                    for (double[] st : neuron.points(2.2)) {
                        double c = cutoff.value(Math.abs(st[0]) + m * Math.abs(st[1]));
                        double sum = 0;
                        for (int j = 0; j <= ridges.last; j++) {
                            sum += a[j] * phi(m, st[0] + j * st[1]);
                        }
                        sums.add(c * sum);
                        values.add(c * neuron.value(st));
                    }
                    double size = 0;
                    for (Complex l : RidgeDecomposition.lagrangeAtI(m)) {
                        size += l.abs() * Math.pow(2.2 * neuron.radius + m, m);
                    }
                    return Comparison.equal(
                            array(sums),
                            array(values),
                            20 * m * 0x1p-53 * size,
                            "20 m roundings of sum |l_j| |phi|: |He_m(x)| <= (|x| + m)^m, absolute coefficients included");
                })
                .falsifiedBy("the last ridge left out", new Ridges(m - 1, false))
                .falsifiedBy("Lagrange's polynomials of 0..m at -i", new Ridges(m, true));
    }

    /** The law of one ridge, the law of J, the normalisation and how far the points go. */
    private record Form(ReluMixture ridge, boolean uniform, double normalisation, double stretch) {}

    @Claim(
            id = "B20.lem8",
            statement =
                    "\\mathbb E[S\\, \\psi(W \\cdot x - B)] = \\frac1K\\, \\mathrm{Re}\\big(z\\, \\varphi(w \\cdot x + \\mathbf i\\, w' \\cdot x)\\big)",
            hypotheses =
                    "$m(|w \\cdot x| + |w' \\cdot x|) \\le M$; $W = w + J w'$, $P(J = j) = |a_j| / \\sum |a|$, $B$ of density"
                            + " $|(\\varphi \\chi_M)''| / \\kappa$, $K = \\kappa \\sum_j |a_j|$, $\\kappa = \\int |(\\varphi \\chi_M)''|$; the paper"
                            + " writes $c_{z,m} / M^m$ for $1/K$ (B20.lem8-scale) and $|B| \\le M$ (B20.lem8-B)")
    void complexNeuronsAreMixturesOfRelus(@ForAll("neurons") Neuron drawn, ClaimRun run) {
        run.covers("m = " + drawn.m).covers("M = " + drawn.radius);
        run.covers("a ridge that vanishes: m = 3, z = 1");
        mixture(run, "mean", drawn);
        mixture(run, "mean, m = 3, z = 1", new Neuron(3, 7, 0, 1));
    }

    private static void mixture(ClaimRun run, String part, Neuron neuron) {
        int m = neuron.m;
        ReluMixture smooth = ReluMixture.ofHermite(m, neuron.radius);
        ReluMixture hard =
                ReluMixture.of(PiecewisePolynomial.restriction(ReluMixture.hermite(m), -neuron.radius, neuron.radius));
        double[] a = RidgeDecomposition.coefficients(m, neuron.z());
        double sum = Arrays.stream(a).map(Math::abs).sum();
        run.check(part, new Form(smooth, false, 1, 1), (form, lab) -> {
                    double k = form.normalisation * form.ridge.mass() * sum;
                    List<Double> means = new ArrayList<>();
                    List<Double> values = new ArrayList<>();
                    for (double[] st : neuron.points(form.stretch)) {
                        double mean = 0;
                        for (int j = 0; j <= m; j++) {
                            double share = form.uniform ? 1.0 / (m + 1) : Math.abs(a[j]) / sum;
                            mean += share * Math.signum(a[j]) * form.ridge.expectation(st[0] + j * st[1]);
                        }
                        means.add(k * mean);
                        values.add(neuron.value(st));
                    }
                    return Comparison.equal(
                            array(means),
                            array(values),
                            1800 * 0x1p-53 * 3 * neuron.radius * smooth.mass() * sum,
                            "1800 u 3M K");
                })
                .falsifiedBy("a hard cut at M", new Form(hard, false, 1, 1))
                .falsifiedBy("J uniform", new Form(smooth, true, 1, 1))
                .falsifiedBy("0.9 K", new Form(smooth, false, 0.9, 1))
                .falsifiedBy("|s| + m|t| <= 2M", new Form(smooth, false, 1, 2));
    }

    private static double phi(int m, double x) {
        return HermitePolynomial.orthonormal(m, x) / Math.sqrt(m);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(x -> x).toArray();
    }
}
