package daniely2020;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption;
import org.lemmalab.trainer.SingleStep;
import org.lemmalab.trainer.StepOutputs;

/**
 * From one example to all of them: the examples are exchangeable, so it is enough to follow the last one.
 *
 * <h2>Source</h2>
 *
 * D20, proof of Lemma 7 ('by a union bound it is enough that the m-th example is memorised w.p. 1 - o(1/m)').
 *
 * <h2>Statement</h2>
 *
 * With F examples of m that are not memorised, {@code E F = m P(the last one is not)}, and {@code P(F >= 1) <= E F}.
 *
 * <h2>Instances</h2>
 *
 * {@code |x|}, log cosh and Huber at {@code d = q = m = 8}, where one example in ten fails; {@code |x|} at {@code d = q = 8, m = 4}, where
 * {@code E F = 0.16}.
 *
 * <h2>How it is checked</h2>
 *
 * By means over independent samples. The union bound itself, {@code 1[F >= 1] <= F}, holds sample by sample; the check weighs how far it could be
 * lowered.
 *
 * <h2>Falsifiers</h2>
 *
 * The last point a copy of the first with the opposite label (examples not exchangeable), half as many examples; the bounds {@code 0.75 E F} and
 * {@code E F/2}.
 */
class ExchangeableExamplesClaims {

    @Provide
    Arbitrary<DecentActivation> activations() {
        return Arbitraries.of(
                BalancedActivations.ABSOLUTE_VALUE, BalancedActivations.LOG_COSH, BalancedActivations.HUBER);
    }

    /** What the failures are divided by, and whether the last point copies the first. */
    private record Form(double examples, boolean copied) {}

    @Claim(
            id = "D20.union",
            statement =
                    "P(\\exists i:\\ y_i\\, h_{W^+}(x_i) \\le 0) \\le \\mathbb E\\, \\#\\{i: y_i\\, h_{W^+}(x_i) \\le 0\\}"
                            + " = m\\, P(y_m\\, h_{W^+}(x_m) \\le 0)",
            hypotheses = "the examples are independent with one law, hence exchangeable",
            instances = 3)
    void oneExampleStandsForAll(@ForAll("activations") DecentActivation s, ClaimRun run) {
        run.covers(s.name());
        StepSetting setting = new StepSetting(s, 8, 8, 8);
        run.check(
                        "failures over m less the last one's",
                        new Form(8, false),
                        (form, lab) -> lab.meanEquals(0, 0.03, new Assumption.Bounded(-1, 2), stream -> {
                            StepOutputs outputs = outputs(setting, form.copied, stream);
                            double last = outputs.margins()[7] > 0 ? 0 : 1;
                            return (8 - outputs.memorized()) / form.examples - last;
                        }))
                .falsifiedBy("the last point copies the first, with the opposite label", new Form(8, true))
                .falsifiedBy("half as many examples", new Form(4, false));
        StepSetting small = new StepSetting(BalancedActivations.ABSOLUTE_VALUE, 8, 8, 4);
        run.check(
                        "|x|, d = q = 8, m = 4: some fail, less all failures",
                        1.0,
                        (factor, lab) -> lab.meanAtMost(0, 0.02, new Assumption.Bounded(-4, 1), stream -> {
                            int failures = 4 - outputs(small, false, stream).memorized();
                            return Math.min(failures, 1) - factor * failures;
                        }))
                .falsifiedBy("0.75 E F", 0.75)
                .falsifiedBy("E F/2", 0.5);
    }

    private static StepOutputs outputs(StepSetting setting, boolean copied, RandomStream stream) {
        DMatrixRMaj points = setting.points(stream);
        double[] y = stream.signs(setting.m());
        if (copied) {
            System.arraycopy(points.data, 0, points.data, (setting.m() - 1) * setting.d(), setting.d());
            y[setting.m() - 1] = -y[0];
        }
        return new SingleStep(setting.network(), points, y, setting.rule()).outputs();
    }
}
