package ghorbani2019;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.lemmalab.risk.WeightLaw;

/** Laws of the weights {@code N(0, Gamma)} in every dimension: diagonal, {@code tr Gamma = 1}, {@code |d Gamma|_op} bounded (A2). */
enum WeightFamily {
    /** {@code Gamma = I/d}. */
    ISOTROPIC,
    /** 0.3/d on the first half, 1.7/d on the second: aligned with an ascending B. */
    ALIGNED,
    /** 1.7/d on the first half, 0.3/d on the second: against an ascending B. */
    OPPOSED,
    /** 0 on the first half, 2/d on the second: of rank d/2. */
    DEGENERATE,
    /** Proportional to 1/2 plus the quantiles of the uniform law, ascending. */
    SPREAD;

    /** The law in dimension d, even. */
    WeightLaw of(int d) {
        double[] variances = new double[d];
        Arrays.setAll(variances, shape(d));
        double sum = Arrays.stream(variances).sum();
        return WeightLaw.diagonal(Arrays.stream(variances).map(v -> v / sum).toArray());
    }

    private IntToDoubleFunction shape(int d) {
        return switch (this) {
            case ISOTROPIC -> i -> 1;
            case ALIGNED -> i -> 2 * i < d ? 0.3 : 1.7;
            case OPPOSED -> i -> 2 * i < d ? 1.7 : 0.3;
            case DEGENERATE -> i -> 2 * i < d ? 0 : 2;
            case SPREAD -> i -> 0.5 + (i + 0.5) / d;
        };
    }
}
