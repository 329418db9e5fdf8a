package daniely2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.Boundedness;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.kernel.InnerProductKernel;
import org.lemmalab.kernel.KernelSections;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * A function {@code f = sum_j c_j k(., x_j)} in the tangent kernel space of ReLU and a finite distribution on the sphere: the mean squared error of its random
 * approximation {@code f_omega} is exact.
 *
 * <p>With {@code fcheck(w) = sum_j c_j 1{<w, x_j> > 0} x_j}, {@code q Var f_omega(x) = S(x) - f(x)^2} and
 *
 * <pre>{@code
 * S(x) = E <fcheck, psi>^2 = sum_jl c_j c_l <x_j, x> <x_l, x> P(w in the open half-spaces of x_j, x_l and x)
 * P = 1/2 - (angle(x_j, x_l) + angle(x_j, x) + angle(x_l, x)) / (4 pi)
 * }</pre>
 *
 * @param law of the points
 * @param d dimension
 * @param q neurons
 * @param seed of points, centres and coefficients
 */
record ReluExpansion(Law law, int d, int q, long seed) {
    static final InnerProductKernel KERNEL =
            new InnerProductKernel(rho -> rho * (Math.PI - Math.acos(rho)) / (2 * Math.PI));

    private static final int CENTRES = 3;

    /** The distributions. */
    enum Law {
        /** Twelve uniform points. */
        UNIFORM,
        /** An orthonormal basis: R = 1. */
        BASIS,
        /** One point, which is a centre too: {@code R = sqrt(d)}. */
        POINT_MASS,
        /** Twelve points drawn towards the first axis. */
        SPIKED
    }

    /** Every law, d in 1, 2, 5, 20, q in 1, 8. */
    static final class Any implements ArbitrarySupplier<ReluExpansion> {
        @Override
        public Arbitrary<ReluExpansion> get() {
            return Combinators.combine(
                            Arbitraries.of(Law.values()),
                            Arbitraries.of(1, 2, 5, 20),
                            Arbitraries.of(1, 8),
                            Arbitraries.longs().between(0, 1_000_000))
                    .as(ReluExpansion::new);
        }
    }

    /** Counts the instance under its families. */
    ReluExpansion cover(ClaimRun run) {
        run.covers(law.name()).covers("d = " + d);
        return this;
    }

    /** The points of the distribution, which has equal masses. */
    DMatrixRMaj points() {
        return switch (law) {
            case UNIFORM -> PointLaw.SPHERE.rows(12, d, stream().part("points"));
            case BASIS -> OrthonormalRows.draw(d, d, stream().part("points"));
            case POINT_MASS -> CommonOps_DDRM.extract(centres(), 0, 1, 0, d);
            case SPIKED -> spiked();
        };
    }

    private DMatrixRMaj spiked() {
        DMatrixRMaj points = PointLaw.SPHERE.rows(12, d, stream().part("points"));
        for (int i = 0; i < 12; i++) {
            points.data[i * d] *= 6;
            double norm = 0;
            for (int k = 0; k < d; k++) {
                norm += points.get(i, k) * points.get(i, k);
            }
            for (int k = 0; k < d; k++) {
                points.data[i * d + k] /= Math.sqrt(norm);
            }
        }
        return points;
    }

    /** The centres {@code x_j}. */
    DMatrixRMaj centres() {
        return PointLaw.SPHERE.rows(CENTRES, d, stream().part("centres"));
    }

    /** The coefficients {@code c_j}. */
    double[] coefficients() {
        return stream().part("coefficients").gaussians(CENTRES);
    }

    /** f. */
    KernelSections function() {
        return new KernelSections(KERNEL, centres(), coefficients());
    }

    /** {@code |f|_k^2}. */
    double normSquared() {
        return function().normSquared();
    }

    /** R of the distribution. */
    double bound() {
        return Boundedness.of(points());
    }

    /** {@code S(x)} at the points. */
    double[] secondMoments() {
        DMatrixRMaj points = points();
        DMatrixRMaj centres = centres();
        double[] c = coefficients();
        double[] moments = new double[points.numRows];
        for (int i = 0; i < moments.length; i++) {
            for (int j = 0; j < CENTRES; j++) {
                for (int l = 0; l < CENTRES; l++) {
                    double first = inner(centres, j, points, i);
                    double second = inner(centres, l, points, i);
                    double angles = angle(inner(centres, j, centres, l)) + angle(first) + angle(second);
                    moments[i] += c[j] * c[l] * first * second * (0.5 - angles / (4 * Math.PI));
                }
            }
        }
        return moments;
    }

    /** {@code E |f - f_omega|^2} at the points. */
    double[] pointwiseErrors() {
        double[] f = function().values(points());
        double[] errors = secondMoments();
        for (int i = 0; i < errors.length; i++) {
            errors[i] = (errors[i] - f[i] * f[i]) / q;
        }
        return errors;
    }

    /** {@code E |f - f_omega|^2} in mean over the distribution. */
    double meanSquaredError() {
        return Arrays.stream(pointwiseErrors()).average().orElseThrow();
    }

    /** {@code |f - f_omega|^2} of one drawn neuron for {@code f = k(., x0)} at {@code x0}: the same, k (1 - k) with k = 1/2, for every draw. */
    double errorAtCentre() {
        DMatrixRMaj x0 = CommonOps_DDRM.extract(centres(), 0, 1, 0, d);
        TangentFeatureScheme scheme = new TangentFeatureScheme(DecentActivation.RELU, d);
        double drawn = RandomEmbedding.draw(scheme, 1, stream().part("one neuron"))
                .gram(x0)
                .get(0, 0);
        return Math.pow(KERNEL.gram(x0).get(0, 0) - drawn, 2);
    }

    private double inner(DMatrixRMaj x, int i, DMatrixRMaj y, int j) {
        double value = LinearAlgebra.dot(x.data, i * d, y.data, j * d, d);
        return Math.max(-1, Math.min(1, value));
    }

    /** The angle; rounding of cosines near 1 costs up to 2e-8 of it. */
    private static double angle(double cosine) {
        return Math.acos(cosine);
    }

    RandomStream stream() {
        return RandomStream.of(seed, "ReluExpansion");
    }
}
