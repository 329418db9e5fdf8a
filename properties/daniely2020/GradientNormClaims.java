package daniely2020;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.numeric.ChiSquareTail;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.VanishingGap;

/**
 * The operator norm of the step of all examples but one.
 *
 * <h2>Source</h2>
 *
 * D20, Lemma 9.
 *
 * <h2>Statement</h2>
 *
 * {@code |eta G~| <= 2} with high probability when {@code m <= d q/ln^4 d}. With {@code c = ln d/(d sqrt q)}, B the supremum of {@code |s'|} and
 * {@code L = (d + q) ln 4.8638 + ln(2/delta)}, with probability {@code 1 - delta}
 *
 * <pre>{@code
 * |eta G~| <= 2 c K max(2 sqrt((m-1) L), 2 L),   K = (8/3) B,
 * }</pre>
 *
 * <p>from nets of {@code 4.8638^d} and {@code 4.8638^q} directions and Bernstein's inequality. So {@code P(|eta G~| > 2)} is at most
 * {@code exp(O(d) - Omega(min(d^2 q/(m ln^2 d), d sqrt q/ln d)))}: the paper prints the first entry alone, which is too much for m below
 * {@code d sqrt q/ln d}. At m = 2, {@code |eta G~| = c |s'(W x)| |x|}. For {@code |z|} and every m from 2 on
 *
 * <pre>{@code
 * P(|eta G~| > 2) >= (1/2) P(chi^2_d > 4 d^2/ln^2 d),      P(|eta G~| > 2) >= P(chi^2_d > 4 d^2 q/((m-1) ln^2 d)):
 * }</pre>
 *
 * <p>of {@code A + R} and {@code -A + R}, equally likely for the first summand A and the rest R, one is as long as A, which is {@code ln d |x_1|/d}; and
 * {@code eta G~} is as long as its first row, which is {@code N(0, c^2 (m-1) I_d)}. For many examples {@code |eta G~|} is about
 * {@code rho sqrt(E s'(G)^2) (1 + sqrt(q/d))}, {@code rho^2 = (m-1) ln^2 d/(d q)}, as for a Gaussian matrix; for {@code d = q = m} and {@code |z|} about
 * {@code sqrt(27/4) ln d/sqrt d}, as for the product of two.
 *
 * <h2>Instances</h2>
 *
 * Every activation at d = q = 64, m = 13, the theorem's size, and at d = 128, q = 32, m = 60; {@code |z|} at d = q = 64, m = 150, where the norm is
 * about 1.5. The limits for d = 8, 16, 32, q = d or d/4, {@code m = d^2}, and for d = q = m = 16, 32, 64. The exact laws for d from 1000 to 10^6, q from
 * {@code d^(1/2)} to d, and m = 2, {@code sqrt q}, {@code d sqrt q/ln d} and {@code d q/ln^2 d}.
 *
 * <h2>How it is checked</h2>
 *
 * Samples from {@code W = [I 0]}, the norm from the eigenvalues of the Gram matrix. The limits by {@link VanishingGap}: the largest singular
 * values of Gaussian matrices and their products have a correction of relative order {@code d^(-2/3)}. What the next ones leave was measured: 0.02 to
 * 0.04 of the limit; 0.05 is allowed. The lower bounds on the probability against {@code exp(10 d - r)} with {@code r} the exponent, 1 for the
 * constant in {@code Omega}.
 *
 * <h2>Falsifiers</h2>
 *
 * ReLU, whose mean slope is not 0; the bound without the nets' logarithm; {@code rho sqrt(E s'(G)^2)} alone; {@code 1 + q/d} for {@code 1 + sqrt(q/d)}; no
 * {@code E s'(G)^2}; the limit 2 of one square Gaussian matrix for a product's; the printed exponent, also divided by 100; the larger entry.
 */
class GradientNormClaims {
    private static final double NET = 4.8638;

    private static LeaveOneOut step(Activation s, int d, int q, int m) {
        return new LeaveOneOut(new StepSetting(s, d, q, m));
    }

    @Provide
    Arbitrary<DecentActivation> balanced() {
        return Arbitraries.of(BalancedActivations.ALL);
    }

    /** {@code 2 c K max(2 sqrt((m-1) L), 2 L)}. */
    private static double bound(LeaveOneOut step, double sup, double logNets, double delta) {
        double log = logNets + Math.log(2 / delta);
        double norm = 8.0 / 3 * sup;
        return 4 * step.setting().exampleRate() * norm * Math.max(Math.sqrt(step.others() * log), log);
    }

