package bubeck2020;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;

/**
 * The iteration of Lemma 1: k times a weak learner fits the residual, and a small step along it is added to the network.
 *
 * @param network {@code g = eta (f_1 + ... + f_k)}
 * @param learners how many networks were added, k
 * @param error {@code |g - y|^2 / |y|^2}, of the network's own predictions
 */
record Boosting(TwoLayerNetwork network, int learners, double error) {

    /** Runs k >= 1 steps. */
    static Boosting run(
            Function<double[], TwoLayerNetwork> learner, DMatrixRMaj points, double[] y, double eta, int k) {
        double[] residual = y.clone();
        List<TwoLayerNetwork> terms = new ArrayList<>();
        for (int step = 0; step < k; step++) {
            TwoLayerNetwork f = scaled(learner.apply(residual), eta);
            double[] values = f.predict(points);
            for (int i = 0; i < y.length; i++) {
                residual[i] -= values[i];
            }
            terms.add(f);
        }
        TwoLayerNetwork sum = joined(terms);
        double[] rest = sum.predict(points);
        for (int i = 0; i < y.length; i++) {
            rest[i] -= y[i];
        }
        return new Boosting(sum, k, LinearAlgebra.dot(rest, rest) / LinearAlgebra.dot(y, y));
    }

    private static TwoLayerNetwork scaled(TwoLayerNetwork f, double eta) {
        double[] outputs = f.outputs().clone();
        for (int l = 0; l < outputs.length; l++) {
            outputs[l] *= eta;
        }
        return new TwoLayerNetwork(f.weights(), f.biases(), outputs, f.activation());
    }

    /** The sum of networks with the same activation. */
    static TwoLayerNetwork joined(List<TwoLayerNetwork> terms) {
        return new TwoLayerNetwork(
                CommonOps_DDRM.concatRowsMulti(
                        terms.stream().map(TwoLayerNetwork::weights).toArray(DMatrixRMaj[]::new)),
                terms.stream().flatMapToDouble(f -> Arrays.stream(f.biases())).toArray(),
                terms.stream().flatMapToDouble(f -> Arrays.stream(f.outputs())).toArray(),
                terms.get(0).activation());
    }
}
