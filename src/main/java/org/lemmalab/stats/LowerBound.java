package org.lemmalab.stats;

import java.util.Arrays;

/** The lower half of a {@link ConfidenceSequence}, for values {@code >= 0}; the scale only steers the bets. */
final class LowerBound {
    private final double scale;
    private final double line;
    private double[] values = new double[64];
    private double[] bets = new double[64];
    private int samples;
    private double largest;
    private double mean;
    private double squares;

    LowerBound(double scale, double line) {
        this.scale = scale;
        this.line = line;
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
        bets[samples] = Math.sqrt(2 * line / (variance * i * Math.log1p(i)));
        samples++;
        largest = Math.max(largest, x);
        double step = x - mean; // Welford, with the regularising observation as the first
        mean += step / (i + 1);
        squares += step * (x - mean);
    }

    /** The largest {@code m} that is excluded from above; 0 when none is. */
    double value() {
        return Interval.largest(0, largest, m -> logE(m) >= line);
    }

    private double logE(double m) {
        double cap = Betting.CAP / m;
        double log = 0;
        for (int i = 0; i < samples; i++) {
            log += Math.log1p(Math.min(bets[i], cap) * (values[i] - m));
        }
        return log;
    }
}
