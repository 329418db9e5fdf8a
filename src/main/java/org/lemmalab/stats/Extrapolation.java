package org.lemmalab.stats;

import java.util.Arrays;
import java.util.List;

/** The decision of {@link Limit}. */
final class Extrapolation extends LadderDecision {
    private static final double REFUTING_WIDENING = 3;

    private final Limit claim;
    private final double factor;
    private final ConfidenceSequence value;
    private final ConfidenceSequence change;

    Extrapolation(Limit claim, Terms terms) {
        super(terms, claim.sizes(), rungs(claim, terms));
        this.claim = claim;
        factor = claim.factor();
        double lo = claim.range().lo();
        double hi = claim.range().hi();
        double slop =
                1e-12 * (Math.abs(lo) + Math.abs(hi)) * (factor + 1) / (factor - 1); // rounding of the combinations
        double f = factor / (factor - 1);
        double reach =
                (hi - lo) * (factor + 1) / (factor - 1); // R - R' = f (X_k - X_(k-1)) - (X_(k-1) - X_(k-2)) / (r^g - 1)
        value = ConfidenceSequence.bounded(
                f * lo - hi / (factor - 1) - slop, f * hi - lo / (factor - 1) + slop, terms.alpha() / 4);
        change = ConfidenceSequence.bounded(-reach - slop, reach + slop, terms.alpha() / 4);
    }

    private static ConfidenceSequence[] rungs(Limit claim, Terms terms) {
        double[] los = new double[claim.sizes().length];
        double[] his = new double[los.length];
        Arrays.fill(los, claim.range().lo());
        Arrays.fill(his, claim.range().hi());
        return sequences(los, his, terms.alpha() / 4);
    }

    @Override
    void take(double[] values) {
        super.take(values);
        int k = values.length - 1;
        double last = richardson(values[k], values[k - 1]);
        value.add(last);
        change.add(last - richardson(values[k - 1], values[k - 2]));
    }

    private double richardson(double larger, double smaller) {
        return (factor * larger - smaller) / (factor - 1);
    }

    @Override
    void takeInvalid() {
        super.takeInvalid();
        value.addInvalid();
        change.addInvalid();
    }

    /** The interval of {@code E R}, widened by so many bias proxies. */
    private static Interval widened(Interval interval, double bias, double times) {
        return new Interval(interval.low() - times * bias, interval.high() + times * bias);
    }

    private double bias() {
        return change.interval().absolute().high();
    }

    private Interval gap(int rung) {
        Interval mean = rungs[rung].interval();
        return new Interval(mean.low() - claim.limit(), mean.high() - claim.limit()).absolute();
    }

    @Override
    Outcome look() {
        double tau = claim.tau();
        double low = claim.limit() - tau;
        double high = claim.limit() + tau;
        Interval first = gap(0);
        Interval last = gap(rungs.length - 1);
        boolean near = first.high() < tau && last.high() < tau;
        Interval extrapolated = value.interval();
        double bias = bias();
        if (widened(extrapolated, bias, 1).isWithin(low, high) && (last.high() < first.low() || near)) {
            return Outcome.SUPPORTED;
        }
        boolean stays = last.low() >= first.high() / 2;
        boolean elsewhere = widened(extrapolated, bias, REFUTING_WIDENING).misses(low, high);
        return last.low() > tau && (stays || elsewhere) ? Outcome.REFUTED : Outcome.INCONCLUSIVE;
    }

    Decision decide(LadderTrial trial) {
        TrialPool.Tally tally = run(trial);
        double observed = value.mean();
        double gap = Math.abs(observed - claim.limit());
        Interval interval = isViolated() ? new Interval(Double.NaN, Double.NaN) : widened(value.interval(), bias(), 1);
        return new DecisionBuilder(outcome())
                .observed(observed, claim.limit())
                .slack(gap == 0 ? Double.NaN : claim.tau() / gap)
                .interval(interval.low(), interval.high())
                .samples(tally.used(), tally.invalid())
                .detectable(claim.limit() + claim.tau() + (interval.high() - interval.low()) * projection())
                .alpha(terms.alpha())
                .assumptions(List.of(
                        "observables " + claim.range().describe(),
                        "the bias left after extrapolation is at most the last change of the extrapolated value"))
                .tolerance("tau " + claim.tau() + ", leading correction size^-" + claim.order())
                .rungs(rungList())
                .detail(detail(tally))
                .build();
    }
}
