package daniely2020;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
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
 * {@code |x|}, log cosh, cos and Huber at {@code d = q = 64, m = 13} with the sum of signs 0 and {@code sqrt q}; the identity at {@code d = 8, m = 2}, with
 * normal outputs.
 *
 * <h2>How it is checked</h2>
 *
 * The probability by counting. The weights of both steps, from twenty samples, are equal to the last bit when every example takes part.
 *
 * <h2>Falsifiers</h2>
 *
 * The hinge {@code (1 - y h)_+}, an exponent twice as large, and all signs +1 for {@code |x|}, where the hinge of half of the examples has ended.
 */
class ActiveHingeClaims {
    private static DMatrixRMaj points(int m, int d, RandomStream stream) {
        return new StepSetting(DecentActivation.IDENTITY, d, 1, m).points(stream);
    }

    /** An activation with L = 1 at q = d = 64, with the sum of signs 0 or 8. */
    record Active(DecentActivation activation, boolean balanced) {
        StepSetting setting() {
            return new StepSetting(activation, 64, 64, 13, balanced ? 0 : 8);
        }
    }

    @Provide
    Arbitrary<Active> actives() {
        return Combinators.combine(
                        Arbitraries.of(
                                BalancedActivations.ABSOLUTE_VALUE,
                                BalancedActivations.LOG_COSH,
                                BalancedActivations.COSINE,
                                BalancedActivations.HUBER),
                        Arbitraries.of(true, false))
                .as(Active::new);
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
    void everyHingeIsActive(@ForAll("actives") Active drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers(drawn.balanced ? "sum a = 0" : "sum a = sqrt q");
        StepSetting setting = drawn.setting();
        TwoLayerNetwork network = setting.network();
        double mu =
                setting.signSum() / 8.0 * GaussianMoments.of(drawn.activation).mean();
        double bound = setting.m() * Math.exp(-Math.pow(Math.log(64) - Math.abs(mu), 2) / 2);
        run.check(
                        "drawn, d = q = 64, m = 13",
                        Math.log(64),
                        (threshold, lab) ->
                                lab.failsAtMost(bound, stream -> someInactive(network, setting.m(), threshold, stream)))
                .falsifiedBy("the hinge ends at 1", 1.0);
        TwoLayerNetwork normal = new StepSetting(DecentActivation.IDENTITY, 8, 8, 2).network();
        run.check(
                        "identity, d = 8, m = 2",
                        0.5,
                        (exponent, lab) -> lab.failsAtMost(
                                2 * Math.exp(-exponent * Math.pow(Math.log(8), 2)),
                                2.4 * Math.exp(-exponent * Math.pow(Math.log(8), 2)),
                                stream -> someInactive(normal, 2, Math.log(8), stream)))
                .falsifiedBy("exponent twice as large", 1.0);
        run.check("the step is eta G when all are active", new Equality(drawn.activation, 0, true), (form, lab) -> {
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
