package arora2019;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;

/**
 * Independent points around two opposite poles, with the pole as label.
 *
 * @param points n x d, rows {@code (y e_1 + 0.15 g) / |y e_1 + 0.15 g|} with standard normal g
 * @param y fair signs
 */
record TwoCaps(DMatrixRMaj points, double[] y) {
    private static final double SPREAD = 0.15;

    static TwoCaps draw(int n, int d, RandomStream stream) {
        double[] y = stream.part("labels").signs(n);
        DMatrixRMaj points = DMatrixRMaj.wrap(n, d, stream.part("points").gaussians(n * d));
        for (int i = 0; i < n; i++) {
            double[] row = new double[d];
            for (int k = 0; k < d; k++) {
                row[k] = SPREAD * points.get(i, k) + (k == 0 ? y[i] : 0);
            }
            double norm = LinearAlgebra.norm(row);
            for (int k = 0; k < d; k++) {
                points.set(i, k, row[k] / norm);
            }
        }
        return new TwoCaps(points, y);
    }
}
