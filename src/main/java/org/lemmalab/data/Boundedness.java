package org.lemmalab.data;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * How far a distribution on the unit sphere is from isotropic: it is R-bounded when {@code E <u, x>^2 <= R^2 / d} for every unit u, that is for
 * {@code R^2 = d lambda_max(E x x^T)} and above; {@code 1 <= R <= sqrt(d)} (D19, section 1).
 */
public final class Boundedness {
    private Boundedness() {}

    /**
     * The least R of the uniform distribution on points.
     *
     * @param points m x d, one unit vector per row
     * @throws IllegalArgumentException if a row's norm differs from 1 by more than 1e-9
     */
    public static double of(DMatrixRMaj points) {
        double[] masses = new double[points.numRows];
        Arrays.fill(masses, 1.0 / Math.max(1, points.numRows));
        return of(points, masses);
    }

    /**
     * The least R of the distribution with these masses at the points.
     *
     * @param points m x d, one unit vector per row
     * @param masses length m, at least 0 with sum 1
     * @throws IllegalArgumentException if a row's norm differs from 1 by more than 1e-9, or the masses are not as said
     */
    public static double of(DMatrixRMaj points, double[] masses) {
        Arguments.unitRows("points", points);
        Arguments.same("length of masses", masses.length, "rows of points", points.numRows);
        double sum = 0;
        DMatrixRMaj weighted = points.copy();
        int d = points.numCols;
        for (int i = 0; i < masses.length; i++) {
            if (!(masses[i] >= 0)) {
                throw new IllegalArgumentException("masses[" + i + "] = " + masses[i] + ", allowed: >= 0");
            }
            sum += masses[i];
            for (int k = i * d; k < (i + 1) * d; k++) {
                weighted.data[k] *= Math.sqrt(masses[i]);
            }
        }
        if (!(Math.abs(sum - 1) <= 1e-9)) {
            throw new IllegalArgumentException("sum of masses = " + sum + ", allowed: 1 within 1e-9");
        }
        return Math.sqrt(d
                * LinearAlgebra.eigen(LinearAlgebra.productTransA(weighted, weighted))
                        .largest());
    }
}
