package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/** {@link NetworkRisk#limit}, {@link TangentLimit#mixture} and {@link TangentLimit#isotropicMixture}. */
class MixtureLimitsTest {
    private final RandomStream stream = RandomStream.of(1, "MixtureLimitsTest");

    /** {@code A diag(l) A^T} and {@code A A^T} have the generalised eigenvalues l. */
    private static GaussianMixture mixture(DMatrixRMaj a, double... l) {
        DMatrixRMaj scaled = LinearAlgebra.product(a, CommonOps_DDRM.diag(l));
        return new GaussianMixture(LinearAlgebra.gram(a), symmetric(LinearAlgebra.productTransB(scaled, a)));
    }

    private static DMatrixRMaj symmetric(DMatrixRMaj m) {
        DMatrixRMaj sum = CommonOps_DDRM.add(m, CommonOps_DDRM.transpose(m, null), null);
        CommonOps_DDRM.scale(0.5, sum);
        return sum;
    }

    @Test
    void networkLimitTakesTheLargestSingularValuesOfTheWhitenedDifference() {
        GaussianMixture mixture = mixture(PointLaw.GAUSSIAN.rows(3, 3, stream), 0.2, -0.9, 0.5);
        double[] squares = {0, 0.81, 0.81 + 0.25, 0.81 + 0.25 + 0.04, 0.81 + 0.25 + 0.04};
        for (int n = 0; n < squares.length; n++) {
            assertThat(NetworkRisk.limit(mixture, n)).isCloseTo(2 / (2 + squares[n]), within(1e-10));
        }
    }

    /** {@code |D|^2 - |P D P|^2} is the squared length of D's projection on the span of the forms {@code v g^T + g v^T}, v in the span of W. */
    @Test
    void tangentLimitIsTheProjectionOnFormsThatTouchTheSpan() {
        int d = 4;
        DMatrixRMaj root = PointLaw.GAUSSIAN.rows(d, d, stream);
        DMatrixRMaj sigma = LinearAlgebra.gram(root);
        GaussianMixture mixture = mixture(root, 0.9, 0.3, -0.6, 0.1);
        DMatrixRMaj w = PointLaw.GAUSSIAN.rows(2, d, stream);
        // f = w_i.x (g.x) has the inner product 2 <Delta, w_i g^T + g w_i^T> with y and the Gram matrix 2 tr(Sigma M
        // Sigma M') under N(0, Sigma)
        DMatrixRMaj[] forms = new DMatrixRMaj[2 * d];
        for (int k = 0; k < forms.length; k++) {
            DMatrixRMaj m = new DMatrixRMaj(d, d);
            for (int j = 0; j < d; j++) {
                m.add(k % d, j, w.get(k / d, j));
                m.add(j, k % d, w.get(k / d, j));
            }
            forms[k] = m;
        }
        DMatrixRMaj gram = new DMatrixRMaj(2 * d, 2 * d);
        double[] moments = new double[2 * d];
        for (int k = 0; k < 2 * d; k++) {
            DMatrixRMaj image = LinearAlgebra.product(LinearAlgebra.product(sigma, forms[k]), sigma);
            moments[k] = LinearAlgebra.dot(mixture.delta().data, forms[k].data);
            for (int l = 0; l < 2 * d; l++) {
                gram.set(k, l, LinearAlgebra.dot(image.data, forms[l].data));
            }
        }
        double explained = LinearAlgebra.dot(
                moments, LinearAlgebra.product(LinearAlgebra.eigen(gram).pseudoInverse(1e-10), moments));
        assertThat(TangentLimit.mixture(mixture, w)).isCloseTo(2 / (2 + explained), within(1e-9));
    }

    @Test
    void tangentLimitKnowsWeightsOfAnyRank() {
        GaussianMixture mixture = GaussianMixture.isotropic(0.5, -0.3, 0.2);
        double all = 2 / (2 + 0.25 + 0.09 + 0.04);
        assertThat(TangentLimit.mixture(mixture, PointLaw.GAUSSIAN.rows(5, 3, stream)))
                .isCloseTo(all, within(1e-14));
        DMatrixRMaj repeated = new DMatrixRMaj(new double[][] {{1, 0, 0}, {2, 0, 0}, {0, 0, 0}});
        assertThat(TangentLimit.mixture(mixture, repeated)).isCloseTo(2 / 2.25, within(1e-14));
    }

    /** At {@code t = 0} the share {@code 1 - (1 - rho)^2} is explained, at {@code t = 1} the share rho; from rho = 1 on, all. */
    @Test
    void isotropicLimitAgreesWithItsEnds() {
        assertThat(TangentLimit.isotropicMixture(0.3, 0, 2)).isCloseTo(2 / (2 + 0.51 * 2), within(1e-15));
        assertThat(TangentLimit.isotropicMixture(0.3, 1, 2)).isCloseTo(2 / (2 + 0.3 * 2), within(1e-15));
        assertThat(TangentLimit.isotropicMixture(1.2, 0.4, 2)).isCloseTo(0.5, within(1e-15));
    }

    /** For {@code Delta = c I}, {@code |P Delta P|^2 = c^2 (d - N)} whatever the weights are: the limits agree at every d. */
    @Test
    void limitsAgreeForAMultipleOfTheIdentity() {
        GaussianMixture mixture = GaussianMixture.isotropic(0.4, 0.4, 0.4, 0.4);
        DMatrixRMaj w = PointLaw.GAUSSIAN.rows(3, 4, stream);
        double expected = TangentLimit.isotropicMixture(0.75, 1, 4 * 0.16);
        assertThat(TangentLimit.mixture(mixture, w)).isCloseTo(expected, within(1e-14));
        assertThat(NetworkRisk.limit(mixture, 3)).isCloseTo(expected, within(1e-14));
    }

    @Test
    void refusesBadInput() {
        GaussianMixture mixture = GaussianMixture.isotropic(0.5, 0.1);
        assertThatThrownBy(() -> NetworkRisk.limit(mixture, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("n = -1");
        assertThatThrownBy(() -> TangentLimit.mixture(mixture, new DMatrixRMaj(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns of weights = 3");
    }
}
