package arora2019;

import arora2019.NoisyDigits.Complexity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lemmalab.claim.Figure;
import org.lemmalab.random.RandomStream;

/** A19, Figure 2: measure (10), test error and classification error against the portion of random labels. */
final class LabelNoiseFigures {
    private static final int DRAWS = 6;

    private LabelNoiseFigures() {}

    /** By the kernel interpolant, with the root of the exact mean of the squared measure. */
    static Figure interpolant(NoisyDigits digits, Complexity complexity, double[] portions, RandomStream stream) {
        List<NoisyTrainings> draws = draws(trial -> {
            double[][] values = Arrays.stream(portions)
                    .mapToObj(portion -> digits.labels(portion, stream.trial(trial)))
                    .map(labels -> new double[] {
                        digits.measure(labels), digits.error(labels), digits.classificationError(labels)
                    })
                    .toArray(double[][]::new);
            return new NoisyTrainings(portions, column(values, 0), column(values, 1), column(values, 2));
        });
        double[] grid = IntStream.rangeClosed(0, 50).mapToDouble(i -> i / 50.0).toArray();
        List<Figure.Series> series = series(draws);
        series.add(line("measure (10), exact", Figure.Style.LINE, grid, p -> Math.sqrt(complexity.meanAt(p))));
        return figure(
                "A19.fig2",
                "Complexity of labels and test error against the portion of random labels",
                digits.n() + " for training and " + digits.test().y().length + " for the test, kernel interpolant f; "
                        + "means and extremes of " + DRAWS
                        + " draws of labels, and the root of the exact mean of the squared measure. All three grow, as in the "
                        + "paper. They do not grow alike: the measure is concave and above 1 almost at once, where the bound that "
                        + "it enters says nothing; the classification error stays near half of the portion, which is the error of "
                        + "the true labels themselves.",
                series);
    }

    /** By trained networks. */
    static Figure networks(NoisyTrainings.Size size, double[] portions, RandomStream stream) {
        return figure(
                "A19.fig2-trained",
                "The same for trained networks",
                String.format(
                        Locale.ROOT,
                        "%d for training and %d for the test, networks f with m = %d and kappa = %.3f after %d steps of "
                                + "0.8/l_1; means and extremes of %d draws of images, labels and networks.",
                        size.n(),
                        size.q(),
                        size.m(),
                        NoisyTrainings.kappa(size.m()),
                        size.steps(),
                        DRAWS),
                series(draws(trial -> NoisyTrainings.draw(size, portions, stream.trial(trial)))));
    }

    private static List<NoisyTrainings> draws(Function<Integer, NoisyTrainings> draw) {
        return IntStream.range(0, DRAWS).boxed().map(draw).toList();
    }

    private static Figure figure(String name, String title, String caption, List<Figure.Series> series) {
        double[] ends = {0, 1};
        series.add(line("half of the portion", Figure.Style.DASHED, ends, p -> p / 2));
        return new Figure(
                name,
                title,
                TwoClasses.source() + ", " + caption,
                new Figure.Axis("portion of random labels", false),
                new Figure.Axis("value", false),
                series);
    }

    private static List<Figure.Series> series(List<NoisyTrainings> draws) {
        double[] portions = draws.get(0).portions();
        List<Figure.Series> series = new ArrayList<>();
        series.add(points("measure (10)", portions, draws, NoisyTrainings::measure));
        series.add(points("mean |f(x) - y|", portions, draws, NoisyTrainings::error));
        series.add(points("classification error", portions, draws, NoisyTrainings::mistakes));
        return series;
    }

    private static Figure.Series points(
            String label, double[] portions, List<NoisyTrainings> draws, Function<NoisyTrainings, double[]> values) {
        double[][] perDraw = draws.stream().map(values).toArray(double[][]::new);
        return new Figure.Series(
                label,
                Figure.Style.POINTS,
                portions,
                each(perDraw, d -> d.average().orElseThrow()),
                each(perDraw, d -> d.min().orElseThrow()),
                each(perDraw, d -> d.max().orElseThrow()));
    }

    /** A summary over the draws for each portion. */
    private static double[] each(double[][] perDraw, ToDoubleFunction<DoubleStream> summary) {
        return IntStream.range(0, perDraw[0].length)
                .mapToDouble(j -> summary.applyAsDouble(DoubleStream.of(column(perDraw, j))))
                .toArray();
    }

    private static double[] column(double[][] rows, int j) {
        return Arrays.stream(rows).mapToDouble(row -> row[j]).toArray();
    }

    private static Figure.Series line(String label, Figure.Style style, double[] x, DoubleUnaryOperator f) {
        double[] none = new double[0];
        return new Figure.Series(label, style, x, Arrays.stream(x).map(f).toArray(), none, none);
    }
}
