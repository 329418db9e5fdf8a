package org.lemmalab.report;

import org.lemmalab.claim.Figure;
import org.lemmalab.claim.Figure.Series;

/** The data of a {@link Figure} as comma-separated values: one line per point, empty cells for what is missing. */
final class FigureCsv {

    private FigureCsv() {}

    static String of(Figure figure) {
        StringBuilder text = new StringBuilder("series,")
                .append(quoted(figure.x().label()))
                .append(',')
                .append(quoted(figure.y().label()))
                .append(",low,high\n");
        for (Series series : figure.series()) {
            boolean intervals = series.low().length > 0;
            for (int i = 0; i < series.x().length; i++) {
                text.append(quoted(series.label())).append(',').append(number(series.x()[i]));
                text.append(',').append(number(series.y()[i])).append(',');
                text.append(intervals ? number(series.low()[i]) : "").append(',');
                text.append(intervals ? number(series.high()[i]) : "").append('\n');
            }
        }
        return text.toString();
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }

    static String quoted(String text) {
        return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
