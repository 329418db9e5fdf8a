package org.lemmalab.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The decision of {@link Rate#perReplicate}: a mean of clipped exponents. */
final class ReplicateRate {
    private final Rate rate;
    private final Terms terms;
    private final MeanEvidence evidence;
    private final ConfidenceSequence sequence;
    private final double[] sizes;
    private final double[] least;
    private final double[] most;
    private final double[] sum;
    private final EvidencePath path;
    private long taken;
    private long valid;
    private long nonpositive;

    ReplicateRate(Rate rate, Terms terms) {
        this.rate = rate;
        this.terms = terms;
        Range range =
                Range.of(new Assumption.Bounded(rate.clip().low(), rate.clip().high()), 0, 0);
        evidence = new MeanEvidence(range, rate.band(), rate.band(), terms.alpha());
        path = evidence.path();
        sequence = new ConfidenceSequence(range, terms.alpha());
        sizes = rate.sizes();
        least = new double[sizes.length];
        most = new double[sizes.length];
        sum = new double[sizes.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
    }

    long minTrials() {
        return evidence.minTrials(rate.exponent);
    }

    Decision decide(LadderTrial trial) {
        terms.requireReach(
                minTrials(),
                "a stream of exponents constant at " + rate.exponent,
                "exponent " + rate.exponent + ", allowance " + rate.allowance);
        TrialPool.Tally tally = terms.pool().run(trial, sizes.length, terms.maxTrials(), this::add);
        Outcome outcome = evidence.outcome();
        Interval interval = sequence.interval();
        double width = (interval.high() - interval.low()) * Math.sqrt((double) tally.used() / terms.maxTrials());
        String detail = Details.of(tally, outcome != Outcome.INCONCLUSIVE);
        String flat = nonpositive == 0 ? "" : nonpositive + " with an observable that is not positive";
        return rate.decision(outcome, sequence.mean())
                .interval(interval.low(), interval.high())
                .logE(evidence.logE())
                .samples(tally.used(), tally.invalid() + nonpositive)
                .detectable(rate.detectable(width))
                .alpha(terms.alpha())
                .assumptions(List.of("each repetition's exponent is clipped to ["
                        + rate.clip().low() + ", " + rate.clip().high() + "], so bounded by construction"))
                .rungs(rungs())
                .path(path.endingWith(evidence.look(taken, sequence)))
                .detail(detail.isEmpty() || flat.isEmpty() ? detail + flat : detail + "; " + flat)
                .build();
    }

    private boolean add(double[] values) {
        if (values.length == 0) {
            addInvalid();
        } else {
            double secant = rate.secant(values[0], values[values.length - 1]);
            if (!(values[0] > 0) || !(values[values.length - 1] > 0)) {
                nonpositive++;
                addInvalid();
            } else {
                double clipped = Math.min(
                        Math.max(secant, rate.clip().low()), rate.clip().high());
                evidence.add(clipped);
                sequence.add(clipped);
            }
            valid++;
            for (int j = 0; j < values.length; j++) {
                least[j] = Math.min(least[j], values[j]);
                most[j] = Math.max(most[j], values[j]);
                sum[j] += values[j];
            }
        }
        taken++;
        path.at(taken, () -> evidence.look(taken, sequence));
        return evidence.outcome() == Outcome.INCONCLUSIVE;
    }

    private void addInvalid() {
        evidence.addInvalid();
        sequence.addInvalid();
    }

    private List<Decision.Rung> rungs() {
        List<Decision.Rung> rungs = new ArrayList<>();
        for (int j = 0; valid > 0 && j < sizes.length; j++) {
            rungs.add(new Decision.Rung(sizes[j], least[j], sum[j] / valid, most[j]));
        }
        return rungs;
    }
}
