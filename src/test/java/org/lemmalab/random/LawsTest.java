package org.lemmalab.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongPredicate;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Outcome;
import org.lemmalab.stats.Proportion;
import org.lemmalab.stats.Terms;
import org.lemmalab.stats.Trial;
import org.lemmalab.stats.TrialPool;

/** Each law against its exact moments, at error rate 1e-9 per decision. */
class LawsTest {
    private static final double U = Math.ulp(1.0) / 2;
    private static final RandomStream STREAM = RandomStream.of(1, "LawsTest");
    private static final Terms TERMS = new Terms(1e-9, 1_000_000, TrialPool.of(1));

    @Test
    void gaussianHasTheNormalCharacteristicFunction() {
        for (double t : new double[] {0.5, 1, 2, 4}) {
            mean(Math.exp(-t * t / 2), -1, 1, i -> Math.cos(t * draw("cos", i).gaussian()));
            mean(0, -1, 1, i -> Math.sin(t * draw("sin", i).gaussian()));
        }
        // The normal distribution function's tails; the ziggurat hands over to its own tail near 3.6.
        probability(0.0227501, 0.004, i -> draw("tail", i).gaussian() > 2);
        probability(0.0013499, 0.001, i -> draw("far tail", i).gaussian() > 3);
    }

    @Test
    void successiveDrawsOfOneStreamAreIndependent() {
        mean(0, -1, 1, i -> {
            double[] g = draw("pair", i).gaussians(2);
            return Math.sin(g[0]) * Math.sin(g[1]);
        });
        mean(
                0,
                -1,
                1,
                i -> draw("trials", 2 * i).sign() * draw("trials", 2 * i + 1).sign());
    }

    @Test
    void uniformIntegersAndSignsAreFair() {
        mean(0.5, 0, 1, i -> draw("uniform", i).uniform());
        mean(1 / 3.0, 0, 1, i -> Math.pow(draw("square", i).uniform(), 2));
        mean(0, -1, 1, i -> draw("sign", i).sign());
        mean(1 / 7.0, 0, 1, i -> draw("integer", i).integer(7) == 6 ? 1 : 0);
        mean(1 / 6.0, 0, 1, i -> {
            int[] p = draw("order", i).permutation(3);
            return p[0] == 2 && p[1] == 0 ? 1 : 0;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 50})
    void spherePointsHaveTheSphereMoments(int d) {
        DMatrixRMaj points = PointLaw.SPHERE.rows(20, d, STREAM.part("norms"));
        for (int i = 0; i < 20; i++) {
            // A sum of d squares and a root and a division: relative (d + 3) u.
            assertThat(LinearAlgebra.gram(points).get(i, i)).isCloseTo(1, within(2 * (d + 3) * U));
        }
        mean(0, -1, 1, i -> PointLaw.SPHERE.rows(1, d, draw("sphere", i)).data[0]);
        mean(1.0 / d, 0, 1, i -> Math.pow(PointLaw.SPHERE.rows(1, d, draw("second", i)).data[d - 1], 2));
        mean(3.0 / d / (d + 2), 0, 1, i -> Math.pow(PointLaw.SPHERE.rows(1, d, draw("fourth", i)).data[0], 4));
    }

    @Test
    void cubeAndRademacherPointsHaveFairIndependentSigns() {
        DMatrixRMaj cube = PointLaw.CUBE.rows(10, 9, STREAM.part("cube"));
        for (double entry : cube.data) {
            assertThat(Math.abs(entry)).isCloseTo(1 / 3.0, within(U));
        }
        assertThat(PointLaw.RADEMACHER.rows(10, 9, STREAM.part("rademacher")).data)
                .containsOnly(-1, 1);
        mean(0, -1, 1, i -> {
            double[] x = PointLaw.RADEMACHER.rows(1, 2, draw("product", i)).data;
            return x[0] * x[1];
        });
    }

    @Test
    void orthonormalRowsAreOrthonormalAndUniform() {
        for (int q : new int[] {1, 3, 30}) {
            DMatrixRMaj rows = OrthonormalRows.draw(q, 30, STREAM.part("rows"));
            // Two passes of Gram-Schmidt: each of the products is off by at most c d u (Higham, section 19.8), here 10
            // d u.
            assertThat(LinearAlgebra.gram(rows).data)
                    .containsExactly(CommonOps_DDRM.identity(q).data, within(10 * 30 * U));
        }
        mean(0, -1, 1, i -> OrthonormalRows.draw(3, 3, draw("first", i)).get(2, 0));
        mean(
                1 / 3.0,
                0,
                1,
                i -> Math.pow(OrthonormalRows.draw(3, 3, draw("second", i)).get(2, 1), 2));
        mean(
                3 / 15.0,
                0,
                1,
                i -> Math.pow(OrthonormalRows.draw(3, 3, draw("fourth", i)).get(2, 2), 4));
        mean(0, -1.001, 1.001, i -> CommonOps_DDRM.det(OrthonormalRows.draw(3, 3, draw("determinant", i))));
    }

    private static RandomStream draw(String name, long index) {
        return STREAM.part(name).trial(index);
    }

    private static void mean(double target, double lo, double hi, Trial trial) {
        Decision decision =
                Mean.equalTo(target, 0.02 * (hi - lo), new Bounded(lo, hi)).decide(trial, TERMS);
        assertThat(decision.outcome()).as(decision.toString()).isEqualTo(Outcome.SUPPORTED);
    }

    private static void probability(double p, double within, LongPredicate event) {
        Decision above = Proportion.atMost(p).margin(p + within).decide(i -> event.test(i) ? 1 : 0, TERMS);
        Decision below = Proportion.atMost(1 - p).margin(1 - p + within).decide(i -> event.test(i) ? 0 : 1, TERMS);
        assertThat(above.outcome()).as(above.toString()).isEqualTo(Outcome.SUPPORTED);
        assertThat(below.outcome()).as(below.toString()).isEqualTo(Outcome.SUPPORTED);
    }
}
