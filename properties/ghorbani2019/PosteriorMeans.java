package ghorbani2019;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.BayesRisk;

/**
 * What the best predictors of a mixture's label achieve, from draws of points: with L the log-likelihood ratio of the classes,
 * {@code E (y - E(y|x))^2 = 1 - E tanh(L/2)^2}, and {@code 1 - E |tanh(L/2)|} is twice the least probability of a wrong label.
 */
final class PosteriorMeans {
    private final GaussianMixture mixture;
    private final BayesRisk bayes;

    PosteriorMeans(GaussianMixture mixture) {
        this.mixture = mixture;
        this.bayes = new BayesRisk(mixture);
    }

    /** This family's mixture in dimension d with Delta multiplied by a factor. */
    static GaussianMixture scaled(MixtureFamily family, int d, double factor) {
        DMatrixRMaj delta = family.of(d).delta().copy();
        CommonOps_DDRM.scale(factor, delta);
        return new GaussianMixture(family.of(d).sigma(), delta);
    }

    /** {@code |Sigma^(-1/2) Delta Sigma^(-1/2)|_F^2}. */
    double squaredNorm() {
        double[] entries = mixture.whitened().data;
        return LinearAlgebra.dot(entries, entries);
    }

    /** Bhattacharyya's coefficient {@code int sqrt(p_+ p_-) = prod (1 - l_i^2)^(1/4)}, {@code l_i} the eigenvalues of {@code Sigma^(-1/2) Delta Sigma^(-1/2)}. */
    double affinity() {
        double logarithm = 0;
        for (double l : LinearAlgebra.eigen(mixture.whitened()).values()) {
            logarithm += Math.log1p(-l * l) / 4;
        }
        return Math.exp(logarithm);
    }

    /** The log-likelihood ratios of n drawn points. */
    double[] ratios(int n, RandomStream stream) {
        DMatrixRMaj points = new DMatrixRMaj(n, mixture.dimension());
        mixture.draw(stream, points);
        return bayes.logLikelihoodRatios(points);
    }

    /** The average of {@code tanh(L/2)^2} over n drawn points. */
    double square(int n, RandomStream stream) {
        double sum = 0;
        for (double ratio : ratios(n, stream)) {
            double mean = Math.tanh(ratio / 2);
            sum += mean * mean;
        }
        return sum / n;
    }

    /** The average of {@code |tanh(L/2)|} over n drawn points. */
    double modulus(int n, RandomStream stream) {
        double sum = 0;
        for (double ratio : ratios(n, stream)) {
            sum += Math.tanh(Math.abs(ratio) / 2);
        }
        return sum / n;
    }
}
