package org.lemmalab.feature;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.kernel.Kernel;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.random.RandomStream;

/**
 * The random q-embedding {@code Psi(x) = (psi(omega_1, x), ..., psi(omega_q, x)) / sqrt(q)}, and its kernel {@code k_omega = <Psi, Psi>}, an average
 * of q independent terms with mean k (D19 section 2.6).
 *
 * @param scheme {@code (psi, mu)}
 * @param omegas {@code omega_1, ..., omega_q}, one per row; kept, not copied
 */
public record RandomEmbedding(RandomFeatureScheme scheme, DMatrixRMaj omegas) implements Kernel {

    /** @throws IllegalArgumentException when there is no omega or one is not finite */
    public RandomEmbedding {
        Arguments.matrix("omegas", omegas);
    }

    /** An embedding with q fresh omegas. @throws IllegalArgumentException if {@code q < 1} */
    public static RandomEmbedding draw(RandomFeatureScheme scheme, int q, RandomStream stream) {
        return new RandomEmbedding(scheme, scheme.draw(q, stream));
    }

    /** The number q of omegas. */
    public int size() {
        return omegas.numRows;
    }

    /**
     * {@code Psi(x_i)}.
     *
     * @param points n x d, one point per row
     * @return n x (q k), k the dimension of psi; block j of a row belongs to {@code omega_j}
     */
    public DMatrixRMaj features(DMatrixRMaj points) {
        int n = points.numRows;
        DMatrixRMaj first = scheme.features(omegas, 0, points);
        int k = first.numCols;
        DMatrixRMaj all = new DMatrixRMaj(n, Math.multiplyExact(size(), k));
        for (int j = 0; j < size(); j++) {
            CommonOps_DDRM.insert(j == 0 ? first : scheme.features(omegas, j, points), all, 0, j * k);
        }
        CommonOps_DDRM.scale(1 / Math.sqrt(size()), all);
        return all;
    }

    @Override
    public DMatrixRMaj cross(DMatrixRMaj x, DMatrixRMaj y) {
        return LinearAlgebra.productTransB(features(x), features(y));
    }

    @Override
    public DMatrixRMaj gram(DMatrixRMaj x) {
        return LinearAlgebra.gram(features(x));
    }
}
