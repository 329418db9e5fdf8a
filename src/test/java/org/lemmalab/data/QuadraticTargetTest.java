package org.lemmalab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.SecondMoment;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Outcome;
import org.lemmalab.stats.Terms;
import org.lemmalab.stats.TrialPool;

class QuadraticTargetTest {
    private static final RandomStream STREAM = RandomStream.of(1, "QuadraticTargetTest");
    private static final DMatrixRMaj B = new DMatrixRMaj(2, 2, true, 2, -1, -1, 0.5);

    @Test
    void valuesAreTheQuadraticForm() {
        QuadraticTarget target = new QuadraticTarget(B, 3);
        DMatrixRMaj points = new DMatrixRMaj(2, 2, true, 1, 0, 2, -4);
        // 2 + 3 and 2*4 + 2*8 + 0.5*16 + 3: small integers, exact
        assertThat(target.values(points)).containsExactly(5, 35);
    }

    @Test
    void normsAndSpectrumOfAMatrixWithKnownEigenvalues() {
        QuadraticTarget target = QuadraticTarget.centred(B);
        assertThat(target.trace()).isEqualTo(2.5);
        assertThat(target.offset()).isEqualTo(-2.5);
        assertThat(target.mean()).isEqualTo(0);
        // four squares, one root, one square: 8 u
        assertThat(target.frobeniusSquared()).isCloseTo(6.25, within(6.25 * 0x1p-50));
        assertThat(target.normSquared()).isCloseTo(12.5, within(12.5 * 0x1p-50));
        assertThat(target.traceShare()).isCloseTo(0.5, within(0x1p-50));
        assertThat(target.eigenvalues()).containsExactly(new double[] {2.5, 0}, within(100 * 0x1p-53)); // 10 n u |B|
        assertThat(new QuadraticTarget(B, 0.5).normSquared()).isCloseTo(12.5 + 9, within(21.5 * 0x1p-50));
        assertThat(QuadraticTarget.diagonal(3, 3, 3).traceShare()).isCloseTo(1, within(0x1p-50));
        assertThat(QuadraticTarget.diagonal(0, 0).traceShare()).isNaN();
    }

    @Test
    void drawnLabelsHaveTheStatedNorm() {
        QuadraticTarget target = new QuadraticTarget(B, 0.5);
        // f* = 2.5 (g^2 - 1) + 3 along the first eigenvector: E (g^2-1)^3 = 8, E (g^2-1)^4 = 60
        double fourth = Math.pow(2.5, 4) * 60 + 4 * Math.pow(2.5, 3) * 3 * 8 + 6 * 6.25 * 9 * 2 + 81;
        Decision decision = Mean.equalTo(target.normSquared(), 2, new SecondMoment(fourth))
                .decide(
                        index -> {
                            DMatrixRMaj point = new DMatrixRMaj(1, 2);
                            double value = target.draw(STREAM.trial(index), point)[0];
                            assertThat(value).isEqualTo(target.values(point)[0]);
                            return value * value;
                        },
                        new Terms(1e-9, 1_000_000, TrialPool.of(1)));
        assertThat(decision.outcome()).as(decision.toString()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void rejectsWhatIsNotAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuadraticTarget(new DMatrixRMaj(2, 2, true, 1, 2, 3, 1), 0))
                .withMessage("matrix[1][0] = 3.0, allowed: matrix[0][1] = 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuadraticTarget.centred(new DMatrixRMaj(2, 3)))
                .withMessage("columns of matrix = 3, allowed: rows of matrix = 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuadraticTarget(B, Double.NaN))
                .withMessageContaining("offset");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuadraticTarget.diagonal(1, Double.POSITIVE_INFINITY))
                .withMessage("matrix[1][1] = Infinity, allowed: finite");
        assertThatIllegalArgumentException().isThrownBy(QuadraticTarget::diagonal);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuadraticTarget.centred(B).values(new DMatrixRMaj(1, 3)))
                .withMessage("columns of points = 3, allowed: rows of matrix = 2");
    }
}
