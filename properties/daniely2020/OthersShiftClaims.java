package daniely2020;

import java.util.function.DoubleUnaryOperator;
import java.util.function.LongPredicate;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.numeric.ChiSquareTail;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Proportion;
import org.lemmalab.stats.Rate;
import org.lemmalab.trainer.SingleStep;

/**
 * How far the other examples move a neuron, and its pre-activation at the example left out.
 *
 * <h2>Source</h2>
 *
 * D20, proof of Claim 13, first lines.
 *
 * <h2>Statement</h2>
 *
 * Let {@code rho^2 = (m-1) ln^2 d/(d q)}, so that {@code rho <= 1/ln d} in the theorem's regime, and {@code |s'| <= L}.
 *
 * <pre>{@code
 * |eta g~_j| <= sqrt 2/ln d                                                                        for all j
 * |<eta g~_j, x_k>| <= L rho sqrt(2 ln(2 m q/delta)) |x_k|/sqrt d = O(1/sqrt(ln d))                for all j and k
 * }</pre>
 *
 * <p>For {@code |z|} the vector {@code y_i s'(<w_j, x_i>) x_i} is standard normal, hence {@code |eta g~_j|^2 ~ (rho^2/d) chi^2_d} and
 * {@code <eta g~_j, x_k> ~ N(0, rho^2 |x_k|^2/d)} given {@code x_k}. For any slope {@code |s| <= L} and symmetric Gaussian g,
 * {@code E exp(h y s g) = E cosh(h s g) <= E cosh(h L g)}: the shift is sub-Gaussian with L times that standard deviation. The second line is the
 * union bound over m q pairs, at delta = 1/100.
 *
 * <h2>Instances</h2>
 *
 * The square setting {@code q = d}, {@code m = d^2/ln^4 d}: steps on whole samples at d = 256, the exact law from d = 5504 to {@code 10^6}, moments and the
 * union bound to {@code 10^12}. The law of one shift at d = 2, q = 2, m = 4.
 *
 * <h2>How it is checked</h2>
 *
 * Events of probability 1/100 at most are told from events of probability 1/2. For the exact law the union bound over the neurons is at most
 * 1/100; each falsifier already fails for a single neuron. Orders are secant exponents in {@code ln d}, with an allowance of 1/20.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code O(1/ln^2 d)} for the norm and {@code 2/ln d} for the shift; constants below the typical size; 0.7 of the union bound, with {@code (E s'^2)^(1/2)}
 * for L, which the largest of m q nearly normal shifts exceeds in most samples; m for m - 1; d for
 * {@code |x_k|^2}; exponents off by 1/4.
 */
class OthersShiftClaims {
    private static final double DELTA = 0.01;
    private static final double ALLOWANCE = 0.05;

    @Provide
    Arbitrary<DecentActivation> slopesUpTo1() {
        return Arbitraries.of(Activations.SLOPES_UP_TO_1);
    }

    @Claim(
            id = "D20.claim13.normg",
            statement = "\\max_{j \\le q} \\|\\eta \\tilde g_j\\| = O(1/\\ln d)",
            hypotheses =
                    "with probability $1 - o(1)$ for $m \\le dq/\\ln^4 d$; the constant $\\sqrt 2$ and probability 0.99 for $|\\sigma'| \\le 1$",
            instances = 3)
    void neuronsMoveByLessThanTheInverseLogarithm(@ForAll("slopesUpTo1") DecentActivation s, ClaimRun run) {
        run.covers(s.name()).covers("exact law of the absolute value");
        double slope = Math.sqrt(GaussianMoments.of(s).squaredSlope());
        StepSetting setting = StepSetting.square(s, 256);
        run.check(
                        "all neurons, d = 256",
                        Math.sqrt(2),
                        (factor, lab) -> hardlyEver(
                                lab, i -> NeuronRun.at(run, setting, i).largestMove() > factor / Math.log(256)))
                .falsifiedBy("sqrt 2/ln^2 d", Math.sqrt(2) / Math.log(256))
                .falsifiedBy("0.9 of the typical norm", 0.9 * slope);

        double[] large = {5504, 1e4, 1e5, 1e6};
        run.check(
                        "all neurons, absolute value, exact",
                        2.0,
                        (factor, lab) -> Comparison.atMost(
                                DoubleStream.of(large)
                                        .map(d -> logAnyExceeds((int) d, factor))
                                        .toArray(),
                                Math.log(DELTA),
                                1e-9,
                                "1e-9: logarithms of exact tails, right to 1e-13 (1 + |log|)"))
                .falsifiedBy("1/ln^2 d for the square", 1.0)
                .falsifiedBy("2/ln^3 d for the square", 2 / Math.log(5504));

        double[] sizes = {5504, 1e5, 1e7};
        double[] norms = DoubleStream.of(sizes)
                .map(d -> Math.sqrt(new LeaveOneOut(StepSetting.square(s, (int) d)).meanSquare()))
                .toArray();
        run.check(
                        "order of the root mean square in ln d",
                        -1.0,
                        (b, lab) -> Rate.exact(b, ALLOWANCE, logs(sizes), norms))
                .falsifiedBy("(ln d)^-0.75", -0.75)
                .falsifiedBy("(ln d)^-1.25", -1.25);
    }

