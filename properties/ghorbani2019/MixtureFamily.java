package ghorbani2019;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.GaussianMixture;

/** Gaussian mixtures of every dimension with {@code |Delta|_op} of order {@code d^(-1/2)} (M1, M2); even d of at least 10. */
enum MixtureFamily {
    /** The paper's choice in Figure 2, with equal shares: {@code Sigma = I}, Delta of 2, 1.5 and 1 in turn over {@code sqrt d}. */
    THREE_LEVELS,
    /** {@code Sigma = I}, {@code Delta = 1.5 I / sqrt d}: every direction is as good. */
    CONSTANT,
    /** {@code Sigma = I}, Delta of 1.5 and -1.5 in turn over {@code sqrt d}: without trace. */
    INDEFINITE,
    /** {@code Sigma = I}, Delta of -2 and -0.1 in turn over {@code sqrt d}: class +1 is the wide one. */
    NEGATIVE,
    /** Sigma of 0.6 and 1.4 in turn, Delta of 0.56 on the first half and 1.4 on the second over {@code sqrt d}. */
    GENERAL;

    /** Those with {@code Sigma = I}. */
    static final MixtureFamily[] ISOTROPIC = {THREE_LEVELS, CONSTANT, INDEFINITE, NEGATIVE};

    /** The mixture in dimension d. */
    GaussianMixture of(int d) {
        double root = Math.sqrt(d);
        double[] sigma = values(d, this == GENERAL ? i -> i % 2 == 0 ? 0.6 : 1.4 : i -> 1);
        double[] delta = values(
                d,
                switch (this) {
                    case THREE_LEVELS -> i -> (2 - 0.5 * (i % 3)) / root;
                    case CONSTANT -> i -> 1.5 / root;
                    case INDEFINITE -> i -> (i % 2 == 0 ? 1.5 : -1.5) / root;
                    case NEGATIVE -> i -> (i % 2 == 0 ? -2 : -0.1) / root;
                    case GENERAL -> i -> (2 * i < d ? 0.56 : 1.4) / root;
                });
        return new GaussianMixture(CommonOps_DDRM.diag(sigma), CommonOps_DDRM.diag(delta));
    }

    private static double[] values(int d, IntToDoubleFunction value) {
        double[] values = new double[d];
        Arrays.setAll(values, value);
        return values;
    }
}
