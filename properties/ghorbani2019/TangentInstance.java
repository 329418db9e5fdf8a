package ghorbani2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;

/**
 * A quadratic target and weights of a small tangent class.
 *
 * @param n number of neurons N
 * @param scale of the weights
 */
record TangentInstance(int d, int n, Geometry geometry, Shape shape, Offset offset, double scale, long seed) {
    /** How the neurons lie. */
    enum Geometry {
        /** Of full rank: {@code o_i + o_(i-1)/2} with orthonormal {@code o_i}, then random combinations of them. */
        GENERIC,
        /** Each neuron twice. */
        DUPLICATES,
        /** Multiples of one neuron, of either sign. */
        COLLINEAR,
        /** The last neuron is 0. */
        ZERO_NEURON,
        /** Coordinate axes in turn. */
        AXES
    }

    /** The matrix B. */
    enum Shape {
        DENSE_INDEFINITE,
        RANK_ONE,
        IDENTITY,
        TRACELESS,
        NEGATIVE
    }

    /** The constant b0. */
    enum Offset {
        /** {@code b0 = 0}. */
        NONE,
        /** {@code b0 = -tr B}. */
        CENTRED,
        /** {@code b0 = 3}. */
        OTHER
    }

    /** All of them, with d from 1 to {@code most} and N from 1 to {@code most + 2}. */
    static Arbitrary<TangentInstance> any(int most) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, most),
                        Arbitraries.integers().between(1, most + 2),
                        Arbitraries.of(Geometry.values()),
                        Arbitraries.of(Shape.values()),
                        Arbitraries.of(Offset.values()),
                        Arbitraries.of(0.001, 1.0, 1000.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(TangentInstance::new);
    }

    /** The same with other neurons. */
    TangentInstance with(int neurons, Geometry other) {
        return new TangentInstance(d, neurons, other, shape, offset, scale, seed);
    }

    /** Its own stream. */
    RandomStream stream() {
        return RandomStream.of(seed, "TangentInstance");
    }

    /** The weights, N x d. */
    DMatrixRMaj weights() {
        RandomStream s = stream().part("weights");
        int rank = Math.min(n, d);
        DMatrixRMaj basis = OrthonormalRows.draw(rank, d, s);
        DMatrixRMaj mix = new DMatrixRMaj(n, rank);
        for (int i = 0; i < n; i++) {
            double length = scale * s.uniform(0.5, 2);
            double sign = s.sign();
            double[] gaussians = s.gaussians(rank);
            for (int k = 0; k < rank; k++) {
                mix.set(
                        i,
                        k,
                        length
                                * switch (geometry) {
                                    case GENERIC, ZERO_NEURON ->
                                        i >= rank ? gaussians[k] : i == k ? 1 : i == k + 1 ? 0.5 : 0;
                                    case DUPLICATES -> i / 2 == k ? scale / length : 0;
                                    case COLLINEAR -> k == 0 ? sign : 0;
                                    case AXES -> i % rank == k ? 1 : 0;
                                });
            }
        }
        if (geometry == Geometry.ZERO_NEURON) {
            Arrays.fill(mix.data, (n - 1) * rank, n * rank, 0);
        }
        return LinearAlgebra.product(mix, geometry == Geometry.AXES ? CommonOps_DDRM.identity(rank, d) : basis);
    }

    /** The target, with {@code |B|_F} of order 1 to d. */
    QuadraticTarget target() {
        RandomStream s = stream().part("target");
        DMatrixRMaj b = switch (shape) {
            case DENSE_INDEFINITE -> dense(s);
            case RANK_ONE -> LinearAlgebra.gram(new DMatrixRMaj(d, 1, true, s.gaussians(d)));
            case IDENTITY -> CommonOps_DDRM.identity(d);
            case TRACELESS -> {
                DMatrixRMaj dense = dense(s);
                double mean = CommonOps_DDRM.trace(dense) / d;
                for (int i = 0; i < d; i++) {
                    dense.add(i, i, i == 0 && d == 1 ? 0 : -mean);
                }
                yield dense;
            }
            case NEGATIVE -> {
                DMatrixRMaj negative = LinearAlgebra.gram(new DMatrixRMaj(d, d, true, s.gaussians(d * d)));
                CommonOps_DDRM.scale(-1, negative);
                yield negative;
            }
        };
        return new QuadraticTarget(
                b, offset == Offset.NONE ? 0 : offset == Offset.CENTRED ? -CommonOps_DDRM.trace(b) : 3);
    }

    private DMatrixRMaj dense(RandomStream s) {
        DMatrixRMaj any = new DMatrixRMaj(d, d, true, s.gaussians(d * d));
        return CommonOps_DDRM.add(any, CommonOps_DDRM.transpose(any, null), null);
    }
}
