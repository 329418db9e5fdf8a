package arora2019;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.special.Erf;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption;
import org.lemmalab.stats.Comparison;

/**
 * The closed form of the ReLU kernel and the range of its values.
 *
 * <h2>Source</h2>
 *
 * A19, (3), and the proof of Lemma C.3 (range).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * E_w[x.y 1{w.x >= 0, w.y >= 0}] = k(t),   k(t) = t (pi - arccos t) / (2 pi),   t = x.y,   |x| = |y| = 1,   w ~ N(0, I)
 * k([-1, 1]) = [k(t*), 1/2],   t* = -0.65218...,   k(t*) = -0.08930...,   k(t) < 0 exactly for -1 < t < 0
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Pairs of unit vectors in 2 to 10 dimensions with {@code 0.3 <= |t| <= 0.95}, so that no falsifier is near the truth, beside the
 * cosines -1, -1/2, 0, 1/2, 1; for the range, all cosines.
 *
 * <h2>How it is checked</h2>
 *
 * The probability twice over. By quadrature: with {@code y = t x + sqrt(1 - t^2) e},
 *
 * <pre>{@code
 * P(w.x >= 0, w.y >= 0) = int_0^inf phi(s) Phi(t s / sqrt(1 - t^2)) ds,
 * }</pre>
 *
 * which at {@code t = +-1} is 1/2 and 0; twelve panels of 16 Gauss-Legendre nodes on [0, 12] leave out 2e-33, and the integrand is entire:
 * on the ellipse with {@code rho = 8} it is below {@code e^20}, so the rule's error is below {@code 8^-32 e^20 < 1e-19}. By Monte Carlo:
 * the mean of {@code x.y 1{...}} over draws of w. The minimum is where {@code 2 pi k'(t) = pi - arccos t + t / sqrt(1 - t^2)} vanishes.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code pi} in place of {@code 2 pi}, the complementary angle, and the linear {@code (1 + t)/4}, which agrees at -1, 0 and 1. For the
 * range: -0.0893 for the minimum (off by 1.4e-5 of it), and entries in [0, 1], as the proof of Lemma C.3 says in passing.
 */
class ReluKernelClaims {
    private static final double LOWEST_ENTRY = -0.0893012557738666;
    private static final double LOWEST_COSINE = -0.652184623909186794;
    private static final double[] EXACT_COSINES = {-1, -0.5, 0, 0.5, 1};

    /** Two unit vectors at a given cosine in d dimensions. */
    record Pair(int d, double cosine, long seed) {
        DMatrixRMaj points() {
            DMatrixRMaj frame = OrthonormalRows.draw(2, d, RandomStream.of(seed, "ReluKernelClaims"));
            DMatrixRMaj coordinates =
                    new DMatrixRMaj(new double[][] {{1, 0}, {cosine, Math.sqrt((1 - cosine) * (1 + cosine))}});
            return LinearAlgebra.product(coordinates, frame);
        }
    }

    @Provide
    Arbitrary<Pair> pairs() {
        Arbitrary<Double> cosines = Arbitraries.doubles().between(0.3, 0.95).ofScale(6);
        return Combinators.combine(
                        Arbitraries.integers().between(2, 10),
                        Arbitraries.oneOf(cosines, cosines.map(t -> -t)),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Pair::new);
    }

    @Provide
    Arbitrary<Double> allCosines() {
        return Arbitraries.doubles().between(-1, 1).ofScale(12);
    }

    @Claim(
            id = "A19.kernel-closed",
            statement = "\\mathbb{E}_{w}\\bigl[x^\\top x'\\, 1\\{w^\\top x \\ge 0,\\, w^\\top x' \\ge 0\\}\\bigr]"
                    + " = \\frac{x^\\top x'\\,(\\pi - \\arccos x^\\top x')}{2\\pi}",
            hypotheses = "$\\|x\\| = \\|x'\\| = 1$, $w \\sim N(0, I_d)$")
    void entryIsTheCosineTimesTheOrthantProbability(@ForAll("pairs") Pair pair, ClaimRun run) {
        run.covers("parallel").covers("antiparallel").covers("orthogonal").covers("angles of 60 and 120 degrees");
        DoubleUnaryOperator probability = ReluGramMatrix::orthantProbability;
        run.check("quadrature", probability, (form, lab) -> {
                    double[] cosines = Arrays.copyOf(EXACT_COSINES, EXACT_COSINES.length + 1);
                    cosines[EXACT_COSINES.length] = pair.cosine();
                    return Comparison.equal(
                            at(cosines, form),
                            at(cosines, ReluKernelClaims::orthantIntegral),
                            1e-12,
                            "200 roundings, and erfc by a series of up to 100 terms cut at 1e-15");
                })
                .falsifiedBy("pi in place of 2 pi", t -> (Math.PI - Math.acos(t)) / Math.PI)
                .falsifiedBy("arccos t in place of pi - arccos t", t -> Math.acos(t) / (2 * Math.PI))
                .falsifiedBy("linear: (1 + t) / 4", t -> (1 + t) / 4);

        DoubleUnaryOperator entry = ReluGramMatrix::entry;
        run.check(
                        "values at multiples of 60 and 90 degrees",
                        entry,
                        (form, lab) -> Comparison.equal(
                                at(EXACT_COSINES, form),
                                new double[] {0, -1.0 / 12, 0, 1.0 / 6, 0.5},
                                4e-16,
                                "arc sine to 2^-50, over 2 pi, and two roundings of 1/2"))
                .falsifiedBy("linear: t (1 + t) / 4", t -> t * (1 + t) / 4);

        double accuracy = Math.abs(pair.cosine()) * run.settings().profile().choose(0.02, 0.01, 0.005);
        run.check("Monte Carlo", entry, (form, lab) -> {
                    DMatrixRMaj points = pair.points();
                    double t = pair.cosine();
                    return lab.meanEquals(
                            form.applyAsDouble(t),
                            accuracy,
                            new Assumption.Bounded(Math.min(t, 0), Math.max(t, 0)),
                            stream -> {
                                double[] products = LinearAlgebra.product(points, stream.gaussians(pair.d()));
                                return products[0] >= 0 && products[1] >= 0 ? t : 0;
                            });
                })
                .falsifiedBy("pi in place of 2 pi", t -> t * (Math.PI - Math.acos(t)) / Math.PI)
                .falsifiedBy("arccos t in place of pi - arccos t", t -> t * Math.acos(t) / (2 * Math.PI))
                .falsifiedBy("linear: t (1 + t) / 4", t -> t * (1 + t) / 4);
    }