    @Claim(
            id = "D20.lem9.main",
            statement =
                    "P\\big(\\|\\eta \\tilde G\\| \\le 2\\big) \\ge 1 - \\exp\\Big(O(d) - \\Omega\\Big(\\min\\Big(\\frac{d^2 q}{m"
                            + " \\ln^2 d}, \\frac{d \\sqrt q}{\\ln d}\\Big)\\Big)\\Big)",
            hypotheses = "all $m$; with constants: $\\|\\eta \\tilde G\\| \\le 2cK \\max(2\\sqrt{(m-1)L}, 2L)$"
                    + " with probability at least $1 - \\delta$, $K = \\tfrac83 \\|\\sigma'\\|_\\infty$, $L = (d+q) \\ln 4.8638 +"
                    + " \\ln(2/\\delta)$",
            instances = 3)
    void theStepOfTheOthersHasNormAtMostTwo(@ForAll("balanced") DecentActivation s, ClaimRun run) {
        run.covers(s.name()).covers("m = 1: no others");
        run.note("The paper writes 'w.p. exp(O(d) - Omega(...))' for the probability of the complement.");
        run.note("The paper prints the first entry of the minimum alone: see the claim on few examples.");
        LeaveOneOut literal = step(s, 64, 64, 13);
        double scale = Math.sqrt(GaussianMoments.of(s).squaredSlope());
        for (LeaveOneOut others : List.of(literal, step(s, 128, 32, 60))) {
            StepSetting setting = others.setting();
            run.check(
                            "norm at most 2, d = " + setting.d() + ", q = " + setting.q() + ", m = " + setting.m(),
                            2.0,
                            (bound, lab) -> lab.failsAtMost(
                                    0.05, 0.15, stream -> LinearAlgebra.operatorNorm(others.draw(stream)) > bound))
                    .falsifiedBy("at most rho (E s'^2)^(1/2)", Math.sqrt(setting.shiftVariance()) * scale);
        }
        run.check(
                        "norm at most 2, d = q = 64, m = 150",
                        BalancedActivations.ABSOLUTE_VALUE,
                        (DecentActivation form, Lab lab) -> lab.failsAtMost(
                                0.05,
                                0.15,
                                stream -> LinearAlgebra.operatorNorm(
                                                step(form, 64, 64, 150).draw(stream))
                                        > 2))
                .falsifiedBy("ReLU: mean slope 1/2", DecentActivation.RELU);
        double delta = 0.05;
        run.check(
                        "explicit bound, d = q = 64, m = 13",
                        128 * Math.log(NET),
                        (nets, lab) -> lab.failsAtMost(
                                delta,
                                0.15,
                                stream ->
                                        LinearAlgebra.operatorNorm(step(BalancedActivations.ABSOLUTE_VALUE, 64, 64, 13)
                                                                .draw(stream))
                                                        > bound(literal, 1, nets, delta / 2)
                                                || LinearAlgebra.operatorNorm(literal.draw(stream))
                                                        > bound(literal, s.lipschitz(), nets, delta / 2)))
                .falsifiedBy("no nets", 0.0);
        run.check(
                        "no others",
                        1,
                        (m, lab) -> Comparison.equal(
                                LinearAlgebra.operatorNorm(step(BalancedActivations.ABSOLUTE_VALUE, 4, 2, m)
                                        .draw(lab.stream())),
                                0,
                                0,
                                "exact"))
                .falsifiedBy("one other", 2);
    }

    /** What the norm is divided by. */
    private interface Scale extends ToDoubleFunction<LeaveOneOut> {}

