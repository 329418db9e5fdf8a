package arora2019;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Whole numbers from 1 that a figure shows on a logarithmic axis.
 *
 * @param numbers ascending
 */
record LogarithmicGrid(int[] numbers) {
    /** Every number at first, then one for each factor of {@code ratio > 1}, up to {@code last}, which is among them. */
    static LogarithmicGrid upTo(int last, double ratio) {
        DoubleStream grid = DoubleStream.iterate(1, x -> x < last, x -> Math.max(x + 1, x * ratio));
        return new LogarithmicGrid(DoubleStream.concat(grid, DoubleStream.of(last))
                .mapToInt(x -> (int) x)
                .distinct()
                .toArray());
    }

    /** The numbers as abscissas. */
    double[] abscissas() {
        return Arrays.stream(numbers).asDoubleStream().toArray();
    }

    /** A function on the grid. */
    double[] map(IntToDoubleFunction f) {
        return Arrays.stream(numbers).mapToDouble(f).toArray();
    }
}
