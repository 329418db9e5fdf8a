package ghorbani2019;

import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.OrthonormalBasis;

/** The span of vectors taken one by one, by an orthonormal basis. */
final class Span {
    /** A vector of which those before leave a smaller part than this is dependent on them. */
    private static final double DEPENDENT = 1e-9;

    private final double[] basis;
    private final int dimension;
    private int rank;
    private double leastRemainder = 1;

    /** Of at most so many vectors of this dimension. */
    Span(int most, int dimension) {
        basis = new double[Math.min(most, dimension) * dimension];
        this.dimension = dimension;
    }

    /** Adds a vector. */
    Span with(double[] v) {
        double norm = LinearAlgebra.norm(v);
        if (norm > 0 && rank < dimension) {
            double[] outside = v.clone();
            double remainder = OrthonormalBasis.orthonormalize(outside, basis, rank) / norm;
            if (remainder > DEPENDENT) {
                leastRemainder = Math.min(leastRemainder, remainder);
                System.arraycopy(outside, 0, basis, rank * dimension, dimension);
                rank++;
            }
        }
        return this;
    }

    /** What is left of a vector outside the span. */
    double[] residual(double[] v) {
        double[] rest = v.clone();
        for (int r = 0; r < rank; r++) {
            int from = r * dimension;
            double coefficient = LinearAlgebra.dot(rest, 0, basis, from, dimension);
            for (int k = 0; k < dimension; k++) {
                rest[k] -= coefficient * basis[from + k];
            }
        }
        return rest;
    }

    /** The square of the distance of a vector from the span. */
    double distanceSquared(double[] v) {
        double[] rest = residual(v);
        return LinearAlgebra.dot(rest, rest);
    }

    /** Its dimension. */
    int rank() {
        return rank;
    }

    /** The smallest part that an independent vector had outside the span of those before it. */
    double leastRemainder() {
        return leastRemainder;
    }
}
