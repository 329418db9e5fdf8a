package org.lemmalab.risk;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.numeric.GaussHermite;

/** The errors of the best predictor of a mixture's label, without restriction to a class of networks (G19, Figure 2's dotted line). */
public final class BayesRisk {
    private static final GaussHermite RULE = GaussHermite.of(120);

    private final DMatrixRMaj difference;
    private final double constant;

    /**
     * For this mixture.
     *
     * @throws IllegalArgumentException when a class's covariance is singular
     */
    public BayesRisk(GaussianMixture mixture) {
        SymmetricEigen plus = regular("covariance of +1", mixture.covarianceOfPlus());
        SymmetricEigen minus = regular("covariance of -1", mixture.covarianceOfMinus());
        difference = minus.apply(value -> 0.5 / value);
        DMatrixRMaj other = plus.apply(value -> 0.5 / value);
        double logarithms = 0;
        for (int i = 0; i < difference.getNumElements(); i++) {
            difference.data[i] -= other.data[i];
        }
        for (int i = 0; i < plus.values().length; i++) {
            logarithms += Math.log(minus.values()[i]) - Math.log(plus.values()[i]);
        }
        constant = logarithms / 2;
    }

    /**
     * The log-likelihood ratios {@code log p(x | +1) / p(x | -1)}; the best predictor of y is {@code tanh} of half of it.
     *
     * @param points n x d, one per row
     * @return length n
     * @throws IllegalArgumentException when the dimensions differ
     */
    public double[] logLikelihoodRatios(DMatrixRMaj points) {
        DMatrixRMaj image = LinearAlgebra.product(points, difference);
        double[] ratios = new double[points.numRows];
        int d = points.numCols;
        for (int i = 0; i < ratios.length; i++) {
            double sum = constant;
            for (int k = i * d; k < (i + 1) * d; k++) {
                sum += image.data[k] * points.data[k];
            }
            ratios[i] = sum;
        }
        return ratios;
    }

    /**
     * The limit of the least square error as d grows, {@code 1 - E tanh(s + sqrt(s) G)}.
     *
     * @param s {@code |Sigma^(-1/2) Delta Sigma^(-1/2)|_F^2 / 2}, at least 0
     */
    public static double squareLimit(double s) {
        return 1 - RULE.expectation(g -> Math.tanh(s + Math.sqrt(s) * g));
    }

    /** The limit of the least probability of a wrong label, {@code Phi(-sqrt(s))}; s as in {@link #squareLimit}. */
    public static double zeroOneLimit(double s) {
        return new NormalDistribution(0, 1).cumulativeProbability(-Math.sqrt(s));
    }

    private static SymmetricEigen regular(String name, DMatrixRMaj covariance) {
        SymmetricEigen eigen = LinearAlgebra.eigen(covariance);
        if (!(eigen.smallest() > 0)) {
            throw new IllegalArgumentException(
                    "smallest eigenvalue of " + name + " = " + eigen.smallest() + ", allowed: > 0");
        }
        return eigen;
    }
}
