package org.lemmalab.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lemmalab.activation.Relu;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

class PlanarRademacherComplexityTest {
    private static final RandomStream STREAM = RandomStream.of(1, "PlanarRademacherComplexityTest");
    private static final DMatrixRMaj POINT = new DMatrixRMaj(1, 2, true, 0, 1);

    private static NormalizedNetwork network(double[] weights, double... signs) {
        return new NormalizedNetwork(DMatrixRMaj.wrap(signs.length, 2, weights), signs, Relu.INSTANCE);
    }

    @Test
    void oneNeuronAndOnePointInClosedForm() {
        double r = 0.5;
        // active beyond reach: 1/2 (w + R) - 1/2 (w - R); within: 1/2 (w + R); inactive within: 1/2 (R - |w|); beyond:
        // 0
        double[] preactivations = {3, 0.2, 0, -0.2, -3};
        double[] complexities = {r, 0.35, 0.25, 0.15, 0};
        for (int k = 0; k < preactivations.length; k++) {
            for (double sign : new double[] {1, -1}) {
                NormalizedNetwork network = network(new double[] {0.7, preactivations[k]}, sign);
                Enclosure enclosure = PlanarRademacherComplexity.of(new NetworkBall(network, r, 2), POINT, 1);
                assertThat(enclosure.low()).isEqualTo(complexities[k], within(1e-8));
                assertThat(enclosure.high()).isEqualTo(complexities[k], within(1e-8));
                assertThat(complexities[k]).isBetween(enclosure.low(), enclosure.high());
            }
        }
    }

    @Test
    void splitsTheRadiusAmongNeurons() {
        // both active: sup = max (rho_1 + rho_2)/sqrt 2 = B for eps = 1, and the same for -1
        NormalizedNetwork network = network(new double[] {0, 5, 0, 7}, 1, -1);
        Enclosure free = PlanarRademacherComplexity.of(new NetworkBall(network, 9, 0.6), POINT, 400);
        assertThat(0.6).isBetween(free.low(), free.high());
        assertThat(free.width()).isLessThan(0.6 * 1.3 / 400); // sqrt(401/400) above, sqrt(199 * 201)/200 below
        Enclosure cut = PlanarRademacherComplexity.of(new NetworkBall(network, 0.2, 0.6), POINT, 400);
        assertThat(cut.low()).isEqualTo(0.4 / Math.sqrt(2), within(1e-7));
        assertThat(cut.high()).isEqualTo(0.4 / Math.sqrt(2), within(1e-7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void liesBetweenTheTangentBoundAndAFineLattice(int n) {
        for (int trial = 0; trial < 10; trial++) {
            RandomStream stream = STREAM.part("n = " + n).trial(trial);
            DMatrixRMaj points = PointLaw.SPHERE.rows(n, 2, stream.part("points"));
            NormalizedNetwork network = Initialization.gaussian(2, 2, 0.3, stream.part("network"));
            NetworkBall ball = new NetworkBall(network, 0.4, 0.5);
            Enclosure enclosure = PlanarRademacherComplexity.of(ball, points, 200);
            assertThat(ball.tangentLowerBound(points)).isLessThanOrEqualTo(enclosure.high());
            assertThat(enclosure.width()).isBetween(0.0, 0.01 * enclosure.high());
        }
    }

    /** The largest value over a polar lattice of the disc: below the supremum, and by {@code n (step of radius + step of arc)} at most. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-9, 1e-5, 0.3, Math.PI, 3})
    void largestAgreesWithALattice(double angle) {
        for (int trial = 0; trial < 20; trial++) {
            RandomStream stream = STREAM.part("lattice").trial(trial);
            DMatrixRMaj points = PointLaw.SPHERE.rows(3, 2, stream);
            double x = points.get(0, 0);
            double y = points.get(0, 1);
            points.set(1, 0, Math.cos(angle) * x - Math.sin(angle) * y);
            points.set(1, 1, Math.sin(angle) * x + Math.cos(angle) * y);
            ReluSum g = new ReluSum(points, stream.signs(3));
            double[] v = {stream.gaussian(), stream.gaussian()};
            double rho = trial == 0
                    ? Math.abs(v[0] * x + v[1] * y)
                    : stream.uniform(0.01, 3); // 0: the circle touches a line
            double largest = g.at(v[0], v[1]);
            for (int i = 1; i <= 50; i++) {
                for (int j = 0; j < 600; j++) {
                    double phi = 2 * Math.PI * j / 600;
                    largest = Math.max(
                            largest, g.at(v[0] + rho * i / 50 * Math.cos(phi), v[1] + rho * i / 50 * Math.sin(phi)));
                }
            }
            assertThat(g.largest(v[0], v[1], rho))
                    .isBetween(largest - 1e-8, largest + 3 * rho * (1 / 50.0 + Math.PI / 600));
        }
    }

    @Test
    void rejectsWhatIsNotAllowed() {
        NetworkBall ball = new NetworkBall(network(new double[] {1, 0}, 1), 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlanarRademacherComplexity.of(ball, new DMatrixRMaj(1, 3, true, 1, 0, 0), 9))
                .withMessageContaining("columns of points = 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlanarRademacherComplexity.of(ball, POINT, 0))
                .withMessageContaining("levels = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlanarRademacherComplexity.of(ball, PointLaw.SPHERE.rows(9, 2, STREAM), 9))
                .withMessage("n = 9, allowed: <= 8");
        NetworkBall large = new NetworkBall(network(new double[] {1, 0}, 2), 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlanarRademacherComplexity.of(large, POINT, 9))
                .withMessage("largest |a_r| = 2.0, allowed: <= 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Enclosure(1, 0))
                .withMessage("low = 1.0, allowed: <= high = 0.0");
    }
}
