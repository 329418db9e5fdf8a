package org.lemmalab.trainer;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.Backend;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/** The batch of a one-pass method: its points, its labels, and the products with them. */
final class SampleBatch {
    /** Smaller products are faster in plain Java than with a call of native code. */
    private static final int SMALL = 1000;

    private final DMatrixRMaj points;
    private final SampleSource source;
    private final Backend backend;
    private double[] labels = {};

    SampleBatch(int size, DMatrixRMaj weights, SampleSource source) {
        Arguments.matrix("weights", weights);
        points = new DMatrixRMaj(Arguments.atLeast("batch", size, 1), weights.numCols);
        this.source = source;
        backend = (double) size * weights.getNumElements() <= SMALL ? LinearAlgebra.ejml() : LinearAlgebra.backend();
    }

    /** Fresh points and labels. @throws IllegalArgumentException when the source gives another number of labels */
    void draw() {
        labels = source.draw(points);
        Arguments.same("number of labels", labels.length, "batch", points.numRows);
    }

    int size() {
        return points.numRows;
    }

    double label(int i) {
        return labels[i];
    }

    /** {@code result = X W^T}: the pre-activations, batch x N. */
    void preactivations(DMatrixRMaj weights, DMatrixRMaj result) {
        backend.multiply(false, true, 1, points, weights, 0, result);
    }

    /** {@code weights += factor S^T X}, S batch x N. */
    void move(DMatrixRMaj weights, double factor, DMatrixRMaj slopes) {
        backend.multiply(true, false, factor, slopes, points, 1, weights);
    }
}
