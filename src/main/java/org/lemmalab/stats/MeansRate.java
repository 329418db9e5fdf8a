package org.lemmalab.stats;

import java.util.Arrays;
import java.util.List;

/** The decision of {@link Rate#ofMeans}. */
final class MeansRate extends LadderDecision {
    private final Rate rate;

    MeansRate(Rate rate, Terms terms) {
        super(
                terms,
                rate.sizes(),
                sequences(new double[rate.his().length], rate.his(), terms.alpha() / rate.his().length));
        this.rate = rate;
    }

    private Interval exponents() {
        Interval first = rungs[0].interval();
        Interval last = rungs[rungs.length - 1].interval();
        return new Interval(rate.secant(first.high(), last.low()), rate.secant(first.low(), last.high()));
    }

    @Override
    Outcome look() {
        return rate.outcome(exponents());
    }

    /** The largest constants that go like {@code size^b} within the ranges. */
    private double[] favourable() {
        double scale = Double.POSITIVE_INFINITY;
        for (int j = 0; j < sizes.length; j++) {
            scale = Math.min(scale, rate.his()[j] / Math.pow(sizes[j], rate.exponent));
        }
        double[] values = new double[sizes.length];
        for (int j = 0; j < sizes.length; j++) {
            values[j] = Math.min(scale * Math.pow(sizes[j], rate.exponent), rate.his()[j]);
        }
        return values;
    }

    long minTrials() {
        return new MeansRate(rate, terms).minTrials(favourable());
    }

    Decision decide(LadderTrial trial) {
        terms.requireReach(
                minTrials(),
                "a ladder constant at " + Arrays.toString(favourable()),
                "exponent " + rate.exponent + ", allowance " + rate.allowance);
        TrialPool.Tally tally = run(trial);
        Interval interval = isViolated() ? new Interval(Double.NaN, Double.NaN) : exponents();
        return rate.decision(outcome(), rate.secant(rungs[0].mean(), rungs[rungs.length - 1].mean()))
                .interval(interval.low(), interval.high())
                .samples(tally.used(), tally.invalid())
                .detectable(rate.detectable((interval.high() - interval.low()) * projection()))
                .alpha(terms.alpha())
                .assumptions(List.of("observables bounded in [0, hi] with hi = " + Arrays.toString(rate.his())))
                .rungs(rungList())
                .detail(detail(tally))
                .build();
    }
}
