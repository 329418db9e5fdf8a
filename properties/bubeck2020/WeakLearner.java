package bubeck2020;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;

/**
 * A weak learner that satisfies the hypotheses of Lemma 1 with equality, {@code r.f = alpha |r|^2} and {@code |f|^2 = beta |r|^2}: on n orthonormal points the
 * two ReLU neurons {@code f(x) = max(v.x, 0) - max(-v.x, 0)}, {@code v = sum_i f_i x_i}, take the values
 * {@code f = alpha r + sqrt(beta - alpha^2) |r| e}, e a unit vector orthogonal to r. Their total weight is {@code 2 sqrt(beta) |r|}.
 *
 * @param n how many points, at least 2
 * @param alpha correlation, above 0
 * @param beta variance, at least {@code alpha^2}
 * @param seed of the points and labels
 */
record WeakLearner(int n, double alpha, double beta, long seed) {

    /** n orthonormal points in n + 1 dimensions. */
    DMatrixRMaj points() {
        return OrthonormalRows.draw(n, n + 1, stream().part("points"));
    }

    /** Labels, Gaussian. */
    double[] labels() {
        return stream().part("labels").gaussians(n);
    }

    /** {@code eta = alpha / beta}. */
    double step() {
        return alpha / beta;
    }

    /** {@code alpha^2 / beta}, what a step takes off. */
    double rate() {
        return alpha * alpha / beta;
    }

    /** {@code ceil((beta / alpha^2) log(1 / eps))}, at least 1. */
    int steps(double eps) {
        return (int) Math.ceil(Math.log(1 / eps) / rate());
    }

    /** The values f for the residual r; 0 for 0. */
    double[] values(double[] r) {
        double[] e = stream().part("directions").gaussians(n);
        double norm = LinearAlgebra.norm(r);
        if (norm == 0) {
            return new double[n];
        }
        for (int pass = 0; pass < 2; pass++) {
            double along = LinearAlgebra.dot(e, r) / (norm * norm);
            for (int i = 0; i < n; i++) {
                e[i] -= along * r[i];
            }
        }
        double aside = Math.sqrt(Math.max(0, beta - alpha * alpha)) * norm / LinearAlgebra.norm(e);
        double[] f = new double[n];
        for (int i = 0; i < n; i++) {
            f[i] = alpha * r[i] + aside * e[i];
        }
        return f;
    }

    /** The two neurons. */
    TwoLayerNetwork network(double[] r) {
        double[] v = LinearAlgebra.productTransA(points(), values(r));
        DMatrixRMaj weights = new DMatrixRMaj(2, v.length);
        for (int k = 0; k < v.length; k++) {
            weights.set(0, k, v[k]);
            weights.set(1, k, -v[k]);
        }
        return new TwoLayerNetwork(weights, new double[] {1, -1}, Relu.INSTANCE);
    }

    RandomStream stream() {
        return RandomStream.of(seed, "WeakLearner");
    }
}
