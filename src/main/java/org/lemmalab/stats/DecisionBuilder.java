package org.lemmalab.stats;

import java.util.List;

/** A decision under construction: every number is NaN, every list empty, until set. */
final class DecisionBuilder {
    private final Outcome outcome;
    private double observed = Double.NaN;
    private double claimed = Double.NaN;
    private double slack = Double.NaN;
    private double low = Double.NaN;
    private double high = Double.NaN;
    private double log10E = Double.NaN;
    private long samples;
    private long invalid;
    private double detectable = Double.NaN;
    private double alpha;
    private List<String> assumptions = List.of();
    private String tolerance = "";
    private List<Decision.Rung> rungs = List.of();
    private Decision.Path path = Decision.Path.NONE;
    private String detail = "";

    DecisionBuilder(Outcome outcome) {
        this.outcome = outcome;
    }

    DecisionBuilder observed(double observed, double claimed) {
        this.observed = observed;
        this.claimed = claimed;
        return this;
    }

    DecisionBuilder slack(double slack) {
        this.slack = slack;
        return this;
    }

    DecisionBuilder interval(double low, double high) {
        this.low = low;
        this.high = high;
        return this;
    }

    DecisionBuilder logE(double logE) {
        this.log10E = logE / Math.log(10);
        return this;
    }

    DecisionBuilder samples(long samples, long invalid) {
        this.samples = samples;
        this.invalid = invalid;
        return this;
    }

    DecisionBuilder detectable(double detectable) {
        this.detectable = detectable;
        return this;
    }

    DecisionBuilder alpha(double alpha) {
        this.alpha = alpha;
        return this;
    }

    DecisionBuilder assumptions(List<String> assumptions) {
        this.assumptions = assumptions;
        return this;
    }

    DecisionBuilder tolerance(String tolerance) {
        this.tolerance = tolerance;
        return this;
    }

    DecisionBuilder rungs(List<Decision.Rung> rungs) {
        this.rungs = rungs;
        return this;
    }

    DecisionBuilder path(Decision.Path path) {
        this.path = path;
        return this;
    }

    DecisionBuilder detail(String detail) {
        this.detail = detail;
        return this;
    }

    Decision build() {
        return new Decision(
                outcome,
                observed,
                claimed,
                slack,
                low,
                high,
                log10E,
                samples,
                invalid,
                detectable,
                alpha,
                assumptions,
                tolerance,
                rungs,
                path,
                detail);
    }
}
