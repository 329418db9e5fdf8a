package org.lemmalab.claim;

import java.util.List;

/**
 * A plot, described by its data; the report draws it.
 *
 * @param name file name without ending, such as {@code A19.fig1b}
 * @param title heading
 * @param caption what is plotted: data, settings, what agrees and what does not
 * @param x label and scale of the horizontal axis
 * @param y label and scale of the vertical axis
 * @param series curves and point sets, in the order of the legend
 */
public record Figure(String name, String title, String caption, Axis x, Axis y, List<Series> series) {

    /** What the plot shows, for those who do not see it: axes and series. */
    public String inWords() {
        return y.label() + " against " + x.label() + ": "
                + String.join("; ", series.stream().map(Series::label).toList());
    }

    /** An axis: its label and whether its scale is logarithmic (then all its values must be positive). */
    public record Axis(String label, boolean logarithmic) {}

    /**
     * One curve.
     *
     * @param label its entry in the legend
     * @param style points for what was measured, lines for theory
     * @param x abscissas
     * @param y ordinates, as many
     * @param low lower ends of intervals, as many, or empty
     * @param high upper ends, as many, or empty
     */
    public record Series(String label, Style style, double[] x, double[] y, double[] low, double[] high) {
        public Series {
            if (x.length != y.length || low.length != high.length || (low.length != 0 && low.length != x.length)) {
                throw new IllegalArgumentException("series '" + label + "': x, y, low and high have " + x.length + ", "
                        + y.length + ", " + low.length + " and " + high.length + " values; x and y must have as many,"
                        + " low and high as many or none");
            }
        }

        /** Measured points without intervals. */
        public static Series points(String label, double[] x, double[] y) {
            return new Series(label, Style.POINTS, x, y, new double[0], new double[0]);
        }

        /** A theoretical or exact curve. */
        public static Series line(String label, double[] x, double[] y) {
            return new Series(label, Style.LINE, x, y, new double[0], new double[0]);
        }
    }

    /** How a series is drawn. */
    public enum Style {
        LINE,
        DASHED,
        POINTS,
        /** Bars from 0, those of one abscissa on top of each other. */
        BARS
    }
}
