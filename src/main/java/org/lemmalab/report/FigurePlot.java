package org.lemmalab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetbrains.letsPlot.awt.plot.PlotSvgExport;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.Figure;
import org.lemmalab.claim.Figure.Series;
import org.lemmalab.claim.Figure.Style;

/**
 * Draws a {@link Figure} as a static SVG, legible on a light and on a dark page.
 *
 * <p>The same figure gives the same text, byte for byte. On a logarithmic axis values that are not positive are left out, and
 * an interval that reaches below zero ends at the smallest value plotted.
 */
public final class FigurePlot {

    /** Width in pixels of a figure that fills the page's column. */
    static final int WIDTH = 760;
    /** Its height. */
    static final int HEIGHT = 430;
    /** Width of one of two figures side by side. */
    static final int HALF_WIDTH = 500;
    /** Its height. */
    static final int HALF_HEIGHT = 310;

    private static final List<String> COLORS =
            List.of("#2f7ed8", "#d9772b", "#2a9d6f", "#cc4b5c", "#8a63c9", "#8c7a3d", "#2aa3b5", "#c056a0");
    private static final List<Integer> SHAPES = List.of(16, 17, 15, 1, 2, 0, 5, 6);
    private static final int MANY_POINTS = 60;

    private final Figure figure;
    private final FigureScale x;
    private final FigureScale y;
    private final int width;
    private final int height;

    private FigurePlot(Figure figure, int width, int height) {
        this.figure = figure;
        this.width = width;
        this.height = height;
        double[] abscissas = all(figure, Series::x);
        double[] ordinates = Stream.<Function<Series, double[]>>of(Series::y, Series::low, Series::high)
                .flatMapToDouble(values -> DoubleStream.of(all(figure, values)))
                .toArray();
        double[] measured = figure.series().stream()
                .filter(series -> series.style() == Style.POINTS)
                .flatMapToDouble(series -> DoubleStream.of(series.x()))
                .toArray();
        x = FigureScale.of(figure.x(), abscissas, measured);
        y = FigureScale.of(figure.y(), ordinates, new double[0]);
    }

    /** The SVG document as text. */
    public static String svg(Figure figure) {
        return svg(figure, WIDTH, HEIGHT);
    }

    /** The same in another size. */
    static String svg(Figure figure, int width, int height) {
        Map<String, Object> spec = new FigurePlot(figure, width, height).spec();
        return SvgStyle.apply(figure.name(), PlotSvgExport.INSTANCE.buildSvgImageFromRawSpecs(spec, null, false));
    }

    private Map<String, Object> spec() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("kind", "plot");
        spec.put("ggtitle", object("text", figure.title()));
        spec.put("ggsize", object("width", width, "height", height));
        spec.put("layers", layers());
        spec.put("scales", scales());
        spec.put("theme", object("name", "minimal", "legend_position", "bottom", "panel_grid_minor", "blank"));
        return spec;
    }

    private List<Object> layers() {
        Map<String, Object> bars = data(series -> series.style() == Style.BARS);
        Map<String, Object> lines = data(series -> series.style() == Style.LINE || series.style() == Style.DASHED);
        Map<String, Object> points = data(series -> series.style() == Style.POINTS);
        Map<String, Object> intervals = data(series -> series.low().length > 0);
        List<Object> layers = new ArrayList<>();
        layers.add(object(
                "geom",
                "bar",
                "stat",
                "identity",
                "data",
                bars,
                "size",
                0,
                "sampling",
                "none",
                "mapping",
                mapping("fill", "series")));
        layers.add(object(
                "geom",
                "line",
                "data",
                lines,
                "size",
                0.9,
                "sampling",
                "none",
                "mapping",
                mapping("color", "series", "linetype", "series")));
        layers.add(object(
                "geom",
                "linerange",
                "data",
                intervals,
                "size",
                0.8,
                "sampling",
                "none",
                "show_legend",
                false,
                "mapping",
                mapping("color", "series", "ymin", "low", "ymax", "high")));
        layers.add(object(
                "geom",
                "point",
                "data",
                points,
                "sampling",
                "none",
                "mapping",
                mapping("color", "series", "shape", "series", "size", "series")));
        return layers;
    }

    private Map<String, Object> data(Predicate<Series> chosen) {
        List<Object> abscissas = new ArrayList<>();
        List<Object> ordinates = new ArrayList<>();
        List<@Nullable Object> lows = new ArrayList<>();
        List<@Nullable Object> highs = new ArrayList<>();
        List<Object> names = new ArrayList<>();
        figure.series().stream().filter(chosen).forEach(series -> {
            boolean intervals = series.low().length > 0;
            for (int i = 0; i < series.x().length; i++) {
                if (x.shows(series.x()[i]) && y.shows(series.y()[i])) {
                    abscissas.add(x.position(series.x()[i]));
                    ordinates.add(y.position(series.y()[i]));
                    lows.add(intervals ? y.position(series.low()[i]) : null);
                    highs.add(intervals ? y.position(series.high()[i]) : null);
                    names.add(series.label());
                }
            }
        });
        return object("x", abscissas, "y", ordinates, "low", lows, "high", highs, "series", names);
    }

    private List<Object> scales() {
        List<Series> series = figure.series();
        double size = series.stream().anyMatch(s -> s.style() == Style.POINTS && s.x().length > MANY_POINTS) ? 2 : 3.5;
        List<Object> scales = new ArrayList<>();
        scales.add(axis("x", x));
        scales.add(axis("y", y));
        scales.add(manual("color", i -> COLORS.get(i % COLORS.size())));
        scales.add(manual("fill", i -> COLORS.get(i % COLORS.size())));
        scales.add(manual("linetype", i -> switch (series.get(i).style()) {
            case LINE -> "solid";
            case DASHED -> "dashed";
            case POINTS, BARS -> SvgStyle.HIDDEN_LINE;
        }));
        scales.add(manual("shape", i -> SHAPES.get(i % SHAPES.size())));
        scales.add(manual("size", i -> series.get(i).style() == Style.POINTS ? size : 0.0));
        return scales;
    }

    private static Map<String, Object> axis(String aesthetic, FigureScale scale) {
        Map<String, Object> axis = object("aesthetic", aesthetic, "name", scale.label());
        if (scale.marks().length > 0) {
            axis.put("breaks", scale.markPositions());
            axis.put("labels", scale.markLabels());
            axis.put("limits", scale.limits());
        }
        return axis;
    }

    private Map<String, Object> manual(String aesthetic, Function<Integer, Object> value) {
        List<String> labels = figure.series().stream().map(Series::label).toList();
        List<Object> values =
                IntStream.range(0, labels.size()).boxed().map(value).toList();
        int longest = labels.stream().mapToInt(String::length).max().orElse(1);
        int columns = Math.max(1, Math.min(labels.size(), (width - 60) / (45 + 7 * longest)));
        return object(
                "aesthetic",
                aesthetic,
                "name",
                "",
                "values",
                values,
                "limits",
                labels,
                "breaks",
                labels,
                "guide",
                object("name", "legend", "ncol", columns, "byrow", true));
    }

    private static Map<String, Object> mapping(Object... more) {
        Map<String, Object> mapping = object("x", "x", "y", "y");
        mapping.putAll(object(more));
        return mapping;
    }

    private static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }

    private static double[] all(Figure figure, Function<Series, double[]> values) {
        return figure.series().stream()
                .flatMapToDouble(series -> DoubleStream.of(values.apply(series)))
                .toArray();
    }
}
