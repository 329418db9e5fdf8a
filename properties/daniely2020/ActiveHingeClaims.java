package daniely2020;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.SingleStep;
import org.lemmalab.trainer.StepRule;

/**
 * No hinge ends before the step, so that the step is {@code eta G}.
 *
 * <h2>Source</h2>
 *
 * D20, the sentence after Lemma 6.
 *
 * <h2>Statement</h2>
 *
 * {@code P(some y_i h_W(x_i) >= ln d) <= m exp(-(ln d - |mu|)^2/(2 L^2))}, {@code mu = (sum_j a_j / sqrt q) E s(G)}; otherwise {@code W+ = W + eta G}.
 *
 * <h2>Instances</h2>
 *
 * {@code |x|}, log cosh, cos and Huber at {@code d = q = 64, m = 13} with the sum of signs 0 and {@code sqrt q}; with normal outputs the identity at
 * {@code d = 8, m = 2} and its double at {@code d = 64, m = 2}, the same probability as {@code ln 64 = 2 ln 8}.
 *
 * <h2>How it is checked</h2>
 *
 * The probability by counting. The weights of both steps, from twenty samples, are equal to the last bit when every example takes part.
 *
 * <h2>Falsifiers</h2>
 *
 * The hinge {@code (1 - y h)_+}, an exponent twice as large, L for {@code L^2}, and all signs +1 for {@code |x|}, where the hinge of half of the examples has ended.
 */
class ActiveHingeClaims {
    private static DMatrixRMaj points(int m, int d, RandomStream stream) {
        return new StepSetting(DecentActivation.IDENTITY, d, 1, m).points(stream);
    }

    /** Activations with L = 1. */
    @Provide
    Arbitrary<DecentActivation> actives() {
        return Arbitraries.of(
                BalancedActivations.ABSOLUTE_VALUE,
                BalancedActivations.LOG_COSH,
                BalancedActivations.COSINE,
                BalancedActivations.HUBER);
    }

    /** An activation, a sum of signs, and whether only steps in which every example took part count. */
    private record Equality(DecentActivation activation, int signSum, boolean allActive) {}

    @Claim(
            id = "D20.lem6.active",
            statement =
                    "P\\big(\\exists i:\\ y_i\\, h_W(x_i) \\ge \\ln d\\big) \\le m\\, e^{-(\\ln d - |\\mu|)^2/(2 L^2)},"
                            + "\\qquad \\text{and } W^+ = W + \\eta G \\text{ otherwise}",
            hypotheses = "$|\\mu| \\le \\ln d$",
            instances = 4)
    void everyHingeIsActive(@ForAll("actives") DecentActivation drawn, ClaimRun run) {
        run.covers(drawn.name()).covers("sum a = 0").covers("sum a = sqrt q");
        for (int sum : new int[] {0, 8}) {
            StepSetting setting = new StepSetting(drawn, 64, 64, 13, sum);
            TwoLayerNetwork network = setting.network();
            double mu = sum / 8.0 * GaussianMoments.of(drawn).mean();
            double bound = setting.m() * Math.exp(-Math.pow(Math.log(64) - Math.abs(mu), 2) / 2);
            run.check(
                            sum == 0 ? "signs cancel, d = q = 64, m = 13" : "sum a = sqrt q, d = q = 64, m = 13",
                            Math.log(64),
                            (threshold, lab) -> lab.failsAtMost(
                                    bound, stream -> someInactive(network, setting.m(), threshold, stream)))
                    .falsifiedBy("the hinge ends at 1", 1.0);
        }
        twoNormalOutputs(run, "identity, d = 8, m = 2", new StepSetting(DecentActivation.IDENTITY, 8, 8, 2), 0.5)
                .falsifiedBy("exponent twice as large", 1.0);
        DecentActivation twice = DecentActivation.IDENTITY.times(2);
        double slope = twice.lipschitz();
        twoNormalOutputs(
                        run,
                        "twice the identity, d = 64, m = 2",
                        new StepSetting(twice, 64, 8, 2),
                        1 / (2 * slope * slope))
                .falsifiedBy("L for L^2", 1 / (2 * slope));
        run.check("the step is eta G when all are active", new Equality(drawn, 0, true), (form, lab) -> {
                    double largest = 0;
                    for (int trial = 0; trial < 20; trial++) {
                        StepSetting square = new StepSetting(form.activation, 36, 36, 12, form.signSum);
                        SingleStep step = square.step(lab.stream().trial(trial));
                        if (step.outputs().activeCount() == 12 || !form.allActive) {
                            StepRule rule = square.rule().withoutHinge();
                            SingleStep whole = square.step(rule, lab.stream().trial(trial));
                            largest = Math.max(largest, largestGap(step.step(), whole.step()));
                        }
                    }
                    return Comparison.equal(largest, 0, 0, "none: the same operations");
                })
                .falsifiedBy(
                        "|x|, all signs +1, active or not",
                        new Equality(BalancedActivations.ABSOLUTE_VALUE, 36, false));
    }

    /** Some output reaches {@code ln d} with probability {@code 2 exp(-e ln^2 d)} at most, e the exponent. */
    private static Check<Double> twoNormalOutputs(ClaimRun run, String part, StepSetting setting, double claimed) {
        TwoLayerNetwork network = setting.network();
        double log = Math.log(setting.d());
        return run.check(part, claimed, (exponent, lab) -> {
            double bound = 2 * Math.exp(-exponent * log * log);
            return lab.failsAtMost(bound, 1.2 * bound, stream -> someInactive(network, 2, log, stream));
        });
    }

    private static boolean someInactive(TwoLayerNetwork network, int m, double threshold, RandomStream stream) {
        double[] h = network.predict(points(m, network.dimension(), stream));
        for (double output : h) {
            if (stream.sign() * output >= threshold) {
                return true;
            }
        }
        return false;
    }

    private static double largestGap(DMatrixRMaj a, DMatrixRMaj b) {
        double largest = 0;
        for (int k = 0; k < a.data.length; k++) {
            largest = Math.max(largest, Math.abs(a.data[k] - b.data[k]));
        }
        return largest;
    }
}