    @Claim(
            id = "A19.kernel-range",
            statement = "-0.08930125577386\\ldots \\le H^\\infty_{ij} \\le \\tfrac12, \\qquad"
                    + " H^\\infty_{ij} < 0 \\iff -1 < x_i^\\top x_j < 0")
    void entriesAreAtMostOneHalfAndSlightlyNegativeAtObtuseAngles(@ForAll("allCosines") double cosine, ClaimRun run) {
        run.note(
                "The proof of Lemma C.3 calls entries means of variables in [0, 1]. At obtuse angles the variable lies in [x.x', 0]:"
                        + " the length of the interval, which is what Hoeffding's inequality uses, is at most 1 all the same.");
        run.covers(cosine == 0 || Math.abs(cosine) == 1 ? "end point or 0" : cosine < 0 ? "obtuse" : "acute");
        double[] cosines = gridWith(cosine);
        double[] entries = at(cosines, ReluGramMatrix::entry);
        double[] negated = Arrays.stream(entries).map(k -> -k).toArray();
        run.check(
                        "lowest entry",
                        LOWEST_ENTRY,
                        (lowest, lab) -> Comparison.atMost(
                                negated, -lowest, 4e-16, "arc sine to 2^-50, over 2 pi, and roundings"))
                .falsifiedBy("rounded up to -0.0893", -0.0893)
                .falsifiedBy("entries are nonnegative", 0.0);
        run.check(
                        "highest entry",
                        0.5,
                        (highest, lab) -> Comparison.atMost(
                                entries, highest, 0, "exact: 1/2 at t = 1, the kernel increases there"))
                .falsifiedBy("0.49", 0.49);
        run.check(
                        "where the lowest entry is",
                        LOWEST_COSINE,
                        (t, lab) -> Comparison.equal(
                                new double[] {Math.PI - Math.acos(t) + t / Math.sqrt(1 - t * t), ReluGramMatrix.entry(t)
                                },
                                new double[] {0, LOWEST_ENTRY},
                                1e-14,
                                "rounding of a few numbers below 4"))
                .falsifiedBy("at -0.65", -0.65);
        run.check(
                        "where entries are negative",
                        -1.0,
                        (from, lab) -> Comparison.equal(
                                Arrays.stream(entries).map(k -> k < 0 ? 1 : 0).toArray(),
                                Arrays.stream(cosines)
                                        .map(t -> from < t && t < 0 ? 1 : 0)
                                        .toArray(),
                                0,
                                "signs"))
                .falsifiedBy("only below 170 degrees", Math.cos(Math.toRadians(170)));
    }

    /** The cosine with 1001 others from -1 to 1, zero among them; between neighbours the kernel's minimum moves by at most 3e-7. */
    private static double[] gridWith(double cosine) {
        double[] grid = new double[1002];
        Arrays.setAll(grid, j -> j == 1001 ? cosine : (j - 500) / 500.0);
        return grid;
    }

    private static double orthantIntegral(double t) {
        double slope = t / Math.sqrt((1 - t) * (1 + t)); // infinite at t = +-1
        GaussIntegratorFactory rules = new GaussIntegratorFactory();
        double sum = 0;
        for (int panel = 0; panel < 12; panel++) {
            sum += rules.legendre(16, panel, panel + 1)
                    .integrate(s -> Math.exp(-s * s / 2) * Erf.erfc(-slope * s / Math.sqrt(2)));
        }
        return sum / 2 / Math.sqrt(2 * Math.PI);
    }

    private static double[] at(double[] cosines, DoubleUnaryOperator f) {
        return Arrays.stream(cosines).map(f).toArray();
    }
}
