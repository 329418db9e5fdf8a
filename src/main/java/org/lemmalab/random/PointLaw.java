package org.lemmalab.random;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;

/** The laws of a random point in {@code R^d}. */
public enum PointLaw {
    /** {@code N(0, I_d)}. */
    GAUSSIAN,
    /** Uniform on the unit sphere. */
    SPHERE,
    /** Uniform on the cube {@code {-1/sqrt d, +1/sqrt d}^d}: unit vectors. */
    CUBE,
    /** Uniform on {@code {-1, +1}^d}. */
    RADEMACHER;

    /**
     * Independent points of this law.
     *
     * @return n x d, one point per row
     * @throws IllegalArgumentException when {@code n < 0} or {@code d < 1}
     */
    public DMatrixRMaj rows(int n, int d, RandomStream s) {
        if (n < 0 || d < 1) {
            throw new IllegalArgumentException("shape is " + n + " x " + d + ", must have n >= 0 and d >= 1");
        }
        DMatrixRMaj rows = new DMatrixRMaj(n, d);
        for (int i = 0; i < n; i++) {
            System.arraycopy(point(d, s), 0, rows.data, i * d, d);
        }
        return rows;
    }

    private double[] point(int d, RandomStream s) {
        return switch (this) {
            case GAUSSIAN -> s.gaussians(d);
            case SPHERE -> onSphere(d, s);
            case CUBE -> scaled(s.signs(d), 1 / Math.sqrt(d));
            case RADEMACHER -> s.signs(d);
        };
    }

    private static double[] onSphere(int d, RandomStream s) {
        while (true) {
            double[] x = s.gaussians(d);
            double norm = LinearAlgebra.norm(x);
            if (norm > 1e-100) { // below it the squares lose digits; never seen
                for (int j = 0; j < d; j++) {
                    x[j] /= norm;
                }
                return x;
            }
        }
    }

    private static double[] scaled(double[] x, double factor) {
        for (int j = 0; j < x.length; j++) {
            x[j] *= factor;
        }
        return x;
    }
}
