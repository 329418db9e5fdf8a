package org.lemmalab.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BalancedActivationsTest {

    static List<DecentActivation> all() {
        List<DecentActivation> all = new ArrayList<>(BalancedActivations.ALL);
        all.add(BalancedActivations.CONSTANT);
        all.add(DecentActivation.GELU);
        all.add(DecentActivation.SILU);
        all.add(DecentActivation.LEAKY_RELU.times(-3));
        return all;
    }

    @ParameterizedTest
    @MethodSource("all")
    void derivativesAreThoseOfTheValueAndAtMostWhatIsSaid(DecentActivation s) {
        double largestSlope = 0;
        double largestCurvature = 0;
        double h = 1e-5;
        for (int k = -4000; k <= 4000; k++) {
            double z = k / 200.0 + 1e-4; // at least h off the kinks, which are multiples of 1/2
            assertThat(s.derivative(z)).isCloseTo((s.value(z + h) - s.value(z - h)) / (2 * h), within(2e-9));
            assertThat(s.secondDerivative(z))
                    .isCloseTo((s.derivative(z + h) - s.derivative(z - h)) / (2 * h), within(1e-9));
            largestSlope = Math.max(largestSlope, Math.abs(s.derivative(z)));
            largestCurvature = Math.max(largestCurvature, Math.abs(s.secondDerivative(z)));
        }
        // the grid of step 1/200 misses a maximum by a second derivative times 1/200 at most
        assertThat(largestSlope).isBetween(s.lipschitz() - 0.01, s.lipschitz() + 1e-15);
        assertThat(largestCurvature).isBetween(s.curvature() - 0.01, s.curvature() + 1e-15);
    }

    @Test
    void momentsOfTheAbsoluteValueAndTheCosineAreTheirClosedForms() {
        GaussianMoments moments = GaussianMoments.of(BalancedActivations.ABSOLUTE_VALUE);
        assertThat(moments.mean()).isCloseTo(Math.sqrt(2 / Math.PI), within(1e-14));
        assertThat(moments.variance()).isCloseTo(1 - 2 / Math.PI, within(1e-14));
        assertThat(moments.meanSlope()).isCloseTo(0, within(1e-15));
        assertThat(moments.squaredSlope()).isCloseTo(1, within(1e-14));
        assertThat(moments.weightedSlope()).isCloseTo(1, within(1e-14));
        GaussianMoments cosine = GaussianMoments.of(BalancedActivations.COSINE);
        assertThat(cosine.variance()).isCloseTo((1 + Math.exp(-2)) / 2 - Math.exp(-1), within(1e-14));
        assertThat(cosine.squaredSlope()).isCloseTo((1 - Math.exp(-2)) / 2, within(1e-14));
        assertThat(cosine.weightedSlope())
                .isCloseTo((1 + 3 * Math.exp(-2)) / 2, within(1e-14)); // E G^2 cos 2G = -3 e^-2
    }

    @Test
    void theNamesDiffer() {
        assertThat(all()).extracting(DecentActivation::name).doesNotHaveDuplicates();
    }
}
