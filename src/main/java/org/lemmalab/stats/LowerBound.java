package org.lemmalab.stats;

import java.util.Arrays;

/** The lower half of a {@link ConfidenceSequence}, for values {@code >= 0}; the scale only steers the bets. */
final class LowerBound {
    private static final int STRATEGIES = 12;
    private static final double FIRST_HORIZON = 16;
    private static final double RATIO = 4;

    private final double scale;
    private final double line;
    private double[] values = new double[64];
    private double[] bets = new double[64]; // for a horizon of 1
    private int samples;
    private double largest;
    private double mean;
    private double squares;

    LowerBound(double scale, double line) {
        this.scale = scale;
        this.line = line + Math.log(STRATEGIES);
        mean = scale / 2;
        squares = scale * scale / 4;
    }

    void add(double x) {
        if (samples == values.length) {
            values = Arrays.copyOf(values, 2 * samples);
            bets = Arrays.copyOf(bets, 2 * samples);
        }
        double i = samples + 1.0;
        double variance = Math.max(squares / i, 1e-30 * scale * scale);
        values[samples] = x;
        bets[samples] = Math.sqrt(2 * line / variance);
        samples++;
        largest = Math.max(largest, x);
        double step = x - mean; // Welford, with the regularising observation as the first
        mean += step / (i + 1);
        squares += step * (x - mean);
    }

    /** The largest {@code m} that is excluded from above by a strategy of a horizon near the present; 0 when none is. */
    double value() {
        double value = 0;
        double horizon = FIRST_HORIZON;
        for (int j = 0; j < STRATEGIES; j++, horizon *= RATIO) {
            if (horizon <= RATIO * samples && samples <= RATIO * horizon) {
                double share = 1 / Math.sqrt(horizon);
                double known = value;
                if (known == 0 || logE(known, share) >= line) {
                    value = Interval.largest(known, largest, m -> logE(m, share) >= line);
                }
            }
        }
        return value;
    }

    /** One logarithm per 16 factors: each lies in [0.1, 2^50], as bisection keeps {@code m >= 2^-50 largest}. */
    private double logE(double m, double share) {
        double cap = Betting.CAP / m;
        double log = 0;
        double product = 1;
        for (int i = 0; i < samples; i++) {
            product *= 1 + Math.min(bets[i] * share, cap) * (values[i] - m);
            if ((i & 15) == 15) {
                log += Math.log(product);
                product = 1;
            }
        }
        return log + Math.log(product);
    }
}
