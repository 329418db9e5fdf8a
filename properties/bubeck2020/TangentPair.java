package bubeck2020;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.Relu;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;

/**
 * The derivative neuron {@code f_u(x) = s'(u.x) v.x} that follows labels, {@code v = sum_i s'(u.x_i) y_i x_i} (B20, (8) and (9)): with
 * s = ReLU {@code f_u(x) = 1{u.x >= 0} v.x}.
 *
 * @param v the direction
 * @param values {@code f_u(x_i)}
 */
record TangentPair(double[] v, double[] values) {

    /** The pair of a direction u, for ReLU. */
    static TangentPair of(DMatrixRMaj points, double[] u, double[] y) {
        return of(points, u, y, Relu.INSTANCE);
    }

    /** The same for any activation: v is the gradient of {@code sum_i y_i s(u.x_i)}, and f_u the derivative of s(u.x) along v. */
    static TangentPair of(DMatrixRMaj points, double[] u, double[] y, Activation s) {
        TwoLayerNetwork neuron = new TwoLayerNetwork(DMatrixRMaj.wrap(1, u.length, u), new double[] {1}, s);
        double[] v = neuron.weightGradient(points, y).data;
        return new TangentPair(v, LinearAlgebra.product(neuron.weightFeatures(points), v));
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
