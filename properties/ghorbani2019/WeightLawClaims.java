package ghorbani2019;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.RandomFeatureLimit;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;

/**
 * How the risk of random features depends on the law of the weights, and which law is best.
 *
 * <h2>Source</h2>
 *
 * G19, section 1.1 on random features, section 2.1 after Corollary 1, and Figure 1.
 *
 * <h2>Statement</h2>
 *
 * For the right-hand side r(Gamma) of (12), {@code B >= 0}, over all {@code Gamma >= 0} with {@code tr Gamma = 1}:
 *
 * <pre>{@code
 * least at     Gamma ~ (B - mu I)_+,   mu = sum_{B_i > mu} B_i / (rho d + |{i : B_i > mu}|)
 * r(Gamma) >=  t / (1 + rho),  t = (tr B)^2 / (d |B|_F^2), with equality there when all B_i > mu
 * rho large:   the best law is B / tr B + (k B / tr B - P) / (rho d),  P the projection on the range of B, k its rank
 * r(I/d) - r(B / tr B) = rho (1 - t)(1 + t + rho) / ((1 + rho)(t + rho)) > 0 unless B ~ I
 * }</pre>
 *
 * Off the eigenbasis of B, only {@code |Gamma|_F} grows. For a diagonal Gamma, (12) is 1 less a Rayleigh quotient of
 * {@code b b^T} to {@code rho d I + 1 1^T}, whose largest value is {@code b^T (rho d I + 1 1^T)^-1 b rho d / |b|^2 = 1 - t / (1 + rho)}; the sign
 * constraint gives the positive part. 'Large' is {@code rho d >= tr B / min_{B_i > 0} B_i - k}.
 *
 * <h2>Instances</h2>
 *
 * Diagonal B of dimension 1 to 8: all equal, with repeated values, of rank one, singular, with values from 1/10 to 10; rho from 0.1 to 100. Other laws:
 * isotropic, proportional to B and to its square, the best one with each variance changed by some 20 %, random ones, and all in random bases.
 *
 * <h2>How it is checked</h2>
 *
 * (12) itself, whose inner products of {@code d^2} terms leave {@code 20 d^2 u}.
 *
 * <h2>Falsifiers</h2>
 *
 * The law proportional to B at finite rho, the isotropic one, mu off by 20 %, mu as if nothing were cut off; {@code 1.1 t / (1 + rho)} and
 * {@code 1 / (1 + rho)}; {@code rho d + k} for {@code rho d}; the difference without t.
 */
class WeightLawClaims {

    /** What the eigenvalues of B look like. */
    enum Eigenvalues {
        EQUAL,
        REPEATED,
        RANK_ONE,
        SINGULAR,
        WIDE
    }

    /** B and rho. */
    record Problem(int d, Eigenvalues eigenvalues, double rho, long seed) {
        double[] diagonal() {
            RandomStream s = stream().part("B");
            double[] b = new double[d];
            Arrays.setAll(b, i -> switch (eigenvalues) {
                case EQUAL -> 1;
                case REPEATED -> i % 2 == 0 ? 2 : 0.5;
                case RANK_ONE -> i == 0 ? 3 : 0;
                case SINGULAR -> i % 2 == 0 ? s.uniform(0.5, 2) : 0;
                case WIDE -> Math.pow(10, s.uniform(-1, 1));
            });
            return b;
        }

        QuadraticTarget target() {
            return QuadraticTarget.diagonal(diagonal());
        }

        RandomStream stream() {
            return RandomStream.of(seed, "WeightLawClaims");
        }

        /** The right-hand side of (12). */
        double risk(WeightLaw law) {
            QuadraticTarget b = target();
            return RandomFeatureLimit.quadratic(2 * rho, law.alignment(b.matrix()) / b.frobeniusSquared(), law.size());
        }

        double tolerance() {
            return 20 * d * d * 0x1p-53;
        }
    }

