package org.lemmalab.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sequential decision from confidence sequences on a ladder: they are looked at after 32 repetitions, whenever these have grown by a
 * quarter, and at the end. Looking is free, as the sequences hold at all times.
 */
abstract class LadderDecision {
    private static final long FIRST_LOOK = 32;

    final Terms terms;
    final double[] sizes;
    final ConfidenceSequence[] rungs;
    private long samples;
    private long nextLook = FIRST_LOOK;
    private String violated = "";
    private Outcome outcome = Outcome.INCONCLUSIVE;

    LadderDecision(Terms terms, double[] sizes, ConfidenceSequence[] rungs) {
        this.terms = terms;
        this.sizes = sizes;
        this.rungs = rungs;
    }

    /** Takes one repetition; throws IllegalArgumentException when a value is outside its range. */
    void take(double[] values) {
        for (int j = 0; j < rungs.length; j++) {
            rungs[j].add(values[j]);
        }
    }

    void takeInvalid() {
        for (ConfidenceSequence rung : rungs) {
            rung.addInvalid();
        }
    }

    /** The decision that the sequences allow now. */
    abstract Outcome look();

    /** Repetitions until constant {@code values} are supported; {@link Long#MAX_VALUE} when beyond the longest design. */
    long minTrials(double[] values) {
        boolean going = true;
        while (going && samples < terms.longestDesign()) {
            going = add(values);
        }
        return finish() == Outcome.SUPPORTED ? samples : Long.MAX_VALUE;
    }

    TrialPool.Tally run(LadderTrial trial) {
        TrialPool.Tally tally = terms.pool().run(trial, sizes.length, terms.maxTrials(), this::add);
        finish();
        return tally;
    }

    private boolean add(double[] values) {
        samples++;
        try {
            if (values.length == 0) {
                takeInvalid();
            } else {
                take(values);
            }
        } catch (IllegalArgumentException e) {
            violated = "trial " + (samples - 1) + " violates the assumption: " + e.getMessage();
            return false;
        }
        if (samples < nextLook) {
            return true;
        }
        nextLook = samples + samples / 4;
        outcome = look();
        return outcome == Outcome.INCONCLUSIVE;
    }

    private Outcome finish() {
        if (!violated.isEmpty()) {
            outcome = Outcome.INCONCLUSIVE;
        } else if (outcome == Outcome.INCONCLUSIVE && samples > 0) {
            outcome = look();
        }
        return outcome;
    }

    Outcome outcome() {
        return outcome;
    }

    boolean isViolated() {
        return !violated.isEmpty();
    }

    String detail(TrialPool.Tally tally) {
        String detail = Details.of(tally, outcome != Outcome.INCONCLUSIVE || isViolated());
        return detail.isEmpty() || violated.isEmpty() ? violated + detail : violated + "; " + detail;
    }

    /** How much an interval's width shrinks by the end of the budget. */
    double projection() {
        return Math.sqrt((double) samples / terms.maxTrials());
    }

    List<Decision.Rung> rungList() {
        List<Decision.Rung> list = new ArrayList<>();
        for (int j = 0; j < rungs.length; j++) {
            Interval interval = rungs[j].interval();
            list.add(new Decision.Rung(sizes[j], interval.low(), rungs[j].mean(), interval.high()));
        }
        return list;
    }

    /** One sequence per rung on {@code [lo_j, hi_j]}. */
    static ConfidenceSequence[] sequences(double[] los, double[] his, double alpha) {
        ConfidenceSequence[] sequences = new ConfidenceSequence[his.length];
        Arrays.setAll(sequences, j -> ConfidenceSequence.bounded(los[j], his[j], alpha));
        return sequences;
    }
}
