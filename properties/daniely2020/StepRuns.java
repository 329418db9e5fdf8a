package daniely2020;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Proportion;
import org.lemmalab.stats.Terms;
import org.lemmalab.trainer.SingleStep;
import org.lemmalab.trainer.StepOutputs;
import org.lemmalab.trainer.StepRule;

/** What steps on whole samples do to the outputs, and decisions about that. */
final class StepRuns {
    private static final SharedRuns<Step, Run> RUNS = new SharedRuns<>(Step::sample, Step::run);

    private StepRuns() {}

    /** A hypothesis of the theorem that a step may do without. */
    enum Flaw {
        NONE,
        /** The second example is the first one with the other label. */
        OPPOSITE_PAIR,
        /** Points {@code N(1, I_d)}: the pre-activations have mean 1. */
        SHIFTED_POINTS,
        /** All neurons start at the same unit vector. */
        EQUAL_NEURONS;

        SingleStep step(StepSetting s, StepRule rule, RandomStream stream) {
            DMatrixRMaj points = s.points(stream.part("points"));
            double[] y = stream.part("labels").signs(s.m());
            DMatrixRMaj weights = s.network().weights();
            switch (this) {
                case NONE -> {}
                case OPPOSITE_PAIR -> {
                    System.arraycopy(points.data, 0, points.data, s.d(), s.d());
                    y[1] = -y[0];
                }
                case SHIFTED_POINTS -> Arrays.setAll(points.data, k -> points.data[k] + 1);
                case EQUAL_NEURONS -> {
                    weights.zero();
                    IntStream.range(0, s.q()).forEach(j -> weights.set(j, 0, 1));
                }
            }
            return new SingleStep(s.network(weights), points, y, rule);
        }
    }

    /** A setting and how its step is made. */
    record Step(StepSetting setting, StepRule rule, Flaw flaw) {
        Step(StepSetting setting, StepRule rule) {
            this(setting, rule, Flaw.NONE);
        }

        /** The theorem's step. */
        Step(StepSetting setting) {
            this(setting, setting.rule());
        }

        /** With {@code eta = m/d}. */
        static Step withoutLogarithm(StepSetting setting) {
            return new Step(setting, setting.rule().withRate(setting.m() / (double) setting.d()));
        }

        /** Up the loss. */
        static Step uphill(StepSetting setting) {
            return new Step(setting, setting.rule().withRate(-setting.rule().rate()));
        }

        Step with(Flaw other) {
            return new Step(setting, rule, other);
        }

        /** Lemma 7's step, to {@code W + eta G}. */
        Step withoutHinge() {
            return new Step(setting, rule.withoutHinge(), flaw);
        }

        private String sample() {
            return setting.activation().name() + " " + setting.d() + " " + setting.q() + " " + setting.m() + " "
                    + setting.signSum();
        }

        private Run run(RandomStream stream) {
            return new Run(setting, flaw.step(setting, rule, stream).outputs());
        }
    }

    /**
     * What a step did to the outputs at its sample. Margins and jumps are over {@code ln d}.
     *
     * @param setting of the step
     * @param outputs at all examples
     */
    record Run(StepSetting setting, StepOutputs outputs) {
        /** How many examples have a margin that is not positive. */
        int missed() {
            return setting.m() - outputs.memorized();
        }

        /** The share of the examples that are memorised. */
        double memorized() {
            return 1 - missed() / (double) setting.m();
        }

        double leastMargin() {
            return Arrays.stream(outputs.margins()).min().orElseThrow() / log();
        }

        double largestMargin() {
            return Arrays.stream(outputs.margins()).max().orElseThrow() / log();
        }

        double meanMargin() {
            return mean(outputs.margins()) / log();
        }

        double leastJump() {
            return Arrays.stream(outputs.jumps()).min().orElseThrow() / log();
        }

        double meanJump() {
            return mean(Arrays.stream(outputs.jumps()).map(jump -> jump / log()).toArray());
        }

        /** The standard deviation of the leave-one-out outputs over the sample, not over {@code ln d}. */
        double noise() {
            double mean = mean(outputs.leaveOneOut());
            return Math.sqrt(mean(Arrays.stream(outputs.leaveOneOut())
                    .map(h -> Math.pow(h - mean, 2))
                    .toArray()));
        }

        /** How many examples are memorised and do not have this label, or have it and are not memorised. */
        int differs(double label) {
            double[] margins = outputs.margins();
            return count(k -> (margins[k] > 0) != (outputs.y()[k] == label));
        }

        /** How many examples take part in the step and do not have this label, or have it and do not take part. */
        int activeDiffers(double label) {
            return count(k -> outputs.active()[k] != (outputs.y()[k] == label));
        }

        private int count(IntPredicate holds) {
            return (int) IntStream.range(0, outputs.size()).filter(holds).count();
        }

        private double log() {
            return Math.log(setting.d());
        }

        private static double mean(double[] values) {
            return Arrays.stream(values).average().orElseThrow();
        }
    }

    /** Step number {@code index}; another rule meets the same sample. */
    static Run at(ClaimRun run, Step step, long index) {
        return RUNS.at(run, step, index);
    }

    /** Decides 'the event happens in one of ten runs at most' against one in two. */
    static Decision rarely(Terms terms, LongPredicate event) {
        return Proportion.atMost(0.1).margin(0.5).decide(index -> event.test(index) ? 1 : 0, terms);
    }

    /** Decides of every step of a ladder 'its run is bad with probability 0.1 at most' against 0.5, until one is refuted. */
    static Decision rarely(ClaimRun run, Lab lab, List<Step> ladder, Predicate<Run> bad) {
        return decide(run, lab, ladder, setting -> bad, StepRuns::rarely);
    }

    /** The same of 'no run is bad' against 0.5. */
    static Decision never(ClaimRun run, Lab lab, List<Step> ladder, Predicate<Run> bad) {
        return decide(
                run,
                lab,
                ladder,
                setting -> bad,
                (terms, event) -> Proportion.atMost(0).margin(0.5).decide(index -> event.test(index) ? 1 : 0, terms));
    }

    /** The same where a run is bad when a quantity is farther from the claimed value than allowed. */
    static Decision near(
            ClaimRun run,
            Lab lab,
            List<Step> ladder,
            ToDoubleFunction<Run> quantity,
            ToDoubleFunction<StepSetting> claimed,
            ToDoubleFunction<StepSetting> allowed) {
        return decide(
                run,
                lab,
                ladder,
                setting -> {
                    double value = claimed.applyAsDouble(setting);
                    double within = allowed.applyAsDouble(setting);
                    return r -> !(Math.abs(quantity.applyAsDouble(r) - value) <= within);
                },
                StepRuns::rarely);
    }

    private static Decision decide(
            ClaimRun run,
            Lab lab,
            List<Step> ladder,
            Function<StepSetting, Predicate<Run>> events,
            BiFunction<Terms, LongPredicate, Decision> test) {
        List<Decision> decisions = new ArrayList<>();
        for (Step step : ladder) {
            Predicate<Run> bad = events.apply(step.setting);
            Terms terms = new Terms(
                    lab.terms().alpha() / ladder.size(),
                    lab.terms().maxTrials(),
                    lab.terms().pool());
            Decision decision = test.apply(terms, index -> bad.test(at(run, step, index)));
            decisions.add(decision);
            if (decision.isRefuted()) {
                break;
            }
        }
        return Decision.worst(decisions);
    }
}