    @Claim(
            id = "D20.lem9.limit",
            statement =
                    "\\frac{\\|\\eta \\tilde G\\|}{\\rho \\sqrt{\\mathbb E \\sigma'(G)^2}\\, (1 + \\sqrt{q/d})} \\to 1, \\quad \\rho^2 ="
                            + " \\frac{(m-1) \\ln^2 d}{dq}; \\qquad \\frac{\\sqrt d\\, \\|\\eta \\tilde G\\|}{\\ln d} \\to \\sqrt{27/4} \\text{ for } d = q = m,"
                            + " \\sigma = |\\cdot|; \\qquad \\|\\eta \\tilde G\\| = c \\|\\sigma'(Wx)\\| \\|x\\| \\text{ for } m = 2",
            hypotheses =
                    "the first for $d, q \\to \\infty$ with $q/d$ fixed, $m/d \\to \\infty$ (here $m = d^2$); a sharper companion of Lemma 9",
            instances = 2)
    void theStepOfTheOthersIsLikeAGaussianMatrix(@ForAll("scaledActivations") DecentActivation s, ClaimRun run) {
        run.covers(s.name());
        double[] sizes = {8, 16, 32};
        double squaredSlope = GaussianMoments.of(s).squaredSlope();
        DecentActivation abs = BalancedActivations.ABSOLUTE_VALUE;
        Scale square = l -> Math.sqrt(l.setting().shiftVariance() * squaredSlope)
                * (1 + Math.sqrt((double) l.setting().q() / l.setting().d()));
        ratioLimit(run, "limit, q = d", sizes, d -> step(s, d, d, d * d), square)
                .falsifiedBy("no E s'^2", l -> square.applyAsDouble(l) / Math.sqrt(squaredSlope));
        ratioLimit(run, "limit, q = d/4", sizes, d -> step(s, d, d / 4, d * d), square)
                .falsifiedBy("1 + q/d", l -> square.applyAsDouble(l) * 1.25 / 1.5);
        Scale unit = l -> Math.log(l.setting().d()) / Math.sqrt(l.setting().d());
        ratioLimit(
                        run,
                        "limit, d = q = m",
                        new double[] {16, 32, 64},
                        d -> step(abs, d, d, d),
                        l -> Math.sqrt(6.75) * unit.applyAsDouble(l))
                .falsifiedBy("2: one Gaussian matrix", l -> 2 * unit.applyAsDouble(l));
        run.check("one other, exact", 0.5, (power, lab) -> {
                    RandomStream stream = lab.stream();
                    DecentActivation smooth = BalancedActivations.LOG_COSH;
                    StepSetting setting = new StepSetting(smooth, 9, 5, 2);
                    DMatrixRMaj point = PointLaw.GAUSSIAN.rows(1, 9, stream);
                    double[] w = new double[5];
                    TwoLayerNetwork network = setting.rotatedNetwork(stream);
                    double[] u = network.preactivations(point).data;
                    for (int j = 0; j < 5; j++) {
                        w[j] = smooth.derivative(u[j]);
                    }
                    double expected = Math.log(9)
                            / (9 * Math.pow(5, power))
                            * LinearAlgebra.norm(w)
                            * LinearAlgebra.norm(point.data);
                    double actual =
                            LinearAlgebra.operatorNorm(network.weightGradient(point, new double[] {Math.log(9) / 9}));
                    return Comparison.equal(
                            actual,
                            expected,
                            1e-12 * (1 + expected),
                            "9 dimensions, eigenvalues to 100 u of the largest");
                })
                .falsifiedBy("q for sqrt q", 1.0);
    }

    @Provide
    Arbitrary<DecentActivation> scaledActivations() {
        return Arbitraries.of(
                BalancedActivations.CUT_ABSOLUTE_VALUE,
                BalancedActivations.SHIFTED_LEAKY_RELU,
                BalancedActivations.RELU);
    }

    private static Check<Scale> ratioLimit(
            ClaimRun run, String part, double[] sizes, IntFunction<LeaveOneOut> step, Scale scale) {
        return run.check(
                part,
                scale,
                (form, lab) -> new VanishingGap(2.0 / 3, 0.05, 0.06, 0.5, sizes)
                        .decide(
                                index -> DoubleStream.of(sizes)
                                        .map(size -> {
                                            int d = (int) size;
                                            LeaveOneOut l = step.apply(d);
                                            RandomStream draws =
                                                    lab.stream().trial(index).part("d = " + d);
                                            return LinearAlgebra.operatorNorm(l.draw(draws)) / form.applyAsDouble(l)
                                                    - 1;
                                        })
                                        .toArray(),
                                lab.terms()));
    }

    /** d and q. */
    record Size(int d, int q) {
        /** The numbers of examples: 2, {@code sqrt q}, where the two entries of the minimum are equal, and {@code d q/ln^2 d}. */
        double[] examples() {
            double log = Math.log(d);
            return DoubleStream.of(2, Math.sqrt(q), d * Math.sqrt(q) / log, d * (double) q / (log * log))
                    .map(Math::floor)
                    .toArray();
        }

        /** {@code log P(|eta G~| > 2)} for {@code |z|} is at least this. */
        double logProbability(double m) {
            double square = Math.pow(2 * d / Math.log(d), 2);
            return Math.max(ChiSquareTail.logUpper(d, square), ChiSquareTail.logUpper(d, square * q / (m - 1)))
                    - Math.log(2);
        }
    }

