package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Cosine;
import org.lemmalab.activation.ErrorFunction;
import org.lemmalab.activation.Exponential;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussHermite;

/** The exact risk on mixtures against quadrature of the least-squares problem in two dimensions, and its limit in cases known by hand. */
class MixtureRandomFeatureRiskTest {
    private static final GaussHermite RULE = GaussHermite.of(80);
    private static final DMatrixRMaj SIGMA = new DMatrixRMaj(2, 2, true, 0.8, 0.2, 0.2, 0.6);
    private static final DMatrixRMaj DELTA = new DMatrixRMaj(2, 2, true, 0.3, -0.1, -0.1, -0.2);
    private static final DMatrixRMaj WEIGHTS = new DMatrixRMaj(3, 2, true, 1, 0, -0.4, 0.9, 0.6, 0.5);

    static Stream<ClosedFormActivation> smooth() {
        return Stream.of(
                Quadratic.SQUARE,
                new Quadratic(1, 0.7).centred(),
                new Exponential(0.8),
                new Cosine(1, 0.7).centred(),
                ErrorFunction.INSTANCE);
    }

    /** {@code min_a E (y - c - a . s(Wx))^2} from the normal equations on the nodes: design, Gram matrix, elimination. */
    private static double bruteForce(GaussianMixture mixture, ClosedFormActivation s, boolean offset) {
        int n = WEIGHTS.numRows;
        int p = n + (offset ? 1 : 0);
        DMatrixRMaj gram = new DMatrixRMaj(p, p);
        DMatrixRMaj right = new DMatrixRMaj(p, 1);
        double[] nodes = RULE.nodes();
        double[] masses = RULE.weights();
        for (double y : new double[] {1, -1}) {
            DMatrixRMaj root = LinearAlgebra.eigen(y > 0 ? mixture.covarianceOfPlus() : mixture.covarianceOfMinus())
                    .apply(Math::sqrt);
            DMatrixRMaj w = LinearAlgebra.product(WEIGHTS, root);
            for (int i = 0; i < nodes.length; i++) {
                for (int j = 0; j < nodes.length; j++) {
                    double mass = masses[i] * masses[j] / 2;
                    double[] f = new double[p];
                    for (int k = 0; k < n; k++) {
                        f[k] = s.value(w.get(k, 0) * nodes[i] + w.get(k, 1) * nodes[j]);
                    }
                    if (offset) {
                        f[n] = 1;
                    }
                    for (int k = 0; k < p; k++) {
                        right.add(k, 0, mass * y * f[k]);
                        for (int l = 0; l < p; l++) {
                            gram.add(k, l, mass * f[k] * f[l]);
                        }
                    }
                }
            }
        }
        DMatrixRMaj solution = new DMatrixRMaj(p, 1);
        assertThat(CommonOps_DDRM.solve(gram, right, solution)).isTrue();
        return 1 - CommonOps_DDRM.dot(right, solution);
    }

    /** The activations are entire, and 80 nodes integrate them to rounding; the Gram matrices have condition numbers below 1e4. */
    @ParameterizedTest
    @MethodSource("smooth")
    void riskIsTheLeastSquareErrorByQuadrature(ClosedFormActivation s) {
        GaussianMixture mixture = new GaussianMixture(SIGMA, DELTA);
        RandomFeatureRisk risk = RandomFeatureRisk.of(mixture, s, WEIGHTS);
        assertThat(risk.risk()).isCloseTo(bruteForce(mixture, s, false), within(1e-9));
        assertThat(risk.withOffset().risk()).isCloseTo(bruteForce(mixture, s, true), within(1e-9));
        assertThat(risk.risks()[2]).isEqualTo(risk.risk());
        assertThat(risk.withOffset().risk()).isLessThanOrEqualTo(risk.risk() + 1e-9);
    }

    /** One feature {@code z^2 - 1} in one dimension: {@code V = -d}, {@code U = (1-v)^2 + d^2 + 2 v^2 + 2 d^2} at {@code Sigma = v}. */
    @Test
    void oneFeatureInClosedForm() {
        GaussianMixture mixture = new GaussianMixture(CommonOps_DDRM.diag(0.7), CommonOps_DDRM.diag(0.4));
        RandomFeatureRisk risk =
                RandomFeatureRisk.of(mixture, Quadratic.SQUARE.centred(), new DMatrixRMaj(1, 1, true, 1));
        double gram = 0.09 + 0.16 + 2 * (0.49 + 0.16);
        assertThat(risk.moments()[0]).isCloseTo(-0.4, within(1e-15));
        assertThat(risk.means()[0]).isCloseTo(-0.3, within(1e-15));
        assertThat(risk.risk()).isCloseTo(1 - 0.16 / gram, within(1e-14));
        assertThat(risk.withOffset().risk()).isCloseTo(1 - 0.16 / (gram - 0.09), within(1e-14));
    }

