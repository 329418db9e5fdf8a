package org.lemmalab.numeric;

import org.ejml.data.DMatrixRMaj;

/** Checks of arguments; each throws an {@link IllegalArgumentException} that names the argument, its value and what is allowed. */
public final class Arguments {

    /** How far the norm of a unit vector may be from 1. */
    public static final double UNIT_TOLERANCE = 1e-9;

    private Arguments() {}

    /** Requires a finite {@code value > 0}. */
    public static double positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " = " + value + ", allowed: finite and > 0");
        }
        return value;
    }

    /** Requires {@code value >= least}. */
    public static int atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " = " + value + ", allowed: >= " + least);
        }
        return value;
    }

    /** Requires {@code actual == expected}, for instance two lengths. */
    public static void same(String name, int actual, String expectedName, int expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(name + " = " + actual + ", allowed: " + expectedName + " = " + expected);
        }
    }

    /** Requires every entry to be finite. */
    public static double[] finite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] = " + values[i] + ", allowed: finite");
            }
        }
        return values;
    }

    /** Requires at least one row, at least one column and finite entries. */
    public static DMatrixRMaj matrix(String name, DMatrixRMaj matrix) {
        atLeast("rows of " + name, matrix.numRows, 1);
        atLeast("columns of " + name, matrix.numCols, 1);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            if (!Double.isFinite(matrix.data[i])) {
                throw new IllegalArgumentException(name + "[" + i / matrix.numCols + "][" + i % matrix.numCols + "] = "
                        + matrix.data[i] + ", allowed: finite");
            }
        }
        return matrix;
    }

    /** Requires a {@linkplain #matrix matrix} whose rows have norm 1 within {@link #UNIT_TOLERANCE}. */
    public static DMatrixRMaj unitRows(String name, DMatrixRMaj matrix) {
        matrix(name, matrix);
        for (int i = 0; i < matrix.numRows; i++) {
            double sum = 0;
            for (int k = i * matrix.numCols; k < (i + 1) * matrix.numCols; k++) {
                sum += matrix.data[k] * matrix.data[k];
            }
            if (!(Math.abs(Math.sqrt(sum) - 1) <= UNIT_TOLERANCE)) {
                throw new IllegalArgumentException("norm of row " + i + " of " + name + " = " + Math.sqrt(sum)
                        + ", allowed: 1 within " + UNIT_TOLERANCE);
            }
        }
        return matrix;
    }
}
