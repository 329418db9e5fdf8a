package org.lemmalab.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Cosine;
import org.lemmalab.activation.ErrorFunction;
import org.lemmalab.activation.Exponential;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;

/** Against weighted least squares on the nodes of a quadrature rule in the plane. */
class RandomFeatureRiskTest {
    /** Directions at least 0.3 apart, of norms near 1, so that no activation here makes them nearly dependent. */
    private static final DMatrixRMaj WEIGHTS =
            new DMatrixRMaj(new double[][] {{1, 0.2}, {-0.3, 0.9}, {0.6, 0.7}, {-0.8, 0.5}});

    private static final QuadraticTarget TARGET =
            new QuadraticTarget(new DMatrixRMaj(new double[][] {{1.5, 0.4}, {0.4, -0.6}}), 0.7);
    private static final GaussianMixture MIXTURE = new GaussianMixture(
            new DMatrixRMaj(new double[][] {{1.2, 0.3}, {0.3, 0.8}}),
            new DMatrixRMaj(new double[][] {{0.5, -0.1}, {-0.1, -0.4}}));
    private static final double[] SLOPE = {0.8, -1.1};
    private static final DMatrixRMaj IDENTITY = CommonOps_DDRM.identity(2);

    static Stream<ClosedFormActivation> activations() {
        return Stream.of(
                Quadratic.SQUARE.centred(),
                new Quadratic(1, 0.7),
                Relu.INSTANCE,
                Relu.INSTANCE.centred(),
                AbsoluteValue.INSTANCE,
                new Exponential(0.8),
                new Cosine(1, 0.7).centred(),
                ErrorFunction.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void leastSquaresOfAQuadraticTarget(ClosedFormActivation s) {
        for (int n = 1; n <= 3; n++) {
            DMatrixRMaj weights = first(n);
            Sample sample = Sample.of(weights, IDENTITY).labelled(TARGET);
            RandomFeatureRisk risk = RandomFeatureRisk.of(TARGET, s, weights);
            sample.assertRisk(risk.risk(), s, weights, false);
            sample.assertRisk(risk.withOffset().risk(), s, weights, true);
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void leastSquaresOfAMixture(ClosedFormActivation s) {
        DMatrixRMaj weights = first(3);
        Sample sample = Sample.of(weights, symmetricRoot(MIXTURE.covarianceOfPlus()))
                .labelled(1)
                .and(Sample.of(weights, symmetricRoot(MIXTURE.covarianceOfMinus()))
                        .labelled(-1));
        RandomFeatureRisk risk = RandomFeatureRisk.of(MIXTURE, s, weights);
        sample.assertRisk(risk.risk(), s, weights, false);
        sample.assertRisk(risk.withOffset().risk(), s, weights, true);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void leastSquaresOfALinearTarget(ClosedFormActivation s) {
        DMatrixRMaj weights = first(3);
        Sample sample = Sample.of(weights, IDENTITY);
        sample = new Sample(sample.points, sample.masses, LinearAlgebra.product(sample.points, SLOPE));
        RandomFeatureRisk risk = RandomFeatureRisk.ofLinear(SLOPE, s, weights);
        sample.assertRisk(risk.risk(), s, weights, false);
        sample.assertRisk(risk.withOffset().risk(), s, weights, true);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void firstFeaturesHaveTheRiskOfAllOfThem(ClosedFormActivation s) {
        double[] risks = RandomFeatureRisk.of(TARGET, s, first(3)).risks();
        assertThat(risks).hasSize(3);
        for (int n = 1; n <= 3; n++) {
            // Both from the same leading block; 1e-12 is u times the largest condition number, below 1e4.
            assertThat(risks[n - 1])
                    .isCloseTo(RandomFeatureRisk.of(TARGET, s, first(n)).risk(), within(1e-12 * TARGET.normSquared()));
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void dependentFeaturesAddNothing(ClosedFormActivation s) {
        DMatrixRMaj repeated = new DMatrixRMaj(6, 2);
        int[] rows = {0, 0, 1, 0, 2, 1};
        for (int i = 0; i < 6; i++) {
            CommonOps_DDRM.extract(WEIGHTS, rows[i], rows[i] + 1, 0, 2, repeated, i, 0);
        }
        RandomFeatureRisk risk = RandomFeatureRisk.of(TARGET, s, repeated);
        Sample sample = Sample.of(first(3), IDENTITY).labelled(TARGET);
        sample.assertRisk(risk.risk(), s, first(3), false);
        sample.assertRisk(risk.withOffset().risk(), s, first(3), true);
        assertThat(risk.risks()[1]).isEqualTo(risk.risks()[0]);
    }

    /** {@code relu(2 z) = 2 relu(z)}: multiples of a weight are dependent. */
    @Test
    void collinearNeuronsOfAHomogeneousActivationAddNothing() {
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1, 0.2}, {2, 0.4}, {-0.3, 0.9}});
        DMatrixRMaj independent = first(2);
        double risk = RandomFeatureRisk.of(TARGET, Relu.INSTANCE, weights).risk();
        Sample.of(independent, IDENTITY).labelled(TARGET).assertRisk(risk, Relu.INSTANCE, independent, false);
    }

    /** {@code w w^T} and the constant {@code -1}: four generic ones span all of {@code x^T M x + c} in the plane, three do not. */
    @Test
    void enoughQuadraticFeaturesLeaveNoRisk() {
        DMatrixRMaj seven = new DMatrixRMaj(7, 2);
        for (int i = 0; i < 7; i++) {
            seven.set(i, 0, (1 + 0.1 * i) * Math.cos(2.0 * i));
            seven.set(i, 1, (1 + 0.1 * i) * Math.sin(2.0 * i));
        }
        double[] risks =
                RandomFeatureRisk.of(TARGET, Quadratic.SQUARE.centred(), seven).risks();
        assertThat(risks[2]).isGreaterThan(0.01);
        // The pivots kept are above 1e-10 of a feature's square: u / 1e-10 of the target's.
        assertThat(Arrays.copyOfRange(risks, 3, 7)).containsExactly(new double[4], within(2e-6 * TARGET.normSquared()));
    }

    @Test
    void theTargetItselfAsAFeatureLeavesNoRisk() {
        QuadraticTarget one = QuadraticTarget.diagonal(1, 0);
        RandomFeatureRisk risk =
                RandomFeatureRisk.of(one, Quadratic.SQUARE.centred(), new DMatrixRMaj(new double[][] {{1, 0}}));
        assertThat(risk.risk()).isCloseTo(0, within(1e-15));
    }

    @Test
    void oneDimension() {
        QuadraticTarget target = new QuadraticTarget(new DMatrixRMaj(new double[][] {{2}}), 1); // 2 x^2 + 1
        RandomFeatureRisk risk =
                RandomFeatureRisk.of(target, Quadratic.SQUARE, new DMatrixRMaj(new double[][] {{-0.5}}));
        // x^2 / 4: E y^2 = 4 * 3 + 4 + 1 = 17, E y x^2 = 7, E x^4 = 3; with an offset x^2 is fitted.
        assertThat(risk.risk()).isCloseTo(17 - 49.0 / 3, within(1e-13));
        assertThat(risk.withOffset().risk()).isCloseTo(0, within(1e-13));
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomFeatureRisk.of(TARGET, Relu.INSTANCE, new DMatrixRMaj(3, 4)))
                .withMessageContaining("columns of weights = 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomFeatureRisk.of(MIXTURE, Relu.INSTANCE, new DMatrixRMaj(3, 4)))
                .withMessageContaining("columns of weights = 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomFeatureRisk.of(TARGET, Relu.INSTANCE, new DMatrixRMaj(1, 2)))
                .withMessageContaining("covariance[0][0] = 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomFeatureRisk.ofLinear(new double[3], Relu.INSTANCE, WEIGHTS));
        for (int[] lengths : List.of(new int[] {1, 2}, new int[] {2, 1})) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RandomFeatureRisk(
                            CommonOps_DDRM.identity(2), new double[lengths[0]], new double[lengths[1]], 0, 1))
                    .withMessageContaining("= 1, allowed: rows of gram = 2");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandomFeatureRisk(new DMatrixRMaj(2, 3), new double[2], new double[2], 0, 1));
    }

    private static DMatrixRMaj first(int n) {
        return CommonOps_DDRM.extract(WEIGHTS, 0, n, 0, 2);
    }

    private static DMatrixRMaj symmetricRoot(DMatrixRMaj covariance) {
        return LinearAlgebra.eigen(covariance).apply(Math::sqrt);
    }

    /** Points in the plane with masses of sum 1 and labels. */
    private record Sample(DMatrixRMaj points, double[] masses, double[] labels) {
        private static final GaussIntegratorFactory LEGENDRE = new GaussIntegratorFactory();

        /**
         * Nodes of {@code root z}, z standard normal in polar coordinates: 60 radii up to 12, beyond which the mass is {@code e^-72}, and 24 angles
         * between neighbouring kinks of the features, where everything is analytic.
         */
        static Sample of(DMatrixRMaj weights, DMatrixRMaj root) {
            DMatrixRMaj seen = LinearAlgebra.product(weights, root);
            double[] kinks = DoubleStream.iterate(0, i -> i + 1)
                    .limit(seen.numRows)
                    .map(i -> Math.atan2(seen.get((int) i, 1), seen.get((int) i, 0)))
                    .flatMap(angle -> DoubleStream.of(angle - Math.PI / 2, angle + Math.PI / 2))
                    .map(angle -> angle < 0 ? angle + 2 * Math.PI : angle)
                    .sorted()
                    .toArray();
            GaussIntegrator radii = LEGENDRE.legendre(60, 0, 12);
            DMatrixRMaj points = new DMatrixRMaj(kinks.length * 24 * 60, 2);
            double[] masses = new double[points.numRows];
            int row = 0;
            for (int k = 0; k < kinks.length; k++) {
                double end = k + 1 < kinks.length ? kinks[k + 1] : kinks[0] + 2 * Math.PI;
                GaussIntegrator angles = LEGENDRE.legendre(24, kinks[k], end);
                for (int a = 0; a < 24; a++) {
                    for (int r = 0; r < 60; r++) {
                        double radius = radii.getPoint(r);
                        double x = radius * Math.cos(angles.getPoint(a));
                        double y = radius * Math.sin(angles.getPoint(a));
                        points.set(row, 0, root.get(0, 0) * x + root.get(0, 1) * y);
                        points.set(row, 1, root.get(1, 0) * x + root.get(1, 1) * y);
                        masses[row++] = angles.getWeight(a)
                                * radii.getWeight(r)
                                * radius
                                * Math.exp(-radius * radius / 2)
                                / (2 * Math.PI);
                    }
                }
            }
            return new Sample(points, masses, new double[row]);
        }

        Sample labelled(QuadraticTarget target) {
            return new Sample(points, masses, target.values(points));
        }

        Sample labelled(double label) {
            return new Sample(
                    points, masses, Arrays.stream(labels).map(y -> label).toArray());
        }

        /** The mixture with equal shares. */
        Sample and(Sample other) {
            DMatrixRMaj all = new DMatrixRMaj(points.numRows + other.points.numRows, 2);
            CommonOps_DDRM.concatRows(points, other.points, all);
            return new Sample(
                    all,
                    DoubleStream.concat(Arrays.stream(masses), Arrays.stream(other.masses))
                            .map(mass -> mass / 2)
                            .toArray(),
                    DoubleStream.concat(Arrays.stream(labels), Arrays.stream(other.labels))
                            .toArray());
        }

        /**
         * The least mean square by QR. The risk is the least value of a quadratic function of the coefficients a, which the moments determine; moments
         * off by a part of 1e-12 change it by at most {@code 1e-12 (|y| + sum_i |a_i| |s_i|)^2}.
         */
        void assertRisk(double risk, ClosedFormActivation s, DMatrixRMaj weights, boolean offset) {
            DMatrixRMaj inputs = LinearAlgebra.productTransB(points, weights);
            int n = weights.numRows + (offset ? 1 : 0);
            DMatrixRMaj design = new DMatrixRMaj(points.numRows, n);
            DMatrixRMaj right = new DMatrixRMaj(points.numRows, 1);
            for (int i = 0; i < points.numRows; i++) {
                double root = Math.sqrt(masses[i]);
                for (int j = 0; j < n; j++) {
                    design.set(i, j, root * (j < weights.numRows ? s.value(inputs.get(i, j)) : 1));
                }
                right.set(i, root * labels[i]);
            }
            LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.leastSquares(points.numRows, n);
            DMatrixRMaj coefficients = new DMatrixRMaj(n, 1);
            assertThat(solver.setA(design.copy())).isTrue();
            solver.solve(right.copy(), coefficients);
            double size = LinearAlgebra.norm(right.data);
            for (int j = 0; j < n; j++) {
                size += Math.abs(coefficients.get(j))
                        * LinearAlgebra.norm(CommonOps_DDRM.extractColumn(design, j, null).data);
            }
            DMatrixRMaj residual = right.copy();
            CommonOps_DDRM.multAdd(-1, design, coefficients, residual);
            assertThat(risk).isCloseTo(LinearAlgebra.dot(residual.data, residual.data), within(1e-12 * size * size));
        }
    }
}
