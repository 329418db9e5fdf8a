package org.lemmalab.linalg;

import java.util.Arrays;
import java.util.Comparator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** The backend in pure Java: works everywhere. */
final class EjmlBackend implements Backend {

    @Override
    public String name() {
        return "ejml";
    }

    @Override
    public void multiply(
            boolean transA, boolean transB, double alpha, DMatrixRMaj a, DMatrixRMaj b, double beta, DMatrixRMaj c) {
        Requirements.product(transA, transB, a, b, c);
        if (beta == 0) {
            c.zero();
        } else if (beta != 1) {
            CommonOps_DDRM.scale(beta, c);
        }
        if (c.getNumElements() == 0 || a.getNumElements() == 0) {
            return;
        }
        if (transA && transB) {
            CommonOps_DDRM.multAddTransAB(alpha, a, b, c);
        } else if (transA) {
            CommonOps_DDRM.multAddTransA(alpha, a, b, c);
        } else if (transB) {
            CommonOps_DDRM.multAddTransB(alpha, a, b, c);
        } else {
            CommonOps_DDRM.multAdd(alpha, a, b, c);
        }
    }

    @Override
    public DMatrixRMaj gram(DMatrixRMaj x) {
        DMatrixRMaj result = new DMatrixRMaj(x.numRows, x.numRows);
        if (x.getNumElements() > 0) {
            CommonOps_DDRM.multOuter(x, result);
        }
        return result;
    }

    @Override
    public SymmetricEigen symmetricEigen(DMatrixRMaj s) {
        DMatrixRMaj copy = Requirements.symmetricCopy(s);
        int n = copy.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(copy)) {
            return robustly(Requirements.symmetricCopy(s));
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order, Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()));
        double[] values = new double[n];
        DMatrixRMaj vectors = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            values[i] = eigen.getEigenvalue(order[i]).getReal();
            System.arraycopy(eigen.getEigenVector(order[i]).data, 0, vectors.data, i * n, n);
        }
        return new SymmetricEigen(values, vectors);
    }

    /** EJML's iteration can stall on an eigenvalue of high multiplicity, as duplicate points make it; this slower one then does not. */
    private static SymmetricEigen robustly(DMatrixRMaj s) {
        int n = s.numRows;
        double[][] rows = new double[n][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(s.data, i * n, (i + 1) * n));
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(rows, false)); // descending
        DMatrixRMaj vectors = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            System.arraycopy(eigen.getEigenvector(i).toArray(), 0, vectors.data, i * n, n);
        }
        return new SymmetricEigen(eigen.getRealEigenvalues(), vectors);
    }

    @Override
    public Cholesky cholesky(DMatrixRMaj s) {
        DMatrixRMaj copy = Requirements.symmetricCopy(s);
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(copy.numRows, true);
        if (!cholesky.decompose(copy)) {
            throw new NotPositiveDefiniteException(copy.numRows);
        }
        return new Cholesky(cholesky.getT(null));
    }
}
