package bubeck2020;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;

/**
 * The derivative neuron {@code f_u(x) = 1{u.x >= 0} v.x} that follows labels, {@code v = sum_{u.x_i >= 0} y_i x_i} (B20, (8) and (9)).
 *
 * @param v the direction
 * @param values {@code f_u(x_i)}
 * @param active the indices i with {@code u.x_i >= 0}, as zeros and ones
 */
record TangentPair(double[] v, double[] values, double[] active) {

    /** The pair of a direction u. */
    static TangentPair of(DMatrixRMaj points, double[] u, double[] y) {
        double[] active = LinearAlgebra.product(points, u);
        double[] labels = new double[active.length];
        for (int i = 0; i < active.length; i++) {
            active[i] = active[i] >= 0 ? 1 : 0;
            labels[i] = active[i] * y[i];
        }
        double[] v = LinearAlgebra.productTransA(points, labels);
        double[] values = LinearAlgebra.product(points, v);
        for (int i = 0; i < active.length; i++) {
            values[i] *= active[i];
        }
        return new TangentPair(v, values, active);
    }

    /** {@code |v|^2}. */
    double squaredNorm() {
        return LinearAlgebra.dot(v, v);
    }

    /** {@code sum_i f_u(x_i)^2}. */
    double energy() {
        return LinearAlgebra.dot(values, values);
    }

    /** {@code sum_i y_i f_u(x_i)}. */
    double correlation(double[] y) {
        return LinearAlgebra.dot(y, values);
    }
}
