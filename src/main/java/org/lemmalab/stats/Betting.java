package org.lemmalab.stats;

/**
 * Evidence about a mean from a one-sided range: the capital of a gambler who bets on every next observation.
 *
 * <p>Against {@code E[X | past] <= m}, for {@code X >= lo} and no condition on the upper tail,
 *
 * <pre>{@code
 * E_n = prod_i (1 + b_i (X_i - m)),   b_i = clip(S / (Q + (m - lo) S), 0, 0.9 / (m - lo)),
 * S = sum of (X_j - m), Q = sum of (X_j - m)^2 over j < i.
 * }</pre>
 *
 * The bet maximises the bound {@code log(1 + b x) >= b x - b^2 x^2 / (1 - b (m - lo))} in the mean of the past to second order, so that rare
 * losses do not ruin it; it keeps every factor at 0.1 or above. Against {@code E[X | past] >= m} for
 * {@code X <= hi} the same mirrored. When {@code m} is the end of the range, one observation off that end is infinite evidence.
 */
public final class Betting implements EProcess {
    /** Largest share of the capital at risk. */
    static final double CAP = 0.9;

    private static final double LARGEST = 1e100;

    private final double mean;
    private final double sign;
    private final double room;
    private double sum;
    private double squares;
    private double logE;
    private long samples;

    private Betting(double mean, double sign, double room) {
        this.mean = mean;
        this.sign = sign;
        this.room = room;
    }

    /** Evidence against {@code E X <= m} for observations {@code X >= lo}; {@code m >= lo}. */
    public static Betting above(double m, double lo) {
        Check.finite("lo", lo);
        return new Betting(Check.within("m", m, lo, Double.MAX_VALUE), 1, m - lo);
    }

    /** Evidence against {@code E X >= m} for observations {@code X <= hi}; {@code m <= hi}. */
    public static Betting below(double m, double hi) {
        Check.finite("hi", hi);
        return new Betting(Check.within("m", m, -Double.MAX_VALUE, hi), -1, hi - m);
    }

    /** The same process before any observation. */
    Betting fresh() {
        return new Betting(mean, sign, room);
    }

    /** Takes the next observation; throws when it is outside the declared range. */
    @Override
    public void add(double x) {
        double gain = sign * (x - mean);
        if (!(gain >= -room) || Double.isInfinite(gain)) {
            throw new IllegalArgumentException(
                    "x = " + x + ": must be finite and " + (sign > 0 ? ">= " : "<= ") + (mean - sign * room));
        }
        samples++;
        if (room == 0) {
            logE = gain > 0 ? Double.POSITIVE_INFINITY : logE;
            return;
        }
        double kelly = sum / (squares + room * Math.abs(sum));
        double bet = kelly > 0 ? Math.min(kelly, CAP / room) : 0; // no bet before the first deviation, where 0/0 is NaN
        logE += Math.log1p(bet * gain);
        double seen = Math.min(gain, LARGEST * room); // the past may enter the bets in any way: keeps the square finite
        sum += seen;
        squares += seen * seen;
    }

    @Override
    public double logE() {
        return logE;
    }

    @Override
    public long samples() {
        return samples;
    }

    /**
     * Observations until a constant stream at {@code x} brings {@code logE} to {@code line}: the first bet is 0, all later ones are
     * {@code min(1/(d + room), 0.9/room)} with {@code d = |x - m|}. {@link Long#MAX_VALUE} when it never does.
     */
    long minTrials(double x, double line) {
        double gain = sign * (x - mean);
        if (!(gain > 0)) {
            return Long.MAX_VALUE;
        }
        if (room == 0) {
            return 1;
        }
        double needed = line / Math.log1p(Math.min(gain / (gain + room), CAP * gain / room));
        return needed < 1e15 ? 1 + (long) Math.ceil(needed * (1 - 1e-12)) : Long.MAX_VALUE;
    }
}
