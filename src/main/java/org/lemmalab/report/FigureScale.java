package org.lemmalab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lemmalab.claim.Figure;

/**
 * An axis of a plot: where a value stands and which values are marked.
 *
 * <p>A logarithmic axis is drawn as a linear one of decimal logarithms. Its marks are the abscissas themselves when there are
 * few (a ladder's sizes), else 1, 2, 5 or whole decades.
 *
 * @param label of the axis
 * @param logarithmic whether positions are logarithms
 * @param marks values to mark, increasing; empty leaves the choice to the plotter
 * @param floor the smallest value plotted
 */
record FigureScale(String label, boolean logarithmic, double[] marks, double floor) {

    private static final int FEW = 9;
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /** The scale of an axis for these values, of which {@code rungs} may be marked themselves when they are few. */
    static FigureScale of(Figure.Axis axis, double[] values, double[] rungs) {
        double[] plotted = distinct(values, axis.logarithmic());
        double floor = plotted.length == 0 ? 1 : plotted[0];
        double[] sizes = distinct(rungs, axis.logarithmic());
        double[] marks = new double[0];
        if (axis.logarithmic() && plotted.length > 0) {
            marks = isLadder(sizes) ? sizes : decimal(floor, plotted[plotted.length - 1]);
        }
        return new FigureScale(axis.label(), axis.logarithmic(), marks, floor);
    }

    /** Whether a value can be shown. */
    boolean shows(double value) {
        return Double.isFinite(value) && (!logarithmic || value > 0);
    }

    /** Where it stands; values below a logarithmic axis stand at its lower end. */
    double position(double value) {
        return logarithmic ? Math.log10(value > 0 ? value : floor) : value;
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
        int first = (int) Math.floor(Math.log10(low)) - 1;
        int last = (int) Math.ceil(Math.log10(high)) + 1;
        int step = decades <= 8 ? 1 : (int) Math.ceil(decades / 8);
        int[] digits = decades < 0.8
                ? new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9}
                : decades <= 2.5 ? new int[] {1, 2, 5} : new int[] {1};
        List<Double> marks = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent++) {
            if (Math.floorMod(exponent, step) == 0) {
                for (int digit : digits) {
                    marks.add(Double.parseDouble(digit + "e" + exponent));
                }
            }
        }
        return marks.stream()
                .mapToDouble(Double::doubleValue)
                .filter(mark -> mark >= low / 1.3 && mark <= high * 1.3)
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
