package ghorbani2019;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;

/** Centred quadratic targets of every dimension, with a diagonal matrix B whose spectrum has a limit. */
enum TargetFamily {
    /** {@code B = I}: {@code t = (tr B)^2 / (d |B|_F^2) = 1}. */
    IDENTITY,
    /** The quantiles of the law Exp(1), ascending, the paper's choice in its figures: t near 1/2. */
    EXPONENTIAL,
    /** The same with the sign changed: not positive semidefinite. */
    NEGATIVE,
    /** 1 and -1 in turn: indefinite, and t = 0. */
    ALTERNATING,
    /** 2 and 1/2 in turn: t = 0.74. */
    TWO_LEVELS,
    /** 3 and -1/2 in turn: indefinite, t = 0.34. */
    MIXED,
    /** {@code B_ii = 1/i}: t falls like {@code (log d)^2 / d}. */
    HARMONIC,
    /** {@code B = e_1 e_1^T}: t = 1/d. */
    RANK_ONE;

    /** Those that the theorems on trained networks allow: {@code B >= 0}. */
    static final TargetFamily[] SEMIDEFINITE = {IDENTITY, EXPONENTIAL, TWO_LEVELS, HARMONIC, RANK_ONE};

    /** The target in dimension d. */
    QuadraticTarget of(int d) {
        return QuadraticTarget.diagonal(diagonal(d));
    }

    /** The target in dimension d with its eigenvectors in random directions: {@code B = Q^T diag(...) Q}. */
    QuadraticTarget rotated(int d, RandomStream stream) {
        DMatrixRMaj q = OrthonormalRows.draw(d, d, stream);
        DMatrixRMaj product = LinearAlgebra.productTransA(q, LinearAlgebra.product(of(d).matrix(), q));
        DMatrixRMaj sum = CommonOps_DDRM.add(product, CommonOps_DDRM.transpose(product, null), null);
        CommonOps_DDRM.scale(0.5, sum);
        return QuadraticTarget.centred(sum);
    }

    /** {@code t = (tr B)^2 / (d |B|_F^2)}, without making B. */
    double traceShare(int d) {
        double[] diagonal = diagonal(d);
        double trace = Arrays.stream(diagonal).sum();
        return trace * trace / (d * LinearAlgebra.dot(diagonal, diagonal));
    }

    /** The diagonal of B. */
    double[] diagonal(int d) {
        return switch (this) {
            case IDENTITY -> values(d, i -> 1);
            case EXPONENTIAL -> values(d, i -> -Math.log1p(-(i + 0.5) / d));
            case NEGATIVE -> values(d, i -> Math.log1p(-(i + 0.5) / d));
            case ALTERNATING -> values(d, i -> i % 2 == 0 ? 1 : -1);
            case TWO_LEVELS -> values(d, i -> i % 2 == 0 ? 2 : 0.5);
            case MIXED -> values(d, i -> i % 2 == 0 ? 3 : -0.5);
            case HARMONIC -> values(d, i -> 1.0 / (i + 1));
            case RANK_ONE -> values(d, i -> i == 0 ? 1 : 0);
        };
    }

    private static double[] values(int d, IntToDoubleFunction value) {
        double[] values = new double[d];
        Arrays.setAll(values, value);
        return values;
    }
}