    @Provide
    Arbitrary<Size> fewExamples() {
        return Combinators.combine(
                        Arbitraries.of(1000, 3000, 10_000, 100_000, 1_000_000), Arbitraries.of(0.5, 0.75, 1.0))
                .as((d, power) -> new Size(d, (int) Math.round(Math.pow(d, power))));
    }

    /** The exponent r(d, q, m). */
    private interface Exponent {
        double at(double d, double q, double m);
    }

    @Claim(
            id = "D20.lem9.smallm",
            statement =
                    "P\\big(\\|\\eta \\tilde G\\| > 2\\big) \\le \\exp\\Big(O(d) - \\Omega\\Big(\\frac{d^2 q}{m \\ln^2 d}\\Big)\\Big)",
            correction =
                    "P\\big(\\|\\eta \\tilde G\\| > 2\\big) \\le \\exp\\Big(O(d) - \\Omega\\Big(\\min\\Big(\\frac{d^2 q}{m \\ln^2 d},"
                            + " \\frac{d \\sqrt q}{\\ln d}\\Big)\\Big)\\Big)",
            hypotheses = "all $m$; the paper prints the event's probability for that of its complement",
            derivation =
                    "For $m = 2$ and $\\sigma = |\\cdot|$, $\\|\\eta \\tilde G\\| = \\ln d\\, \\|x_1\\|/d$ whatever $q$ is, so $P = P(\\chi^2_d"
                            + " > 4d^2/\\ln^2 d) = e^{-(2 + o(1)) d^2/\\ln^2 d}$, while $d^2 q/(2 \\ln^2 d)$ is larger by a factor $q/4$. It is the"
                            + " linear branch of Bernstein's inequality; the proof's padding with zeros leads to it too. For larger $m$ the"
                            + " probability is at least half of this one, as each label is a sign that is independent of the rest.")
    void forFewExamplesTheLinearBranchCounts(@ForAll("fewExamples") Size drawn, ClaimRun run) {
        run.covers("d = " + drawn.d).covers(drawn.q == drawn.d ? "q = d" : "q < d");
        Size[] sizes = {drawn, new Size(10_000, 10_000), new Size(1_000_000, 1000), new Size(1_000_000, 1_000_000)};
        Exponent first = (d, q, m) -> d * d * q / (m * Math.pow(Math.log(d), 2));
        Exponent linear = (d, q, m) -> d * Math.sqrt(q) / Math.log(d);
        Exponent corrected = (d, q, m) -> Math.min(first.at(d, q, m), linear.at(d, q, m));
        run.check("exact law at m = 2, lower bounds for more examples", corrected, (form, lab) -> {
                    double[] exponents = Stream.of(sizes)
                            .flatMapToDouble(
                                    size -> DoubleStream.of(size.examples()).map(m -> form.at(size.d, size.q, m)))
                            .toArray();
                    double[] logs = Stream.of(sizes)
                            .flatMapToDouble(size ->
                                    DoubleStream.of(size.examples()).map(m -> 10.0 * size.d - size.logProbability(m)))
                            .toArray();
                    return Comparison.atMost(exponents, logs, 1, "1e-12 of logarithms of at most 1.1e10");
                })
                .printedAs("d^2 q/(m ln^2 d)", first)
                .printedAs("d^2 q/(100 m ln^2 d)", (d, q, m) -> first.at(d, q, m) / 100)
                .falsifiedBy(
                        "d q/ln d for d sqrt q/ln d", (d, q, m) -> Math.min(first.at(d, q, m), d * q / Math.log(d)))
                .falsifiedBy("the larger entry", (d, q, m) -> Math.max(first.at(d, q, m), linear.at(d, q, m)))
                .falsifiedBy("d sqrt q/ln d alone", linear);
        run.check("norm at m = 2", 2.0, (power, lab) -> {
                    int d = 30;
                    int q = 7;
                    LeaveOneOut l = step(BalancedActivations.ABSOLUTE_VALUE, d, q, 2);
                    double[] x = PointLaw.GAUSSIAN.rows(1, d, lab.stream().part("sample")).data;
                    double expected = Math.log(d) / d * Math.pow(LinearAlgebra.dot(x, x), 1 / power);
                    return Comparison.equal(
                            LinearAlgebra.operatorNorm(l.draw(lab.stream().part("sample"))),
                            expected,
                            1e-12 * (1 + expected),
                            "30 dimensions, eigenvalues to 100 u of the largest");
                })
                .falsifiedBy("|x|^2 for |x|", 1.0);
    }
}
