package org.lemmalab.data;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.random.RandomStream;

/**
 * Two centred Gaussian classes that differ in covariance (G19 section 3, the model (mg)): {@code y = +1} or {@code -1} with probability 1/2 each,
 * {@code x | +1 ~ N(0, Sigma - Delta)}, {@code x | -1 ~ N(0, Sigma + Delta)}. The class +1 is the narrow one when {@code Delta >= 0}.
 */
public final class GaussianMixture implements LabeledLaw {
    private final DMatrixRMaj sigma;
    private final DMatrixRMaj delta;
    private final DMatrixRMaj root;
    private final DMatrixRMaj inverseRoot;
    private final DMatrixRMaj rootOfPlus;
    private final DMatrixRMaj rootOfMinus;
    private final SymmetricEigen whitened;

    /**
     * The mixture.
     *
     * @param sigma Sigma, symmetric positive definite d x d; kept, not copied
     * @param delta Delta, symmetric d x d with {@code -Sigma <= Delta <= Sigma}; kept, not copied
     * @throws IllegalArgumentException when a matrix is not symmetric or finite, shapes differ, or an eigenvalue has the wrong sign
     */
    public GaussianMixture(DMatrixRMaj sigma, DMatrixRMaj delta) {
        Symmetric.require("sigma", sigma);
        Symmetric.require("delta", delta);
        Arguments.same("rows of delta", delta.numRows, "rows of sigma", sigma.numRows);
        this.sigma = sigma;
        this.delta = delta;
        SymmetricEigen eigen = LinearAlgebra.eigen(sigma);
        Arguments.positive("smallest eigenvalue of sigma", eigen.smallest());
        root = eigen.apply(Math::sqrt);
        inverseRoot = eigen.apply(value -> 1 / Math.sqrt(value));
        rootOfPlus = rootOf("sigma - delta", CommonOps_DDRM.subtract(sigma, delta, null), eigen.largest());
        rootOfMinus = rootOf("sigma + delta", CommonOps_DDRM.add(sigma, delta, null), eigen.largest());
        whitened = LinearAlgebra.eigen(whitened());
    }

    /** The mixture with {@code Sigma = I} and a diagonal Delta. Errors as in the constructor. */
    public static GaussianMixture isotropic(double... delta) {
        return new GaussianMixture(CommonOps_DDRM.identity(delta.length), CommonOps_DDRM.diag(delta));
    }

    private static DMatrixRMaj rootOf(String name, DMatrixRMaj covariance, double scale) {
        SymmetricEigen eigen = LinearAlgebra.eigen(covariance);
        if (!(eigen.smallest() >= -1e-12 * scale)) {
            throw new IllegalArgumentException(
                    "smallest eigenvalue of " + name + " = " + eigen.smallest() + ", allowed: >= 0");
        }
        return eigen.apply(value -> Math.sqrt(Math.max(value, 0)));
    }

    @Override
    public int dimension() {
        return sigma.numRows;
    }

    /** Sigma, the mean of the covariances, d x d; not a copy. */
    public DMatrixRMaj sigma() {
        return sigma;
    }

    /** Delta, half their difference, d x d; not a copy. */
    public DMatrixRMaj delta() {
        return delta;
    }

    /** The covariance of the class +1, {@code Sigma - Delta}; a new matrix. */
    public DMatrixRMaj covarianceOfPlus() {
        return CommonOps_DDRM.subtract(sigma, delta, null);
    }

    /** The covariance of the class -1, {@code Sigma + Delta}; a new matrix. */
    public DMatrixRMaj covarianceOfMinus() {
        return CommonOps_DDRM.add(sigma, delta, null);
    }

    /** {@code Sigma^(1/2)}, symmetric; not a copy. */
    public DMatrixRMaj root() {
        return root;
    }

    /** {@code Sigma^(-1/2)}, symmetric; not a copy. */
    public DMatrixRMaj inverseRoot() {
        return inverseRoot;
    }

    /** {@code Delta~ = Sigma^(-1/2) Delta Sigma^(-1/2)}, exactly symmetric; a new matrix. */
    public DMatrixRMaj whitened() {
        DMatrixRMaj product = LinearAlgebra.product(LinearAlgebra.product(inverseRoot, delta), inverseRoot);
        DMatrixRMaj sum = CommonOps_DDRM.add(product, CommonOps_DDRM.transpose(product, null), null);
        CommonOps_DDRM.scale(0.5, sum);
        return sum;
    }

    /** The eigenvalues and eigenvectors of {@code Delta~}; not a copy. */
    public SymmetricEigen whitenedEigen() {
        return whitened;
    }

    @Override
    public double[] draw(RandomStream s, DMatrixRMaj points) {
        Arguments.same("columns of points", points.numCols, "rows of sigma", dimension());
        double[] labels = s.signs(points.numRows);
        DMatrixRMaj standard =
                new DMatrixRMaj(points.numRows, points.numCols, true, s.gaussians(points.getNumElements()));
        DMatrixRMaj plus = LinearAlgebra.product(standard, rootOfPlus);
        DMatrixRMaj minus = LinearAlgebra.product(standard, rootOfMinus);
        for (int i = 0; i < labels.length; i++) {
            System.arraycopy(
                    (labels[i] > 0 ? plus : minus).data, i * dimension(), points.data, i * dimension(), dimension());
        }
        return labels;
    }
}
