package org.lemmalab.stats;

import org.jspecify.annotations.Nullable;

/**
 * The e-processes of a claim {@code lowerClaim <= E X <= upperClaim}, supported when {@code E X <= lowerViolation} and
 * {@code E X >= upperViolation} are excluded. An infinite end has no process; a violation outside the range is excluded by the range.
 */
final class MeanEvidence {
    private final Range range;
    private final double refuteLine;
    private final double supportLine;
    private final @Nullable Peak tooHigh;
    private final @Nullable Peak tooLow;
    private final @Nullable Peak notTooHigh;
    private final @Nullable Peak notTooLow;

    /** {@code claim} is the claimed interval, {@code allowed} the one whose outside is to be excluded. */
    MeanEvidence(Range range, Interval claim, Interval allowed, double alpha) {
        this.range = range;
        boolean twoSided = Double.isFinite(claim.low()) && Double.isFinite(claim.high());
        refuteLine = -Math.log(twoSided ? alpha / 2 : alpha);
        supportLine = -Math.log(alpha);
        double lo = range.lo();
        double hi = range.hi();
        double bias = range.bias();
        tooHigh = claim.high() >= hi && !range.cuts() ? null : above(claim.high(), lo);
        tooLow = claim.low() <= lo ? null : below(claim.low() - bias, hi);
        notTooHigh = allowed.high() > hi && !range.cuts() ? null : below(allowed.high() - bias, hi);
        notTooLow = allowed.low() < lo ? null : above(allowed.low(), lo);
    }

    private static @Nullable Peak above(double m, double lo) {
        return Double.isInfinite(m) ? null : new Peak(Betting.above(m, lo));
    }

    private static @Nullable Peak below(double m, double hi) {
        return Double.isInfinite(m) ? null : new Peak(Betting.below(m, hi));
    }

    void add(double x) {
        add(x, x);
    }

    /** An invalid trial: whatever is worst for each process. */
    void addInvalid() {
        add(range.lo(), range.hi());
    }

    private void add(double least, double most) {
        if (tooHigh != null) {
            tooHigh.add(most);
        }
        if (tooLow != null) {
            tooLow.add(range.cut(least));
        }
        if (notTooHigh != null) {
            notTooHigh.add(range.cut(most));
        }
        if (notTooLow != null) {
            notTooLow.add(least);
        }
    }

    boolean isRefuted() {
        return logRefuting() >= refuteLine;
    }

    boolean isSupported() {
        return logSupporting() >= supportLine;
    }

    Outcome outcome() {
        return isRefuted() ? Outcome.REFUTED : isSupported() ? Outcome.SUPPORTED : Outcome.INCONCLUSIVE;
    }

    /** The largest evidence against the claim so far. */
    double logRefuting() {
        return Math.max(tooHigh == null ? 0 : tooHigh.logE, tooLow == null ? 0 : tooLow.logE);
    }

    /** The smaller of the largest evidences against the two violations so far. */
    double logSupporting() {
        double a = notTooHigh == null ? Double.POSITIVE_INFINITY : notTooHigh.logE;
        double b = notTooLow == null ? Double.POSITIVE_INFINITY : notTooLow.logE;
        return Math.min(a, b);
    }

    double logE() {
        return switch (outcome()) {
            case REFUTED -> logRefuting();
            case SUPPORTED -> logSupporting();
            case INCONCLUSIVE -> Math.max(logRefuting(), logSupporting());
        };
    }

    /** An empty path with the lines of this evidence. */
    EvidencePath path() {
        return new EvidencePath(refuteLine, supportLine);
    }

    /** What a reader is shown after so many samples. */
    Decision.Look look(long samples, ConfidenceSequence sequence) {
        return Decision.Look.of(samples, sequence.mean(), sequence.interval(), logRefuting(), logSupporting());
    }

    /** Trials that a constant stream at {@code x} needs to be supported. */
    long minTrials(double x) {
        return Math.max(
                notTooHigh == null ? 1 : notTooHigh.process.minTrials(range.cut(x), supportLine),
                notTooLow == null ? 1 : notTooLow.process.minTrials(x, supportLine));
    }

    /** An e-process with the largest evidence it has shown; Ville's inequality is about that maximum. */
    private static final class Peak {
        private final Betting process;
        private double logE;

        Peak(Betting process) {
            this.process = process;
        }

        void add(double x) {
            process.add(x);
            logE = Math.max(logE, process.logE());
        }
    }
}
