package ghorbani2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;

/**
 * Covariances that differ by much less than {@code d^(-1/2)} cannot be told apart, those that differ by much more can.
 *
 * <h2>Source</h2>
 *
 * G19, section 3, the text after assumption M2.
 *
 * <h2>Statement</h2>
 *
 * With D = {@code Sigma^(-1/2) Delta Sigma^(-1/2)}, eigenvalues {@code l_i}, and the affinity {@code b = int sqrt(p_+ p_-) = prod (1 - l_i^2)^(1/4)},
 * any two laws satisfy
 *
 * <pre>{@code
 * 1 - b   <=  1 - MMSE       <=  2 (1 - b)           as (p - q)^2/(p + q) = (sqrt p - sqrt q)^2 (sqrt p + sqrt q)^2/(p + q), between 1 and 2 times
 * 1 - b   <=  1 - 2 P(error)  <=  sqrt(1 - b^2)       (Le Cam)
 * }</pre>
 *
 * If {@code |Delta|_op = o(d^(-1/2))} then {@code |D|_F -> 0}, {@code b -> 1}: MMSE tends to 1 and the error to 1/2. If all {@code |l_i|} are
 * much larger than {@code d^(-1/2)}, then {@code b <= exp(-|D|_F^2/4) -> 0}, and {@code P(error) <= b/2}.
 *
 * <h2>Instances</h2>
 *
 * Five mixtures (general Sigma, Delta of either sign, indefinite) with Delta scaled like {@code d^(-1/2-a)}, {@code a} from 1/4 to 2/5, and like
 * {@code d^(-1/4)}.
 *
 * <h2>How it is checked</h2>
 *
 * Points are drawn and the posterior means {@code tanh(L/2)} averaged ({@link PosteriorMeans}), against the bounds; and their exponents in
 * d = 16, 64, 256. For small D, L is nearly {@code N(+-2s, 4s)}, {@code s = |D|_F^2/2}, of order {@code d^(-2a)}: {@code 1 - MMSE} is near s and
 * {@code 1 - 2 P(error)} near {@code sqrt(2s/pi)}. A repetition averages 64 points; the bias of its logarithm, {@code -1/64} and less, is the same
 * at both ends to first order. Corrections by a factor {@code 1 - s}, with {@code s <= 0.3} at d = 16, bend the exponents by 0.1 at most.
 *
 * <h2>Falsifiers</h2>
 *
 * Half of the bounds, or the square of the affinity; exponents of {@code |Delta|} for those of its square; Delta of order {@code d^(-1/2)} itself; a
 * large operator norm alone, with one eigenvalue 0.9.
 */
class ClassSeparationClaims {
    private static final double[] SIZES = {16, 64, 256};
    private static final int POINTS = 64;

    /** The mixtures {@code Delta = c d^(-a) Delta_M2}, of order {@code d^(-1/2 - a)}. */
    record Scaling(MixtureFamily family, double factor, double exponent) {
        PosteriorMeans in(int d) {
            return new PosteriorMeans(PosteriorMeans.scaled(family, d, factor * Math.pow(d, -exponent)));
        }
    }

    @Provide
    Arbitrary<MixtureFamily> families() {
        return Arbitraries.of(MixtureFamily.values());
    }

    @Provide
    Arbitrary<Double> exponents() {
        return Arbitraries.of(0.25, 0.3, 0.4);
    }

    /** The value of one draw of points. */
    private interface Statistic {
        double of(PosteriorMeans means, RandomStream stream);
    }

    /** An exponent in d that goes with a scaling of Delta. */
    private record Growth(double scaling, double exponent) {}

    private static Decision exponent(
            MixtureFamily family, Growth growth, double allowance, Statistic statistic, Lab lab) {
        Scaling scaling = new Scaling(family, 0.6, growth.scaling);
        PosteriorMeans[] means =
                Arrays.stream(SIZES).mapToObj(d -> scaling.in((int) d)).toArray(PosteriorMeans[]::new);
        return Rate.perReplicate(growth.exponent, allowance, SIZES)
                .clippedTo(growth.exponent - 0.6, growth.exponent + 0.6)
                .decide(
                        index -> Arrays.stream(means)
                                .mapToDouble(m -> statistic.of(m, lab.stream().trial(index)))
                                .toArray(),
                        lab.terms());
    }

    /** Decides that the mean of a value in [0, 1] is at most the bound, against half as much again, or 0.005 more. */
    private static Decision atMost(double bound, PosteriorMeans means, Statistic statistic, Lab lab) {
        return lab.meanAtMost(
                bound, Math.max(bound / 2, 0.005), new Bounded(0, 1), stream -> statistic.of(means, stream));
    }