    @Provide
    Arbitrary<Problem> problems() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(Eigenvalues.class),
                        Arbitraries.of(0.1, 0.5, 1.0, 2.0, 10.0, 100.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Problem::new);
    }

    /** A rule for the variances, given B and {@code rho d}. */
    private interface Rule {
        double[] variances(double[] b, double rhoD);
    }

    /** {@code (B - mu)_+} over its sum. */
    private static double[] best(double[] b, double cut) {
        return normalised(Arrays.stream(b).map(x -> Math.max(x - cut, 0)).toArray());
    }

    /** mu: the largest k for which the k-th of the largest values exceeds {@code sum of the k largest / (rho d + k)}. */
    private static double cut(double[] b, double rhoD) {
        double[] ascending = b.clone();
        Arrays.sort(ascending);
        double sum = 0;
        double cut = 0;
        for (int k = 1; k <= b.length; k++) {
            double value = ascending[b.length - k];
            if (value <= (sum + value) / (rhoD + k)) {
                break;
            }
            sum += value;
            cut = sum / (rhoD + k);
        }
        return cut;
    }

    private static double[] normalised(double[] values) {
        double sum = Arrays.stream(values).sum();
        return Arrays.stream(values).map(x -> x / sum).toArray();
    }

    @Claim(
            id = "G19.rf-gamma-dep",
            statement =
                    "\\operatorname*{arg\\,min}_{\\Gamma \\succeq 0,\\, \\operatorname{tr} \\Gamma = 1} \\left( 1 - \\frac{\\rho\\, d \\langle B, \\Gamma \\rangle^2}"
                            + "{\\|B\\|_F^2 (1 + \\rho\\, d \\|\\Gamma\\|_F^2)} \\right) = \\frac{(B - \\mu I)_+}{\\operatorname{tr} (B - \\mu I)_+}"
                            + " \\;\\to\\; \\frac{B}{\\operatorname{tr} B} \\quad (\\rho \\to \\infty)",
            hypotheses = "$B \\succeq 0$, not 0; $\\mu = \\sum_{B_i > \\mu} B_i / (\\rho d + |\\{i : B_i > \\mu\\}|)$")
    void theBestWeightsFollowTheTargetAsTheirNumberGrows(@ForAll("problems") Problem problem, ClaimRun run) {
        double[] b = problem.diagonal();
        double rho = problem.rho;
        double rhoD = rho * problem.d;
        boolean cutOff = Arrays.stream(best(b, cut(b, rhoD))).anyMatch(v -> v == 0);
        run.covers(problem.d == 1 ? "d = 1" : "B " + problem.eigenvalues.name().toLowerCase(Locale.ROOT))
                .covers(cutOff ? "some variances are 0" : "all variances are positive");
        run.note(
                "The law proportional to $B$, which the paper calls optimal for large $\\rho$, is the limit of the best one.");
        QuadraticTarget target = problem.target();
        double t = target.traceShare();
        double[] risks =
                others(problem, b, rhoD).stream().mapToDouble(problem::risk).toArray();

        Rule claimed = (values, scale) -> best(values, cut(values, scale));
        run.check(
                        "no law does better",
                        claimed,
                        (rule, lab) -> Comparison.atLeast(
                                risks,
                                problem.risk(WeightLaw.diagonal(rule.variances(b, rhoD))),
                                problem.tolerance(),
                                "20 d^2 u"))
                .falsifiedBy("proportional to B", (values, scale) -> normalised(values))
                .falsifiedBy("isotropic", (values, scale) -> isotropic(values.length))
                .falsifiedBy("mu too small by 20 %", (values, scale) -> best(values, 0.8 * cut(values, scale)))
                .falsifiedBy(
                        "mu as if nothing were cut off",
                        (values, scale) -> best(values, Arrays.stream(values).sum() / (scale + values.length)));

        DoubleBinaryOperator floor = (r, share) -> share / (1 + r);
        run.check(
                        "no law does better than t / (1 + rho)",
                        floor,
                        (form, lab) ->
                                Comparison.atLeast(risks, form.applyAsDouble(rho, t), problem.tolerance(), "20 d^2 u"))
                .falsifiedBy("1.1 t / (1 + rho)", (r, share) -> 1.1 * share / (1 + r))
                .falsifiedBy("1 / (1 + rho)", (r, share) -> 1 / (1 + r));
        run.check(
                        "difference of I/d and B / tr B",
                        claimedDifference(),
                        (form, lab) -> Comparison.equal(
                                problem.risk(WeightLaw.isotropic(problem.d))
                                        - problem.risk(WeightLaw.diagonal(normalised(b))),
                                form.applyAsDouble(rho, t),
                                problem.tolerance(),
                                "20 d^2 u"))
                .falsifiedBy("without t in 1 + t + rho", (r, share) -> r * (1 - share) / (share + r))
                .falsifiedBy("none", (r, share) -> 0);

        double least = Arrays.stream(b).filter(x -> x > 0).min().orElseThrow();
        long rank = Arrays.stream(b).filter(x -> x > 0).count();
        double large = Math.max(1, 2 * Arrays.stream(b).sum() / least);
        DoubleUnaryOperator denominator = x -> x;
        run.check(
                        "large rho",
                        denominator,
                        (form, lab) -> Comparison.equal(
                                best(b, cut(b, large)),
                                expanded(b, rank, form.applyAsDouble(large)),
                                problem.tolerance(),
                                "20 d^2 u"))
                .falsifiedBy("rho d + k for rho d", x -> x + rank);
    }

    private static DoubleBinaryOperator claimedDifference() {
        return (rho, t) -> rho * (1 - t) * (1 + t + rho) / ((1 + rho) * (t + rho));
    }

    /** {@code B / tr B + (k B / tr B - P) / (rho d)}. */
    private static double[] expanded(double[] b, long rank, double rhoD) {
        double[] shares = normalised(b);
        return Arrays.stream(shares)
                .map(x -> x + (rank * x - Math.signum(x)) / rhoD)
                .toArray();
    }

    private static double[] isotropic(int d) {
        double[] values = new double[d];
        Arrays.fill(values, 1.0 / d);
        return values;
    }

    /** Laws to compare with, the best one among them. */
    private static List<WeightLaw> others(Problem problem, double[] b, double rhoD) {
        RandomStream s = problem.stream().part("laws");
        double[] best = best(b, cut(b, rhoD));
        List<double[]> variances = new ArrayList<>();
        variances.add(best);
        variances.add(isotropic(b.length));
        variances.add(normalised(b));
        variances.add(normalised(Arrays.stream(b).map(x -> x * x).toArray()));
        for (int trial = 0; trial < 5; trial++) {
            variances.add(normalised(Arrays.stream(best)
                    .map(v -> v * Math.exp(0.2 * s.gaussian()))
                    .toArray()));
            variances.add(
                    normalised(Arrays.stream(b).map(x -> s.uniform(0.01, 1)).toArray()));
        }
        List<WeightLaw> laws = new ArrayList<>();
        for (double[] one : variances) {
            laws.add(WeightLaw.diagonal(one));
            DMatrixRMaj q = OrthonormalRows.draw(b.length, b.length, s);
            laws.add(new WeightLaw(LinearAlgebra.productTransA(q, LinearAlgebra.product(CommonOps_DDRM.diag(one), q))));
        }
        return laws;
    }
}
