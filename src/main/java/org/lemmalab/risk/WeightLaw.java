package org.lemmalab.risk;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.random.RandomStream;

/** The law {@code w ~ N(0, Gamma)} of the first-layer weights of random features (G19, assumptions A2 and B2). */
public final class WeightLaw {
    private final DMatrixRMaj gamma;
    private final SymmetricEigen eigen;
    private final DMatrixRMaj root;

    /**
     * The law of this covariance.
     *
     * @param gamma Gamma, symmetric positive semidefinite d x d; kept, not copied
     * @throws IllegalArgumentException when Gamma is not symmetric and finite or has an eigenvalue below {@code -1e-12} of the largest
     */
    public WeightLaw(DMatrixRMaj gamma) {
        this.gamma = Arguments.matrix("gamma", gamma);
        eigen = LinearAlgebra.eigen(gamma);
        if (!(eigen.smallest() >= -1e-12 * eigen.largest())) {
            throw new IllegalArgumentException(
                    "smallest eigenvalue of gamma = " + eigen.smallest() + ", allowed: >= 0");
        }
        root = eigen.apply(value -> Math.sqrt(Math.max(value, 0)));
    }

    /** {@code N(0, I/d)}. @throws IllegalArgumentException if {@code d < 1} */
    public static WeightLaw isotropic(int d) {
        DMatrixRMaj gamma = CommonOps_DDRM.identity(Arguments.atLeast("d", d, 1));
        CommonOps_DDRM.scale(1.0 / d, gamma);
        return new WeightLaw(gamma);
    }

    /** {@code N(0, Gamma)} with a diagonal Gamma. Errors as in the constructor. */
    public static WeightLaw diagonal(double... variances) {
        return new WeightLaw(CommonOps_DDRM.diag(variances));
    }

    /** The dimension d. */
    public int dimension() {
        return gamma.numRows;
    }

    /** Gamma; not a copy. */
    public DMatrixRMaj gamma() {
        return gamma;
    }

    /** Independent weights, n x d, one neuron per row. @throws IllegalArgumentException if {@code n < 1} */
    public DMatrixRMaj draw(int n, RandomStream s) {
        Arguments.atLeast("n", n, 1);
        DMatrixRMaj standard = new DMatrixRMaj(n, dimension(), true, s.gaussians(n * dimension()));
        return LinearAlgebra.product(standard, root);
    }

    /** The law D of the eigenvalues of {@code d Gamma} (A2). */
    public Spectrum spectrum() {
        return Spectrum.empirical(scaled(eigen.values()));
    }

    /** The law D of the eigenvalues of {@code d Gamma^(1/2) Sigma Gamma^(1/2)} (B2). */
    public Spectrum spectrum(GaussianMixture mixture) {
        DMatrixRMaj product = LinearAlgebra.product(LinearAlgebra.product(root, mixture.sigma()), root);
        DMatrixRMaj sum = CommonOps_DDRM.add(product, CommonOps_DDRM.transpose(product, null), null);
        CommonOps_DDRM.scale(0.5, sum);
        return Spectrum.empirical(scaled(LinearAlgebra.eigen(sum).values()));
    }

    /** {@code d |Gamma|_F^2}: 1 for {@code Gamma = I/d}. */
    public double size() {
        double norm = NormOps_DDRM.normF(gamma);
        return dimension() * norm * norm;
    }

    /** {@code d <Gamma, B>^2}. @throws IllegalArgumentException when B is not d x d */
    public double alignment(DMatrixRMaj b) {
        Arguments.same("rows of b", b.numRows, "rows of gamma", dimension());
        Arguments.same("columns of b", b.numCols, "rows of gamma", dimension());
        double product = LinearAlgebra.dot(gamma.data, b.data);
        return dimension() * product * product;
    }

    private double[] scaled(double[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = Math.max(0, dimension() * values[i]);
        }
        return result;
    }
}
