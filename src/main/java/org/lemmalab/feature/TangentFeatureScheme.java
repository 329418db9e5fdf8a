package org.lemmalab.feature;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * The neural tangent scheme {@code psi(w, x) = s'(<w, x>) x}, {@code w ~ N(0, I_d)}: factorized and {@code sup |s'|}-bounded on the unit sphere (D19
 * section 2.6).
 *
 * @param activation s
 * @param dimension d
 */
public record TangentFeatureScheme(Activation activation, int dimension) implements RandomFeatureScheme {

    /** @throws IllegalArgumentException if {@code d < 1} */
    public TangentFeatureScheme {
        Arguments.atLeast("dimension", dimension, 1);
    }

    @Override
    public DMatrixRMaj draw(int q, RandomStream stream) {
        return PointLaw.GAUSSIAN.rows(Arguments.atLeast("q", q, 1), dimension, stream);
    }

    @Override
    public DMatrixRMaj features(DMatrixRMaj omegas, int row, DMatrixRMaj points) {
        Arguments.same("columns of points", points.numCols, "dimension", dimension);
        DMatrixRMaj features = new DMatrixRMaj(points.numRows, dimension);
        for (int i = 0; i < points.numRows; i++) {
            double slope = activation.derivative(
                    LinearAlgebra.dot(omegas.data, row * dimension, points.data, i * dimension, dimension));
            for (int k = i * dimension; k < (i + 1) * dimension; k++) {
                features.data[k] = slope * points.data[k];
            }
        }
        return features;
    }
}
