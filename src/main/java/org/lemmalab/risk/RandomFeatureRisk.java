package org.lemmalab.risk;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.kernel.ActivationGramMatrix;
import org.lemmalab.linalg.Cholesky;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.NotPositiveDefiniteException;
import org.lemmalab.linalg.SemidefiniteCholesky;
import org.lemmalab.numeric.Arguments;

/**
 * The least population risk of {@code f = sum_i a_i s(w_i . x)} with given weights, {@code min_a E (y - f(x))^2 = E y^2 - V^T U^+ V}: exact at
 * finite dimension and width (G19 (2), (4)).
 *
 * @param gram {@code U_ij = E s(w_i . x) s(w_j . x)}, N x N; kept, not copied
 * @param moments {@code V_i = E y s(w_i . x)}, length N; kept, not copied
 * @param means {@code u_i = E s(w_i . x)}, length N; kept, not copied
 * @param targetMean {@code E y}
 * @param targetNormSquared {@code E y^2}
 */
public record RandomFeatureRisk(
        DMatrixRMaj gram, double[] moments, double[] means, double targetMean, double targetNormSquared) {

    /** A feature of which those before it leave a smaller part of the square than this counts as dependent on them. */
    private static final double DEPENDENT = 1e-10;

    /** @throws IllegalArgumentException when U is not square and finite or lengths differ */
    public RandomFeatureRisk {
        Arguments.matrix("gram", gram);
        Arguments.same("columns of gram", gram.numCols, "rows of gram", gram.numRows);
        Arguments.same("length of moments", moments.length, "rows of gram", gram.numRows);
        Arguments.same("length of means", means.length, "rows of gram", gram.numRows);
    }

    /**
     * For a quadratic target: {@code V_i = E f* m(s_i) + 2 m'(s_i) w_i^T B w_i}, {@code s_i = |w_i|^2}, {@code m(v) = E s(sqrt(v) G)}.
     *
     * @param weights N x d, one neuron per row, none zero
     * @throws IllegalArgumentException when the dimensions differ or a row is zero or not finite
     */
    public static RandomFeatureRisk of(QuadraticTarget target, ClosedFormActivation activation, DMatrixRMaj weights) {
        Arguments.same("columns of weights", weights.numCols, "dimension of target", target.dimension());
        DMatrixRMaj covariance = LinearAlgebra.gram(weights);
        double[] forms = quadraticForms(weights, target.matrix());
        double[] means = means(activation, covariance);
        double[] moments = new double[forms.length];
        for (int i = 0; i < forms.length; i++) {
            moments[i] = target.mean() * means[i] + 2 * activation.meanSlope(covariance.get(i, i)) * forms[i];
        }
        return new RandomFeatureRisk(
                ActivationGramMatrix.of(activation, covariance), moments, means, target.mean(), target.normSquared());
    }

    /**
     * For a mixture: U, u and V are half the sum, half the sum and half the difference of the classes' own.
     *
     * @param weights N x d, one neuron per row, none zero
     * @throws IllegalArgumentException when the dimensions differ or a pre-activation has no variance
     */
    public static RandomFeatureRisk of(GaussianMixture mixture, ClosedFormActivation activation, DMatrixRMaj weights) {
        Arguments.same("columns of weights", weights.numCols, "dimension of mixture", mixture.dimension());
        DMatrixRMaj plus = covariance(weights, mixture.covarianceOfPlus());
        DMatrixRMaj minus = covariance(weights, mixture.covarianceOfMinus());
        double[] meansOfPlus = means(activation, plus);
        double[] meansOfMinus = means(activation, minus);
        double[] moments = new double[meansOfPlus.length];
        double[] means = new double[moments.length];
        for (int i = 0; i < moments.length; i++) {
            moments[i] = (meansOfPlus[i] - meansOfMinus[i]) / 2;
            means[i] = (meansOfPlus[i] + meansOfMinus[i]) / 2;
        }
        DMatrixRMaj gram = ActivationGramMatrix.of(activation, plus);
        CommonOps_DDRM.addEquals(gram, ActivationGramMatrix.of(activation, minus));
        CommonOps_DDRM.scale(0.5, gram);
        return new RandomFeatureRisk(gram, moments, means, 0, 1);
    }

    /**
     * For the linear target {@code b . x}, {@code x ~ N(0, I)}: {@code V_i = b . w_i E s'(|w_i| G)}.
     *
     * @param slope b, length d
     * @param weights N x d, one neuron per row, none zero
     * @throws IllegalArgumentException when the dimensions differ or a row is zero or not finite
     */
    public static RandomFeatureRisk ofLinear(double[] slope, ClosedFormActivation activation, DMatrixRMaj weights) {
        DMatrixRMaj covariance = LinearAlgebra.gram(weights);
        double[] moments = LinearAlgebra.product(weights, slope);
        for (int i = 0; i < moments.length; i++) {
            moments[i] *= activation.meanDerivative(covariance.get(i, i));
        }
        return new RandomFeatureRisk(
                ActivationGramMatrix.of(activation, covariance),
                moments,
                means(activation, covariance),
                0,
                LinearAlgebra.dot(slope, slope));
    }

    /** The same with an offset, {@code f = c + sum_i a_i s(w_i . x)}: covariances in place of second moments. */
    public RandomFeatureRisk withOffset() {
        int n = moments.length;
        DMatrixRMaj covariance = gram.copy();
        double[] centred = new double[n];
        for (int i = 0; i < n; i++) {
            centred[i] = moments[i] - targetMean * means[i];
            for (int j = 0; j < n; j++) {
                covariance.data[i * n + j] -= means[i] * means[j];
            }
        }
        return new RandomFeatureRisk(
                covariance, centred, new double[n], 0, targetNormSquared - targetMean * targetMean);
    }

    /** The risk, at least 0 up to rounding. */
    public double risk() {
        double[] risks = risks();
        return risks[risks.length - 1];
    }

    /** The risks of the first 1, ..., N features. */
    public double[] risks() {
        double[] z = halfSolved();
        double[] risks = new double[z.length];
        double explained = 0;
        for (int i = 0; i < z.length; i++) {
            explained += z[i] * z[i];
            risks[i] = targetNormSquared - explained;
        }
        return risks;
    }

    /** {@code L^-1 V} with {@code U = L L^T}; the native factorisation where U is safely regular. */
    private double[] halfSolved() {
        try {
            Cholesky factor = LinearAlgebra.cholesky(gram);
            if (factor.leastUnexplained() > DEPENDENT) {
                return factor.halfSolve(moments);
            }
        } catch (NotPositiveDefiniteException dependent) {
            return new SemidefiniteCholesky(gram, DEPENDENT).halfSolve(moments);
        }
        return new SemidefiniteCholesky(gram, DEPENDENT).halfSolve(moments);
    }

    private static DMatrixRMaj covariance(DMatrixRMaj weights, DMatrixRMaj sigma) {
        return LinearAlgebra.productTransB(LinearAlgebra.product(weights, sigma), weights);
    }

    private static double[] means(ClosedFormActivation activation, DMatrixRMaj covariance) {
        double[] means = new double[covariance.numRows];
        for (int i = 0; i < means.length; i++) {
            means[i] = activation.mean(covariance.get(i, i));
        }
        return means;
    }

    /** {@code (w_i^T B w_i)_i}. */
    private static double[] quadraticForms(DMatrixRMaj weights, DMatrixRMaj b) {
        DMatrixRMaj image = LinearAlgebra.product(weights, b);
        double[] forms = new double[weights.numRows];
        int d = weights.numCols;
        for (int i = 0; i < forms.length; i++) {
            for (int k = i * d; k < (i + 1) * d; k++) {
                forms[i] += image.data[k] * weights.data[k];
            }
        }
        return forms;
    }
}
