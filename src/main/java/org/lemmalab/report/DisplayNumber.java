package org.lemmalab.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them: four significant digits, whole numbers in full, a dash for what is missing. */
public final class DisplayNumber {

    /** Stands for a number that does not apply. */
    public static final String MISSING = "–";

    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final MathContext TWO_DIGITS_UP = new MathContext(2, RoundingMode.CEILING);

    private DisplayNumber() {}

    /** The value with four significant digits, such as {@code 0.9321}, {@code 1,169} or {@code 3.2e-14}. */
    public static String of(@Nullable Double value) {
        if (value == null || value.isNaN()) {
            return MISSING;
        }
        if (value.isInfinite()) {
            return value > 0 ? "∞" : "-∞";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e6) {
            return count((long) (double) value);
        }
        if (size >= 1000 && size < 1e6) {
            return count(new BigDecimal(value).round(FOUR_DIGITS).longValue());
        }
        if (size >= 1e-4 && size < 1000) {
            return new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros().toPlainString();
        }
        return scientific(value, 3);
    }

    /** A count with thousands grouped, such as {@code 12,345}. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** The value next to another one: where four digits do not tell them apart, with their difference, as {@code 1 + 3e-14}. */
    public static String beside(@Nullable Double reference, @Nullable Double value) {
        String text = of(value);
        if (reference == null || value == null || value.equals(reference) || !text.equals(of(reference))) {
            return text;
        }
        double difference = value - reference;
        return Double.isFinite(difference)
                ? text + (difference < 0 ? " − " : " + ") + scientific(Math.abs(difference), 1)
                : text;
    }

    /** A probability with two digits, rounded up: {@code 1e-9}; what is too small for a double reads {@code < 1e-300}. */
    public static String probability(@Nullable Double value) {
        if (value == null || !(value >= 0) || value > 1) {
            return of(value);
        }
        if (value < 1e-300) {
            return "< 1e-300";
        }
        // to 12 digits first, so that the rounding error of a sum is not rounded up
        BigDecimal up = BigDecimal.valueOf(value).round(new MathContext(12)).round(TWO_DIGITS_UP);
        return of(up.doubleValue());
    }

    /** An error rate: that of a check without sampling is 0 and reads {@code none}. */
    public static String errorRate(double alpha) {
        return alpha == 0 ? "none" : probability(alpha);
    }

    /** The exponent of an e-value with one decimal, such as {@code 12.3}. */
    public static String exponent(@Nullable Double log10) {
        return log10 == null || !Double.isFinite(log10) ? MISSING : String.format(Locale.ROOT, "%.1f", log10);
    }

    /** A duration in seconds, or minutes from two minutes on. */
    public static String seconds(double value) {
        if (!Double.isFinite(value)) {
            return MISSING;
        }
        return value < 120
                ? String.format(Locale.ROOT, value < 10 ? "%.2f s" : "%.1f s", value)
                : String.format(Locale.ROOT, "%.1f min", value / 60);
    }

    /** An interval, such as {@code [0.92, 0.94]}; a dash for none and for a single point. */
    public static String interval(@Nullable Double low, @Nullable Double high) {
        String from = of(low);
        String to = of(high);
        boolean none = from.equals(MISSING) && to.equals(MISSING) || low != null && low.equals(high);
        return none ? MISSING : "[" + from + ", " + to + "]";
    }

    private static String scientific(double value, int decimals) {
        String[] parts =
                String.format(Locale.ROOT, "%." + decimals + "e", value).split("e");
        return new BigDecimal(parts[0]).stripTrailingZeros().toPlainString() + "e" + Integer.parseInt(parts[1]);
    }
}
