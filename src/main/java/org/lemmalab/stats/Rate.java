package org.lemmalab.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides 'the observable goes like {@code size^b}', up to an allowance {@code eta} on the exponent.
 *
 * <p>The exponent is the secant exponent over the whole ladder, {@code (ln D(n_k) - ln D(n_1)) / (ln n_k - ln n_1)}. Divide the
 * observables by claimed logarithmic factors first. Refuted when the exponent's interval misses {@code [b - eta, b + eta]}, supported
 * when it lies inside; {@link #atMost} and {@link #atLeast} open one end. Two estimators:
 *
 * <ul>
 *   <li>{@link #perReplicate}: the mean over repetitions of a repetition's own secant exponent, clipped to {@code [b - 1, b + 1]}, so
 *       that it is bounded by construction; decided by {@link Betting}. An invalid or nonpositive repetition counts at the worse end.
 *       The rungs show the smallest, mean and largest observable.
 *   <li>{@link #ofMeans}: the exponent of the means, from a {@link ConfidenceSequence} per rung at {@code alpha/k}: the interval
 *       {@code [ln l_k - ln u_1, ln u_k - ln l_1] / (ln n_k - ln n_1)}, with no model. Needs observables in {@code [0, hi_j]}; an
 *       invalid repetition widens the intervals. It looks after 32 repetitions and then whenever they have grown by a quarter.
 * </ul>
 */
public final class Rate {
    /** Which ends of the claimed exponent are claimed. */
    private enum Side {
        BOTH,
        AT_MOST,
        AT_LEAST
    }

    final double exponent;
    final double allowance;
    private final double[] sizes;
    private final double[] his;
    private final Interval clip;
    private final Side side;

    private Rate(double exponent, double allowance, double[] sizes, double[] his, Interval clip, Side side) {
        this.exponent = Check.finite("b", exponent);
        this.allowance = Check.positive("eta", allowance);
        this.sizes = Check.sizes(sizes, 2);
        this.his = his;
        this.clip = clip;
        this.side = side;
    }

    /** The mean of the repetitions' own exponents is {@code b}, up to {@code eta} in (0, 1); at least two increasing sizes. */
    public static Rate perReplicate(double b, double eta, double... sizes) {
        Check.inside("eta", eta, 0, 1);
        return new Rate(b, eta, sizes, new double[0], new Interval(b - 1, b + 1), Side.BOTH);
    }

    /** The exponent of the means is {@code b}, up to {@code eta > 0}; observables at {@code sizes[j]} lie in {@code [0, his[j]]}. */
    public static Rate ofMeans(double b, double eta, double[] sizes, double[] his) {
        if (his.length != sizes.length) {
            throw new IllegalArgumentException("his: must have " + sizes.length + " entries, got " + his.length);
        }
        for (int j = 0; j < his.length; j++) {
            Check.positive("his[" + j + "]", his[j]);
        }
        return new Rate(b, eta, sizes, his.clone(), new Interval(b - 1, b + 1), Side.BOTH);
    }

    /** Only 'the exponent is at most {@code b}' is claimed. */
    public Rate atMost() {
        return new Rate(exponent, allowance, sizes, his, clip, Side.AT_MOST);
    }

    /** Only 'the exponent is at least {@code b}' is claimed. */
    public Rate atLeast() {
        return new Rate(exponent, allowance, sizes, his, clip, Side.AT_LEAST);
    }

    /** Another range for the exponents of repetitions; must contain {@code [b - eta, b + eta]} with room on both sides. */
    public Rate clippedTo(double lo, double hi) {
        Check.inside("b - eta", exponent - allowance, lo, hi);
        Check.inside("b + eta", exponent + allowance, lo, hi);
        return new Rate(exponent, allowance, sizes, his, new Interval(lo, hi), side);
    }

    /**
     * Decides for a deterministic observable at each size: no sampling, nothing to be wrong about but the numbers.
     *
     * @throws IllegalArgumentException when the lengths differ
     */
    public static Decision exact(double b, double eta, double[] sizes, double[] values) {
        return perReplicate(b, eta, sizes).decideExactly(values);
    }

    /** The same for one-sided forms: {@code Rate.perReplicate(b, eta, sizes).atMost().decideExactly(values)}. */
    public Decision decideExactly(double... values) {
        if (values.length != sizes.length) {
            throw new IllegalArgumentException("values: must be " + sizes.length + ", got " + values.length);
        }
        List<Decision.Rung> rungs = new ArrayList<>();
        for (int j = 0; j < sizes.length; j++) {
            rungs.add(new Decision.Rung(sizes[j], values[j], values[j], values[j]));
        }
        double secant = secant(values[0], values[values.length - 1]);
        Outcome outcome = Double.isFinite(secant) ? outcome(new Interval(secant, secant)) : Outcome.INCONCLUSIVE;
        return decision(outcome, secant)
                .interval(secant, secant)
                .samples(values.length, Double.isFinite(secant) ? 0 : 1)
                .detectable(side == Side.AT_LEAST ? exponent - allowance : exponent + allowance)
                .rungs(rungs)
                .detail(
                        Double.isFinite(secant)
                                ? ""
                                : "no exponent: values " + values[0] + " and " + values[values.length - 1])
                .build();
    }

    /**
     * Decides by repetitions of the whole ladder.
     *
     * @throws DesignException when constant observables that follow the claim could not be supported within the budget
     */
    public Decision decide(LadderTrial trial, Terms terms) {
        return his.length == 0
                ? new ReplicateRate(this, terms).decide(trial)
                : new MeansRate(this, terms).decide(trial);
    }

    /**
     * Repetitions that a ladder constant at the claim needs to be supported; {@link Long#MAX_VALUE} when more than 100,000 (for
     * {@link #ofMeans}).
     */
    public long minTrials(double alpha) {
        Terms terms = new Terms(alpha, 1, TrialPool.of(1));
        return his.length == 0 ? new ReplicateRate(this, terms).minTrials() : new MeansRate(this, terms).minTrials();
    }

    double[] sizes() {
        return sizes.clone();
    }

    double[] his() {
        return his.clone();
    }

    Interval clip() {
        return clip;
    }

    /** The claimed exponents. */
    Interval band() {
        return new Interval(
                side == Side.AT_MOST ? Double.NEGATIVE_INFINITY : exponent - allowance,
                side == Side.AT_LEAST ? Double.POSITIVE_INFINITY : exponent + allowance);
    }

    Outcome outcome(Interval exponents) {
        Interval band = band();
        return exponents.isWithin(band.low(), band.high())
                ? Outcome.SUPPORTED
                : exponents.misses(band.low(), band.high()) ? Outcome.REFUTED : Outcome.INCONCLUSIVE;
    }

    /** {@code ln(last/first) / ln(n_k/n_1)}; NaN or infinite when a value is not positive. */
    double secant(double first, double last) {
        return (Math.log(last) - Math.log(first)) / (Math.log(sizes[sizes.length - 1]) - Math.log(sizes[0]));
    }

    /** A decision with the fields that all forms share. */
    DecisionBuilder decision(Outcome outcome, double observed) {
        return new DecisionBuilder(outcome)
                .observed(observed, exponent)
                .slack(slack(observed))
                .tolerance("exponent " + exponent + " with allowance " + allowance);
    }

    private double slack(double observed) {
        double excess = side == Side.AT_MOST
                ? observed - exponent
                : side == Side.AT_LEAST ? exponent - observed : Math.abs(observed - exponent);
        return excess > 0 ? allowance / excess : Double.NaN;
    }

    /** The exponent just beyond what was told apart: the band's end moved by {@code width}. */
    double detectable(double width) {
        return side == Side.AT_LEAST ? exponent - allowance - width : exponent + allowance + width;
    }
}
