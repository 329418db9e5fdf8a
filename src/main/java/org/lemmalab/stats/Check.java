package org.lemmalab.stats;

/** Checks of arguments; every message names the argument, its value and what is allowed. */
final class Check {
    private Check() {}

    static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " = " + value + ": must be finite");
        }
        return value;
    }

    static double positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " = " + value + ": must be positive and finite");
        }
        return value;
    }

    static double nonNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " = " + value + ": must be at least 0 and finite");
        }
        return value;
    }

    /** Requires {@code low < value < high}. */
    static double inside(String name, double value, double low, double high) {
        if (!(value > low && value < high)) {
            throw new IllegalArgumentException(name + " = " + value + ": must lie in (" + low + ", " + high + ")");
        }
        return value;
    }

    /** Requires {@code low <= value <= high}. */
    static double within(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(name + " = " + value + ": must lie in [" + low + ", " + high + "]");
        }
        return value;
    }

    /** Requires at least {@code least} positive sizes in increasing order and copies them. */
    static double[] sizes(double[] sizes, int least) {
        if (sizes.length < least) {
            throw new IllegalArgumentException("sizes: must be at least " + least + ", got " + sizes.length);
        }
        for (int j = 0; j < sizes.length; j++) {
            positive("sizes[" + j + "]", sizes[j]);
            if (j > 0 && sizes[j] <= sizes[j - 1]) {
                throw new IllegalArgumentException("sizes[" + j + "] = " + sizes[j] + ": must exceed " + sizes[j - 1]);
            }
        }
        return sizes.clone();
    }
}
