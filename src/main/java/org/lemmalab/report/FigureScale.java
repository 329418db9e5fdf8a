package org.lemmalab.report;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.lemmalab.claim.Figure;

/**
 * An axis of a plot: where a value stands and which values are marked.
 *
 * <p>A logarithmic axis is drawn as a linear one of decimal logarithms. Its marks are the abscissas themselves when there are
 * few (a ladder's sizes), else 1, 2, 5 or whole decades. It spans a factor of two at least, so that what hardly varies looks so.
 *
 * @param label of the axis
 * @param logarithmic whether positions are logarithms
 * @param marks values to mark, increasing; empty leaves the choice to the plotter
 * @param low where the axis begins, before the plotter's padding
 * @param high where it ends
 */
record FigureScale(String label, boolean logarithmic, double[] marks, double low, double high) {

    private static final int FEW = 9;
    private static final int ENOUGH = 3;
    private static final double LEAST_SPAN = 2;
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /** The scale of an axis for these values, of which {@code rungs} may be marked themselves when they are few. */
    static FigureScale of(Figure.Axis axis, double[] values, double[] rungs) {
        double[] plotted = distinct(values, axis.logarithmic());
        double low = plotted.length == 0 ? 1 : plotted[0];
        double high = plotted.length == 0 ? 1 : plotted[plotted.length - 1];
        if (!axis.logarithmic() || plotted.length == 0) {
            return new FigureScale(axis.label(), axis.logarithmic(), new double[0], low, high);
        }
        double widening = Math.max(1, Math.sqrt(LEAST_SPAN * low / high));
        low /= widening;
        high *= widening;
        double[] sizes = distinct(rungs, true);
        double[] marks = isLadder(sizes) ? sizes : decimal(low, high);
        return new FigureScale(axis.label(), true, marks, low, high);
    }

    /** Whether a value can be shown. */
    boolean shows(double value) {
        return Double.isFinite(value) && (!logarithmic || value > 0);
    }

    /** Where it stands; values below a logarithmic axis stand at its lower end. */
    double position(double value) {
        return logarithmic ? Math.log10(value > 0 ? value : low) : value;
    }

    List<Double> limits() {
        return List.of(position(low), position(high));
    }

    List<Double> markPositions() {
        return Arrays.stream(marks).map(this::position).boxed().toList();
    }

    List<String> markLabels() {
        return Arrays.stream(marks).mapToObj(FigureScale::markLabel).toList();
    }

    private static double[] distinct(double[] values, boolean positive) {
        return Arrays.stream(values)
                .filter(value -> Double.isFinite(value) && (!positive || value > 0))
                .distinct()
                .sorted()
                .toArray();
    }

    /** Few sizes, far enough from each other for their labels: a fourteenth of the axis. */
    private static boolean isLadder(double[] sizes) {
        if (sizes.length < 2 || sizes.length > FEW) {
            return false;
        }
        double span = Math.log(sizes[sizes.length - 1] / sizes[0]);
        for (int i = 1; i < sizes.length; i++) {
            if (Math.log(sizes[i] / sizes[i - 1]) < span / 14) {
                return false;
            }
        }
        return true;
    }

    private static double[] decimal(double low, double high) {
        double decades = Math.log10(high / low);
        int step = decades <= 8 ? 1 : (int) Math.ceil(decades / 8);
        double[] marks = powers(low, high, step, decades > 2.5 ? new int[] {1} : new int[] {1, 2, 5});
        return marks.length >= ENOUGH ? marks : even(low, high);
    }

    /** Digits times every step-th power of ten. */
    private static double[] powers(double low, double high, int step, int[] digits) {
        return IntStream.rangeClosed((int) Math.floor(Math.log10(low)), (int) Math.ceil(Math.log10(high)))
                .filter(exponent -> Math.floorMod(exponent, step) == 0)
                .boxed()
                .flatMapToDouble(exponent ->
                        Arrays.stream(digits).mapToDouble(digit -> Double.parseDouble(digit + "e" + exponent)))
                .filter(mark -> mark >= low && mark <= high)
                .toArray();
    }

    /** Multiples of 1, 2 or 5 times a power of ten, some five of them. */
    private static double[] even(double low, double high) {
        double rough = (high - low) / 5;
        int exponent = (int) Math.floor(Math.log10(rough));
        double lead = rough / Math.pow(10, exponent);
        int digit = lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10;
        BigDecimal unit = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
        double first = Math.ceil(low / unit.doubleValue());
        double last = Math.floor(high / unit.doubleValue());
        return LongStream.rangeClosed((long) first, (long) last)
                .mapToDouble(k -> unit.multiply(BigDecimal.valueOf(k)).doubleValue())
                .toArray();
    }

    private static String markLabel(double value) {
        if (value >= 1e-3 && value < 1e6) {
            return DisplayNumber.of(value);
        }
        String[] parts = String.format(Locale.ROOT, "%.0e", value).split("e");
        StringBuilder power = new StringBuilder(parts[0].equals("1") ? "10" : parts[0] + "·10");
        int exponent = Integer.parseInt(parts[1]);
        power.append(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            power.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return power.toString();
    }
}