    @Test
    void dependentFeaturesChangeNothing() {
        GaussianMixture mixture = new GaussianMixture(SIGMA, DELTA);
        DMatrixRMaj twice = new DMatrixRMaj(4, 2, true, 1, 0, 1, 0, -0.4, 0.9, 0.6, 0.5);
        double[] risks = RandomFeatureRisk.of(mixture, Quadratic.SQUARE, twice).risks();
        assertThat(risks[1]).isCloseTo(risks[0], within(1e-12));
        assertThat(risks[3])
                .isCloseTo(
                        RandomFeatureRisk.of(mixture, Quadratic.SQUARE, WEIGHTS).risk(), within(1e-9));
    }

    @Test
    void equalClassesAndOddActivationsExplainNothing() {
        GaussianMixture equal = new GaussianMixture(SIGMA, new DMatrixRMaj(2, 2));
        assertThat(RandomFeatureRisk.of(equal, Quadratic.SQUARE, WEIGHTS).risk())
                .isEqualTo(1);
        GaussianMixture mixture = new GaussianMixture(SIGMA, DELTA);
        assertThat(RandomFeatureRisk.of(mixture, ErrorFunction.INSTANCE, WEIGHTS)
                        .risk())
                .isEqualTo(1);
        assertThat(RandomFeatureLimit.risk(mixture, ErrorFunction.INSTANCE, WeightLaw.isotropic(2), 3))
                .isEqualTo(1);
    }

    /** {@code Sigma = I}, isotropic weights, {@code z^2 - 1}: {@code 1 / (1 + rho/(1 + rho) tr(Delta)^2 / (2d))}. */
    @Test
    void limitOfTheSquareInClosedForm() {
        GaussianMixture mixture = GaussianMixture.isotropic(0.5, 0.3, -0.2, 0.4);
        for (double rho : new double[] {0.1, 1, 7}) {
            double expected = 1 / (1 + rho / (1 + rho) * 1 / 8); // trace 1, d = 4
            assertThat(RandomFeatureLimit.risk(mixture, Quadratic.SQUARE.centred(), WeightLaw.isotropic(4), rho))
                    .isCloseTo(expected, within(1e-14));
        }
    }

    @Test
    void zetasAreTheTraces() {
        GaussianMixture mixture = new GaussianMixture(SIGMA, DELTA);
        DMatrixRMaj gamma = new DMatrixRMaj(2, 2, true, 0.5, 0.1, 0.1, 0.9);
        WeightLaw law = new WeightLaw(gamma);
        // Sigma Gamma = [0.42 0.26; 0.16 0.56]; tr((Sigma Gamma)^2) = 0.42^2 + 2*0.26*0.16 + 0.56^2 = 0.5732
        assertThat(RandomFeatureLimit.zeta1(mixture, law)).isCloseTo(0.5732, within(1e-15));
        // tr(Delta Gamma) = 0.15 - 0.02 - 0.18 = -0.05
        assertThat(RandomFeatureLimit.zeta2(mixture, law)).isCloseTo(2 * 0.0025 / 4, within(1e-15));
        assertThat(RandomFeatureLimit.mixture(2, 0.5, 1.5)).isCloseTo(0.4, within(1e-15));
    }

    @Test
    void rejectsWhatIsNotAllowed() {
        GaussianMixture mixture = new GaussianMixture(SIGMA, DELTA);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomFeatureRisk.of(mixture, Quadratic.SQUARE, new DMatrixRMaj(1, 3)))
                .withMessage("columns of weights = 3, allowed: dimension of mixture = 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomFeatureRisk.of(mixture, Quadratic.SQUARE, new DMatrixRMaj(1, 2)))
                .withMessage("covariance[0][0] = 0.0, allowed: finite and > 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomFeatureLimit.risk(mixture, Quadratic.SQUARE, WeightLaw.isotropic(3), 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomFeatureLimit.risk(mixture, Quadratic.SQUARE, WeightLaw.isotropic(2), 0))
                .withMessage("rho = 0.0, allowed: finite and > 0");
    }
}
