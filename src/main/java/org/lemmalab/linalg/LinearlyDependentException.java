package org.lemmalab.linalg;

/** Thrown when a row of a matrix depends linearly, to rounding, on the rows before it. */
public final class LinearlyDependentException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int row;

    LinearlyDependentException(int row, double ratio, double cut) {
        super("row " + row + " is " + ratio + " times its norm away from the span of the rows before it, allowed: > "
                + cut);
        this.row = row;
    }

    /** The row, from 0. */
    public int row() {
        return row;
    }
}
