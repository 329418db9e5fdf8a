package daniely2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * Random feature schemes as embeddings, and the one shortest representative of a function.
 *
 * <h2>Source</h2>
 *
 * D19 (4), (5), (6).
 *
 * <h2>Statement</h2>
 *
 * For a scheme {@code (psi, mu)} of k, {@code x -> psi(., x)} in {@code L^2(mu)} has {@code < psi(., x), psi(., y) > = k(x, y)}, and for f in {@code H_k} exactly one g satisfies both
 *
 * <pre>{@code
 * |g|_(L^2) = |f|_k   (5)          E < g(omega), psi(omega, x) > = f(x) for all x   (6)
 * }</pre>
 *
 * For {@code f = sum_j c_j k(., x_j)} it is {@code g = sum_j c_j psi(., x_j)}.
 *
 * <h2>Instances</h2>
 *
 * 2 to 12 values of omega with random masses, features in 1 to 4 dimensions, fewer points than {@code |Omega|} times that, so that (6) alone has many solutions.
 *
 * <h2>How it is checked</h2>
 *
 * Finite sums. With the n x (|Omega| k) matrix F of {@code sqrt(mu) psi}, (6) is {@code F G = f} for {@code G = sqrt(mu) g}: the shortest G comes from
 * {@code F^T K^-1 f}, which amplifies rounding {@code 40 n 2^-53} by the square of K's condition number; points are few enough, and instances with a
 * condition number above 1e4 are replaced by their first point.
 *
 * <h2>Falsifiers</h2>
 *
 * Equal masses in place of mu; a second solution of (6) held to (5); c a tenth too large.
 */
class FeatureRepresentativeClaims {
    /** A scheme on finitely many omegas, and points. */
    record Scheme(int omegas, int k, int points, long seed) {
        double[] masses() {
            double[] masses = new double[omegas];
            double sum = 0;
            for (int i = 0; i < omegas; i++) {
                masses[i] = stream().part("mass").trial(i).uniform(0.1, 3);
                sum += masses[i];
            }
            for (int i = 0; i < omegas; i++) {
                masses[i] /= sum;
            }
            return masses;
        }

        double[] psi(int omega, int point) {
            return stream().part("psi").trial(omega).trial(point).gaussians(k);
        }

        /** F for given masses and the first points. */
        DMatrixRMaj features(double[] masses, int count) {
            DMatrixRMaj f = new DMatrixRMaj(count, omegas * k);
            for (int x = 0; x < count; x++) {
                for (int omega = 0; omega < omegas; omega++) {
                    double[] psi = psi(omega, x);
                    for (int j = 0; j < k; j++) {
                        f.set(x, omega * k + j, Math.sqrt(masses[omega]) * psi[j]);
                    }
                }
            }
            return f;
        }

        RandomStream stream() {
            return RandomStream.of(seed, "FeatureRepresentativeClaims");
        }
    }

    @Provide
    Arbitrary<Scheme> schemes() {
        return Combinators.combine(
                        Arbitraries.integers().between(2, 12),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.longs().between(0, 1_000_000))
                .as((omegas, k, points, seed) ->
                        new Scheme(omegas, k, Math.max(1, Math.min(points, omegas * k / 2)), seed));
    }

    @Claim(
            id = "D19.eq4",
            statement = "k(x, x') = \\langle \\psi(\\cdot, x), \\psi(\\cdot, x')\\rangle_{L^2(\\mu)}",
            hypotheses = "$(\\psi, \\mu)$ a random feature scheme of $k$; finite $\\Omega$")
    void featuresEmbedTheKernelInL2(@ForAll("schemes") Scheme scheme, ClaimRun run) {
        run.covers(scheme.k == 1 ? "scalar features" : "vector features");
        double[] masses = scheme.masses();
        double[] equal = new double[scheme.omegas];
        Arrays.fill(equal, 1.0 / scheme.omegas);
        DMatrixRMaj kernel = new DMatrixRMaj(scheme.points, scheme.points);
        double size = 0;
        for (int x = 0; x < scheme.points; x++) {
            for (int y = 0; y < scheme.points; y++) {
                for (int omega = 0; omega < scheme.omegas; omega++) {
                    double term = masses[omega] * LinearAlgebra.dot(scheme.psi(omega, x), scheme.psi(omega, y));
                    kernel.add(x, y, term);
                    size = Math.max(size, Math.abs(term));
                }
            }
        }
        double rounding = 4 * scheme.omegas * (scheme.k + 4) * 0x1p-53 * size;
        run.check(
                        "Gram matrix",
                        masses,
                        (mu, lab) -> Comparison.equal(
                                LinearAlgebra.gram(scheme.features(mu, scheme.points)).data,
                                kernel.data,
                                rounding,
                                "4 |Omega| (k + 4) 2^-53 times the largest term"))
                .falsifiedBy("equal masses", equal);
    }

    @Claim(
            id = "D19.eq56",
            statement =
                    "\\forall f \\in H_k\\; \\exists!\\, \\check f \\in L^2(\\mu):\\; \\|\\check f\\|_{L^2} = \\|f\\|_k,\\; \\mathbb E \\langle \\check f(\\omega), \\psi(\\omega, x)\\rangle = f(x)",
            hypotheses =
                    "finite $\\Omega$ and finitely many points; $f = \\sum_j c_j k(\\cdot, x_j)$ has $\\check f = \\sum_j c_j \\psi(\\cdot, x_j)$")
    void oneRepresentativeHasTheNormOfTheFunction(@ForAll("schemes") Scheme scheme, ClaimRun run) {
        double[] masses = scheme.masses();
        DMatrixRMaj drawn = scheme.features(masses, scheme.points);
        double[] values = LinearAlgebra.eigen(LinearAlgebra.gram(drawn)).values();
        boolean regular = values[0] < 1e4 * values[values.length - 1];
        DMatrixRMaj features = regular ? drawn : scheme.features(masses, 1);
        run.covers(regular ? "all points" : "ill-conditioned: first point");
        int n = features.numRows;
        DMatrixRMaj kernel = LinearAlgebra.gram(features);
        double[] c = scheme.stream().part("c").gaussians(n);
        double[] f = LinearAlgebra.product(kernel, c);
        double[] shortest = LinearAlgebra.productTransA(
                features, LinearAlgebra.cholesky(kernel).solve(f));
        double norm = LinearAlgebra.dot(c, f);
        double rounding = 40 * n * 0x1p-53 * 1e4 * (norm + LinearAlgebra.norm(f) + 1);
        run.check("the sections' representative", 1.0, (factor, lab) -> {
                    double[] sections = LinearAlgebra.productTransA(features, c);
                    for (int i = 0; i < sections.length; i++) {
                        sections[i] *= factor;
                    }
                    return Comparison.equal(sections, shortest, rounding, "40 n 2^-53 kappa, kappa < 1e4");
                })
                .falsifiedBy("1.1 c", 1.1);
        double[] other = scheme.stream().part("other").gaussians(features.numCols);
        double[] inside = LinearAlgebra.productTransA(
                features, LinearAlgebra.cholesky(kernel).solve(LinearAlgebra.product(features, other)));
        run.check("norm of a solution of (6)", 0.0, (share, lab) -> {
                    double[] g = shortest.clone();
                    for (int i = 0; i < g.length; i++) {
                        g[i] += share * (other[i] - inside[i]);
                    }
                    return Comparison.equal(LinearAlgebra.dot(g, g), norm, rounding, "40 n 2^-53 kappa, kappa < 1e4");
                })
                .falsifiedBy("a null function added", 1.0)
                .falsifiedBy("a tenth of it added", 0.1);
    }
}
