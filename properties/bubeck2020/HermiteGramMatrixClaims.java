package bubeck2020;

import instances.PointSet;
import instances.PointSets;
import instances.UnbiasedBases;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Correlations of Hermite polynomials, the Gram matrix of Hermite features and its least eigenvalue.
 *
 * <h2>Source</h2>
 *
 * B20, Lemma 10, Lemma 7 and its proof.
 *
 * <h2>Statement</h2>
 *
 * X and Y standard normal with correlation rho; unit vectors {@code x_i}; w standard normal:
 *
 * <pre>{@code
 * E H_m(X) H_k(Y) = [m = k] rho^m
 * E H_(m-1)(w . x_i) H_(m-1)(w . x_j) x_i . x_j = (x_i . x_j)^m
 * |x_i . x_j| <= gamma for i != j, n gamma^(m-2) <= 1/2   =>   H = ((x_i . x_j)^m) >= I/2, for which n gamma^m <= 1/2 suffices
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Correlations from -1 to 1 with both ends; points in up to three dimensions, duplicates, antipodes and the line among them; unbiased bases, equiangular
 * points of either sign, orthonormal ones, one point, random ones.
 *
 * <h2>How it is checked</h2>
 *
 * Products of Gauss-Hermite rules, exact for these polynomials; the rounding of a value of {@code H_m} is measured by {@link HermiteSize}, its mean square by
 * the same rule, and divided by. Eigenvalues are exact to {@code 10 n m 2^-53} as all row sums are at most 3/2; m is the least exponent that the
 * hypothesis allows.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code |rho|^(m/2)} with the sign, {@code m! rho^m}, {@code rho^(m+1)}; powers {@code m - 1} and {@code m + 1}, norms 1.1; {@code n gamma^(m-2) <= 8},
 * where the least eigenvalue of two unbiased bases in dimension 4 is 0, and {@code n gamma^m <= 0.6}; bounds 0.95 and 0.55.
 */
class HermiteGramMatrixClaims {
    private static final GaussHermite RULE = GaussHermite.of(16);
    private static final String QUADRATURE = "exact rule; 200 * 2^-53 of the mean square of the moduli of the terms";

    @Provide
    Arbitrary<Double> correlations() {
        return Arbitraries.oneOf(
                Arbitraries.of(-1.0, 0.0, 1.0),
                Arbitraries.integers().between(-99, 99).map(i -> i / 100.0));
    }

    /** The diagonal entry as a function of m and rho. */
    private interface Diagonal {
        double at(int m, double rho);
    }

    @Claim(
            id = "B20.lem10",
            statement = "\\mathbb E[H_m(X)\\, H_{m'}(Y)] = \\delta_{m,m'}\\, \\rho^m",
            hypotheses = "$X, Y \\sim N(0, 1)$ jointly normal with $\\mathbb E\\,XY = \\rho$; $m, m' \\le 6$")
    void correlatedHermitePolynomialsAreOrthogonal(@ForAll("correlations") double drawn, ClaimRun run) {
        run.covers(Math.abs(drawn) == 1 ? "rho = " + drawn : drawn == 0 ? "rho = 0" : "0 < |rho| < 1");
        check(run, "drawn", drawn);
        check(run, "rho = -0.6", -0.6);
    }

    private static void check(ClaimRun run, String part, double rho) {
        Diagonal power = (m, r) -> Math.pow(r, m);
        run.check(part, power, (diagonal, lab) -> products(rho, diagonal))
                .falsifiedBy(
                        "|rho|^(m/2), with the sign",
                        (m, r) -> Math.pow(Math.signum(r), m) * Math.pow(Math.abs(r), m / 2.0))
                .falsifiedBy("m! rho^m", (m, r) -> HermiteSize.factorial(m) * Math.pow(r, m))
                .falsifiedBy("rho^(m+1)", (m, r) -> Math.pow(r, m + 1));
    }

