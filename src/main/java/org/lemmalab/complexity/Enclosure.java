package org.lemmalab.complexity;

/**
 * An interval that contains a number.
 *
 * @param low at most the number
 * @param high at least the number
 */
public record Enclosure(double low, double high) {

    /** @throws IllegalArgumentException unless {@code low <= high} */
    public Enclosure {
        if (!(low <= high)) {
            throw new IllegalArgumentException("low = " + low + ", allowed: <= high = " + high);
        }
    }

    /** {@code high - low}. */
    public double width() {
        return high - low;
    }
}