    /** Decides 'the event has probability {@code DELTA} at most' against 1/2. */
    private static Decision hardlyEver(Lab lab, LongPredicate event) {
        return Proportion.atMost(DELTA).margin(0.5).decide(i -> event.test(i) ? 1 : 0, lab.terms());
    }

    /** {@code ln(q P(|eta g~_j|^2 > factor/ln^2 d))}, q = d. */
    private static double logAnyExceeds(int d, double factor) {
        double square =
                StepSetting.square(BalancedActivations.ABSOLUTE_VALUE, d).shiftVariance();
        return Math.log(d) + ChiSquareTail.logUpper(d, d * factor / (Math.pow(Math.log(d), 2) * square));
    }

    private static double[] logs(double[] values) {
        return DoubleStream.of(values).map(Math::log).toArray();
    }

    @Provide
    Arbitrary<DecentActivation> admissible() {
        return Arbitraries.of(
                BalancedActivations.LOG_COSH,
                BalancedActivations.COSINE,
                BalancedActivations.SOFTPLUS,
                BalancedActivations.GAUSSIAN_BUMP,
                BalancedActivations.HUBER,
                BalancedActivations.CUT_SQUARE,
                BalancedActivations.CUT_ABSOLUTE_VALUE);
    }

    @Claim(
            id = "D20.claim13.inner",
            statement =
                    "\\max_{j \\le q,\\, k \\le m} |\\langle \\eta \\tilde g_j, x_k \\rangle| = O(1/\\sqrt{\\ln d})",
            hypotheses =
                    "with probability $1 - o(1)$ for $m \\le dq/\\ln^4 d$, $q \\le d$; with constants: at most $\\|\\sigma'\\|_\\infty \\rho"
                            + " \\sqrt{2 \\ln(200 m q)}\\, \\|x_k\\|/\\sqrt d$ with probability 0.99, $\\rho^2 = (m-1) \\ln^2 d/(dq)$",
            instances = 3)
    void preactivationsMoveByTheUnionBound(@ForAll("admissible") DecentActivation s, ClaimRun run) {
        run.covers(s.name()).covers("absolute value");
        run.note("At feasible sizes the largest shift is not small: about 0.55 at d = q = m = 5504.");
        StepSetting sharp = StepSetting.square(BalancedActivations.ABSOLUTE_VALUE, 256);
        run.check(
                        "all pairs, absolute value, d = 256",
                        unionBound(sharp),
                        (bound, lab) ->
                                hardlyEver(lab, i -> NeuronRun.at(run, sharp, i).largestScaledShift() > bound))
                .falsifiedBy("0.7 of it", 0.7 * unionBound(sharp))
                .falsifiedBy("2/ln d", 2 / Math.log(256));

        StepSetting setting = StepSetting.square(s, 256);
        double slope = Math.sqrt(GaussianMoments.of(s).squaredSlope());
        run.check(
                        "all pairs, d = 256",
                        s.lipschitz() * unionBound(setting),
                        (bound, lab) -> hardlyEver(
                                lab, i -> NeuronRun.at(run, setting, i).largestScaledShift() > bound))
                .falsifiedBy("0.7 of it, and (E s'^2)^(1/2) for L", 0.7 * slope * unionBound(setting));

        StepSetting small = new StepSetting(BalancedActivations.ABSOLUTE_VALUE, 2, 2, 4);
        DoubleUnaryOperator given = square -> small.shiftVariance() * square / small.d();
        run.check(
                        "law given the example, absolute value, d = 2",
                        given,
                        (DoubleUnaryOperator variance, Lab lab) -> lab.meanEquals(
                                Math.exp(ChiSquareTail.logUpper(1, 4)), 0.012, new Bounded(0, 1), stream -> {
                                    SingleStep step = small.step(small.rule().withoutHinge(), stream);
                                    double shift = step.shifts(0)[1];
                                    return shift * shift > 4 * variance.applyAsDouble(step.squaredNorms()[0]) ? 1 : 0;
                                }))
                .falsifiedBy("m for m - 1", square -> given.applyAsDouble(square) * 4 / 3)
                .falsifiedBy("d for |x_k|^2", square -> given.applyAsDouble(small.d()));

        double[] sizes = {5504, 1e6, 1e9, 1e12};
        double[] bounds = DoubleStream.of(sizes)
                .map(d -> unionBound(Math.pow(d / Math.log(d), 2) / Math.pow(Math.log(d), 2), d, d))
                .toArray();
        run.check("order of the union bound in ln d", -0.5, (b, lab) -> Rate.exact(b, ALLOWANCE, logs(sizes), bounds))
                .falsifiedBy("(ln d)^-0.25", -0.25)
                .falsifiedBy("(ln d)^-0.75", -0.75)
                .falsifiedBy("1/ln d", -1.0);
    }

    /** {@code rho sqrt(2 ln(2 m q/delta))}. */
    static double unionBound(StepSetting setting) {
        return unionBound(setting.m(), setting.d(), setting.q());
    }

    private static double unionBound(double m, double d, double q) {
        return Math.log(d) * Math.sqrt((m - 1) / (d * q) * 2 * Math.log(2 * m * q / DELTA));
    }
}
