package ghorbani2019;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.lemmalab.random.RandomStream;

/** Spectra of positive semidefinite matrices of every size: multiples of 1/4, so that different eigenvalues are well apart. */
enum SpectrumFamily {
    /** Different and positive. */
    DISTINCT,
    /** In pairs. */
    REPEATED,
    /** Half of them zero, at most. */
    SINGULAR,
    /** One that is not zero. */
    RANK_ONE,
    /** All equal: a multiple of the identity. */
    EQUAL;

    /** The d eigenvalues, descending. */
    double[] values(int d, RandomStream stream) {
        double[] steps = new double[d];
        Arrays.setAll(steps, i -> (1 + stream.integer(3)) / 4.0);
        double[] sums = new double[d + 1];
        for (int i = d - 1; i >= 0; i--) {
            sums[i] = sums[i + 1] + steps[i];
        }
        IntToDoubleFunction value = switch (this) {
            case DISTINCT -> i -> sums[i];
            case REPEATED -> i -> sums[i - i % 2];
            case EQUAL -> i -> sums[d - 1];
            case SINGULAR -> i -> 2 * i < d ? sums[i] : 0;
            case RANK_ONE -> i -> i == 0 ? sums[0] : 0;
        };
        double[] values = new double[d];
        Arrays.setAll(values, value);
        return values;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
