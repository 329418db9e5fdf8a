package ghorbani2019;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.claim.Profile;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.VanishingGap;

/**
 * Exact risks at growing dimension, drawn once per repetition and compared with any number of limit formulas.
 *
 * <p>A formula is supported when the mean gap vanishes like 1/d: the gap extrapolated from the first and the last dimension
 * ({@link VanishingGap}) is at most 0.01, against 0.02, in quick against 0.03. Corrections of order {@code 1/d^2} with a constant up to 64 pass:
 * they leave {@code -c/(4 40^2)}; in quick, from 32, up to 41. Gaps are clipped to 0.2: at {@code d = 160} nearly three or (most claims) more than ten standard
 * deviations of a single draw, at {@code d = 40} one and a half or more; that moves the mean of what is extrapolated by less than 0.001 (measured, claim by claim).
 */
final class RiskLadder {
    private static final double TOLERANCE = 0.01;
    private static final double CLIP = 0.2;

    /** One draw of the weights in some dimension: one or more exact values, such as the risks at several numbers of neurons. */
    interface Draw {
        double[] values(RandomStream stream);
    }

    private final double margin;
    private final double[] dimensions;
    private final Draw[] draws;
    private final RandomStream stream;
    private final Map<Long, double[][]> drawn = new ConcurrentHashMap<>();

    /**
     * The ladder of an instance: d = 40, 80, 160, in deep 100, 200, 400, in quick 32 and 128.
     *
     * @param part names its stream
     * @param inDimension what is drawn in dimension d
     */
    RiskLadder(ClaimRun run, String part, IntFunction<Draw> inDimension) {
        this(run, part, 32, inDimension);
    }

    /** The same with another smallest dimension in quick: 24 where little of the next order is left, as for tangent classes with {@code N < d}. */
    RiskLadder(ClaimRun run, String part, int smallestInQuick, IntFunction<Draw> inDimension) {
        double first = run.size("smallest dimension", smallestInQuick, 40, 100);
        boolean quick = run.settings().profile() == Profile.QUICK;
        margin = quick ? 0.02 : 0.01;
        dimensions = quick ? new double[] {first, 4 * first} : new double[] {first, 2 * first, 4 * first};
        draws = new Draw[dimensions.length];
        Arrays.setAll(draws, j -> inDimension.apply((int) dimensions[j]));
        stream = run.stream().part(part);
    }

    /** Decides that the mean of value k less {@code formula(d)} vanishes like 1/d. */
    Decision tendsTo(int k, IntToDoubleFunction formula, Lab lab) {
        return tendsTo(k, formula, 1, lab);
    }

    /** Decides that the mean of value k less {@code formula(d)} vanishes like {@code d^-order}. */
    Decision tendsTo(int k, IntToDoubleFunction formula, double order, Lab lab) {
        double[] limits = new double[dimensions.length];
        for (int j = 0; j < limits.length; j++) {
            limits[j] = formula.applyAsDouble((int) dimensions[j]);
        }
        return new VanishingGap(order, TOLERANCE, margin, CLIP, dimensions)
                .decide(
                        index -> {
                            double[][] values = drawn.computeIfAbsent(index, this::draw);
                            double[] gaps = new double[limits.length];
                            for (int j = 0; j < gaps.length; j++) {
                                gaps[j] = values[j][k] - limits[j];
                            }
                            return gaps;
                        },
                        lab.terms());
    }

    private double[][] draw(long index) {
        double[][] values = new double[dimensions.length][];
        for (int j = 0; j < values.length; j++) {
            values[j] = draws[j].values(stream.trial(index).part("d = " + dimensions[j]));
        }
        return values;
    }
}