    private static Decision products(double rho, Diagonal diagonal) {
        double rest = Math.sqrt((1 - rho) * (1 + rho));
        double[] observed = new double[49];
        double[] claimed = new double[49];
        for (int m = 0; m < 7; m++) {
            for (int k = 0; k < 7; k++) {
                int left = m;
                int right = k;
                double size = Math.sqrt(meanSquare(m) * meanSquare(k));
                observed[7 * m + k] = RULE.expectation(x -> HermitePolynomial.orthonormal(left, x)
                                * RULE.expectation(z -> HermitePolynomial.orthonormal(right, rho * x + rest * z)))
                        / size;
                claimed[7 * m + k] = m == k ? diagonal.at(m, rho) / size : 0;
            }
        }
        return Comparison.equal(observed, claimed, 200 * 0x1p-53, QUADRATURE);
    }

    /** {@code E |h_m|(|G|)^2}. */
    private static double meanSquare(int m) {
        return RULE.expectation(z -> Math.pow(HermiteSize.at(m, Math.abs(z)), 2));
    }

    @Provide
    Arbitrary<PointSet> pointSets() {
        return PointSets.any(6, 3);
    }

    /** The power in place of m, and the common norm of the points. */
    private record Power(int shift, double norm) {}

    @Claim(
            id = "B20.lem7-H",
            statement =
                    "\\mathbb E_w[H_{m-1}(w \\cdot x_i)\\, H_{m-1}(w \\cdot x_j)]\\; x_i \\cdot x_j = (x_i \\cdot x_j)^m",
            hypotheses = "$w \\sim N(0, I_d)$, $\\|x_i\\| = 1$; $m \\le 6$")
    void hermiteFeaturesHavePowersOfTheInnerProductsAsGramMatrix(@ForAll("pointSets") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label());
        run.check("drawn", new Power(0, 1), (form, lab) -> features(set.points(), form))
                .falsifiedBy("power m - 1", new Power(-1, 1))
                .falsifiedBy("power m + 1", new Power(1, 1))
                .falsifiedBy("points of norm 1.1", new Power(0, 1.1));
    }

    private static Decision features(DMatrixRMaj unit, Power form) {
        DMatrixRMaj points = new DMatrixRMaj(unit);
        CommonOps_DDRM.scale(form.norm, points);
        DMatrixRMaj gram = LinearAlgebra.gram(points);
        int n = gram.numRows;
        double[] observed = new double[6 * n * n];
        double[] claimed = new double[6 * n * n];
        for (int m = 1; m <= 6; m++) {
            DMatrixRMaj mean = new DMatrixRMaj(n, n);
            double size = accumulate(points, m - 1, mean);
            for (int i = 0; i < n * n; i++) {
                observed[(m - 1) * n * n + i] = mean.data[i] * gram.data[i] / size;
                claimed[(m - 1) * n * n + i] = Math.pow(gram.data[i], m + form.shift) / size;
            }
        }
        return Comparison.equal(observed, claimed, 200 * 0x1p-53, QUADRATURE);
    }

    /** Sets the matrix to {@code E h_k(w . x_i) h_k(w . x_j)}; returns {@code E |h_k|(1.1 |w|)^2}, d at most 3. */
    private static double accumulate(DMatrixRMaj points, int k, DMatrixRMaj mean) {
        GaussHermite rule = GaussHermite.of(8);
        double[] nodes = rule.nodes();
        double[] weights = rule.weights();
        int d = points.numCols;
        double size = 0;
        double[] w = new double[d];
        for (int index = 0; index < Math.pow(8, d); index++) {
            double weight = 1;
            for (int c = 0, rest = index; c < d; c++, rest /= 8) {
                w[c] = nodes[rest % 8];
                weight *= weights[rest % 8];
            }
            double[] values = LinearAlgebra.product(points, w);
            for (int i = 0; i < values.length; i++) {
                values[i] = HermitePolynomial.orthonormal(k, values[i]);
            }
            for (int i = 0; i < values.length; i++) {
                for (int j = 0; j < values.length; j++) {
                    mean.add(i, j, weight * values[i] * values[j]);
                }
            }
            size += weight * Math.pow(HermiteSize.at(k, 1.1 * LinearAlgebra.norm(w)), 2);
        }
        return size;
    }

    /** A Gram matrix of unit vectors. */
    record Incoherent(Family family, int n, long seed) {
        enum Family {
            ONE_POINT,
            ORTHONORMAL,
            UNBIASED_BASES,
            EQUIANGULAR,
            OBTUSE,
            SPHERE
        }

        DMatrixRMaj gram() {
            RandomStream stream = RandomStream.of(seed, "HermiteGramMatrixClaims");
            return switch (family) {
                case ONE_POINT -> CommonOps_DDRM.identity(1);
                case ORTHONORMAL -> CommonOps_DDRM.identity(n);
                case UNBIASED_BASES -> LinearAlgebra.gram(UnbiasedBases.pair(1 + n % 2));
                case EQUIANGULAR -> equiangular(n, stream.uniform(0, 0.9));
                case OBTUSE -> equiangular(n, -stream.uniform() / (n - 1));
                case SPHERE -> LinearAlgebra.gram(PointLaw.SPHERE.rows(n, 4 + stream.integer(18), stream));
            };
        }
    }

    private static DMatrixRMaj equiangular(int n, double rho) {
        DMatrixRMaj gram = new DMatrixRMaj(n, n);
        CommonOps_DDRM.fill(gram, rho);
        for (int i = 0; i < n; i++) {
            gram.set(i, i, 1);
        }
        return gram;
    }

    @Provide
    Arbitrary<Incoherent> incoherent() {
        return Combinators.combine(
                        Arbitraries.of(Incoherent.Family.class),
                        Arbitraries.integers().between(2, 20),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Incoherent::new);
    }

    /** {@code n gamma^(m - shift) <= threshold} implies {@code H >= bound I}. */
    private record Hypothesis(int shift, double threshold, double bound) {}

    @Claim(
            id = "B20.lem7",
            statement = "n\\gamma^{m-2} \\le \\tfrac12 \\;\\Longrightarrow\\; H \\succeq \\tfrac12 I_n",
            hypotheses =
                    "$\\|x_i\\| = 1$, $|x_i \\cdot x_j| \\le \\gamma$ for $i \\ne j$, $H_{ij} = (x_i \\cdot x_j)^m$; the proof needs only $n\\gamma^m \\le 1/2$",
            instances = 100)
    void hermiteGramMatricesOfIncoherentPointsAreWellConditioned(@ForAll("incoherent") Incoherent drawn, ClaimRun run) {
        run.covers(drawn.family.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        List<DMatrixRMaj> grams = new ArrayList<>();
        grams.add(drawn.gram());
        grams.add(LinearAlgebra.gram(UnbiasedBases.pair(1)));
        grams.add(equiangular(2, 0.5));
        grams.add(equiangular(32, -1.0 / 64));
        grams.add(equiangular(32, -0.6 / 32));
        run.check("n gamma^(m-2) <= 1/2", new Hypothesis(2, 0.5, 0.5), (form, lab) -> leastEigenvalues(grams, form))
                .falsifiedBy("n gamma^(m-2) <= 8", new Hypothesis(2, 8, 0.5))
                .falsifiedBy("0.95 for 1/2", new Hypothesis(2, 0.5, 0.95));
        run.check("n gamma^m <= 1/2", new Hypothesis(0, 0.5, 0.5), (form, lab) -> leastEigenvalues(grams, form))
                .falsifiedBy("n gamma^m <= 0.6", new Hypothesis(0, 0.6, 0.5))
                .falsifiedBy("0.55 for 1/2", new Hypothesis(0, 0.5, 0.55));
    }

    private static Decision leastEigenvalues(List<DMatrixRMaj> grams, Hypothesis form) {
        double[] least = new double[grams.size()];
        double tolerance = 0;
        for (int g = 0; g < least.length; g++) {
            DMatrixRMaj power = new DMatrixRMaj(grams.get(g));
            int n = power.numRows;
            double gamma = 0;
            for (int i = 0; i < n; i++) {
                power.set(i, i, 1);
                for (int j = 0; j < i; j++) {
                    gamma = Math.max(gamma, Math.abs(power.get(i, j)));
                }
            }
            int m = 1;
            while (n * Math.pow(gamma, m - form.shift) > form.threshold * (1 + 1e-12)) { // exact families have ties
                m++;
            }
            for (int i = 0; i < n * n; i++) {
                power.data[i] = Math.pow(power.data[i], m);
            }
            least[g] = LinearAlgebra.eigen(power).smallest();
            tolerance = Math.max(tolerance, 10.0 * n * m * 0x1p-53);
        }
        return Comparison.atLeast(least, form.bound, tolerance, "10 n m 2^-53");
    }
}