    @Claim(
            id = "G19.M2-hard",
            statement =
                    "\\|\\Delta\\|_{\\mathrm{op}} = o_d(d^{-1/2}) \\;\\Longrightarrow\\; \\text{no non-trivial classifier exists}:\\quad"
                            + " \\mathrm{MMSE} \\to 1,\\ P(\\text{error}) \\to \\tfrac12",
            hypotheses =
                    "M1; here $\\|\\Delta\\|_{\\mathrm{op}} = \\Theta(d^{-1/2-a})$, $1 - \\mathrm{MMSE} \\le 2(1-b)$ and"
                            + " $1 - 2P(\\text{error}) \\le \\sqrt{1-b^2}$, $b = \\prod_i (1-\\lambda_i(\\tilde\\Delta)^2)^{1/4}$,"
                            + " of orders $d^{-2a}$ and $d^{-a}$",
            instances = 3)
    void closeCovariancesCannotBeToldApart(
            @ForAll("families") MixtureFamily family, @ForAll("exponents") double a, ClaimRun run) {
        run.covers("mixture " + family).covers("a = " + a);
        PosteriorMeans close = new Scaling(family, 0.6, a).in(64);
        double b = close.affinity();
        Statistic square = (means, stream) -> means.square(POINTS, stream);
        Statistic modulus = (means, stream) -> means.modulus(POINTS, stream);
        run.check("1 - MMSE", 2 * (1 - b), (bound, lab) -> atMost(bound, close, square, lab))
                .falsifiedBy("1 - b", 1 - b)
                .falsifiedBy("|D|_F^2 / 3 for |D|_F^2 / 2", close.squaredNorm() / 3);
        run.check("1 - 2 P(error)", Math.sqrt(1 - b * b), (bound, lab) -> atMost(bound, close, modulus, lab))
                .falsifiedBy("sqrt((1 - b^2) / 2)", Math.sqrt((1 - b * b) / 2))
                .falsifiedBy("1 - b^2", 1 - b * b);
        run.check(
                        "order of 1 - MMSE",
                        new Growth(a, -2 * a),
                        (growth, lab) -> exponent(family, growth, 0.12, square, lab))
                .falsifiedBy("that of |Delta|, not of its square", new Growth(a, -a))
                .falsifiedBy("Delta of order d^(-1/2)", new Growth(0, -2 * a))
                .falsifiedBy("that of |Delta|^3", new Growth(a, -3 * a));
        run.check(
                        "order of 1 - 2 P(error)",
                        new Growth(a, -a),
                        (growth, lab) -> exponent(family, growth, 0.08, modulus, lab))
                .falsifiedBy("that of |Delta|^2", new Growth(a, -2 * a))
                .falsifiedBy("Delta of order d^(-1/2)", new Growth(0, -a));
    }

    @Claim(
            id = "G19.M2-easy",
            statement =
                    "|\\lambda_i(\\Delta)| \\gg d^{-1/2} \\;\\Longrightarrow\\; P(\\text{error}) \\le \\tfrac12 \\prod_i"
                            + " (1 - \\lambda_i(\\tilde\\Delta)^2)^{1/4} \\le \\tfrac12 e^{-\\|\\tilde\\Delta\\|_F^2/4} \\to 0",
            hypotheses = "M1; the eigenvalues of $\\Delta$, all or most of them; here of order $d^{-1/4}$",
            instances = 3)
    void farCovariancesAreToldApart(@ForAll("families") MixtureFamily family, ClaimRun run) {
        run.covers("mixture " + family);
        run.note(
                "The condition is on the eigenvalues, as the text says: a large operator norm alone, with one large eigenvalue, does not"
                        + " separate the classes.");
        Statistic error = (means, stream) -> (1 - means.modulus(POINTS, stream)) / 2;
        for (int d : new int[] {64, 256}) {
            PosteriorMeans far = new Scaling(family, 0.6, -0.25).in(d);
            double b = far.affinity();
            run.check("bound at d = " + d, b / 2, (bound, lab) -> atMost(bound, far, error, lab))
                    .falsifiedBy("b^2 / 2", b * b / 2);
            run.check(
                            "affinity at d = " + d,
                            0.25,
                            (constant, lab) -> Comparison.atMost(
                                    Math.log(b),
                                    -constant * far.squaredNorm(),
                                    64 * d * 0x1p-53,
                                    "64 d u: sums of d terms below 4, eigenvalues to 4 d u"))
                    .falsifiedBy("|D|_F^2 / 3 for |D|_F^2 / 4", 1 / 3.0);
        }
        run.check(
                        "error below 0.05 at d = 256",
                        new Scaling(family, 0.6, -0.25).in(256),
                        (means, lab) -> atMost(0.05, means, error, lab))
                .falsifiedBy("Delta of order d^(-1/2)", new Scaling(family, 0.6, 0).in(256))
                .falsifiedBy("one eigenvalue 0.9", new PosteriorMeans(oneLargeEigenvalue(256)));
    }

    private static GaussianMixture oneLargeEigenvalue(int d) {
        DMatrixRMaj delta = new DMatrixRMaj(d, d);
        delta.set(0, 0, 0.9);
        return new GaussianMixture(CommonOps_DDRM.identity(d), delta);
    }
}
