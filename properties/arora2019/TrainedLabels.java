package arora2019;

import arora2019.DigitLabels.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Figure;
import org.lemmalab.linalg.OrthonormalBasis;
import org.lemmalab.network.Initialization;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.SampleSpaceGradientDescent;

/**
 * Networks trained from one initialisation on each kind of labels.
 *
 * @param digits the images and labels
 * @param width neurons of each network
 * @param steps training steps
 * @param initial {@code y - u(0)}
 * @param trained {@code |y - u(k)| / sqrt(n)} for k = 0, 1, ..., steps
 */
record TrainedLabels(
        DigitLabels digits, int width, int steps, Map<Kind, double[]> initial, Map<Kind, double[]> trained) {

    /**
     * Trains networks of width {@code m} for {@code steps} steps of {@link DigitLabels#step}. The images are reduced to coordinates in
     * their span: the law of the residuals is the same.
     */
    static TrainedLabels train(DigitLabels digits, int m, double kappa, int steps, RandomStream stream, int threads) {
        DMatrixRMaj coordinates = OrthonormalBasis.coordinates(digits.points());
        Map<Kind, double[]> initial = new EnumMap<>(Kind.class);
        Map<Kind, double[]> trained = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            SampleSpaceGradientDescent descent = new SampleSpaceGradientDescent(
                    Initialization.gaussian(m, coordinates.numCols, kappa, stream),
                    coordinates,
                    digits.of(kind),
                    digits.step(),
                    threads);
            double[] residuals = new double[steps + 1];
            initial.put(kind, descent.residual());
            residuals[0] = Math.sqrt(2 * descent.loss() / digits.n());
            for (int k = 1; k <= steps; k++) {
                descent.step();
                residuals[k] = Math.sqrt(2 * descent.loss() / digits.n());
            }
            trained.put(kind, residuals);
        }
        return new TrainedLabels(digits, m, steps, initial, trained);
    }

    /** The trained residual {@code |y - u(k)| / sqrt(n)}. */
    double residual(Kind kind, int k) {
        return Objects.requireNonNull(trained.get(kind))[k];
    }

    /** What prediction (8) says for these networks: from u(0) or, as printed, from 0; at a share of their step. */
    double predicted(Kind kind, boolean fromStart, double share, int k) {
        double[] y = fromStart ? Objects.requireNonNull(initial.get(kind)) : digits.of(kind);
        return DigitLabels.residual(digits.eigen(), y, share * digits.step(), k);
    }

    /** The trained residuals beside those predicted. */
    Figure figure(String name, String setting, String finding, boolean fromStart) {
        double[] points = every(16);
        double[] line = every(2);
        Stream<Figure.Series> measured = Arrays.stream(Kind.values())
                .map(kind ->
                        Figure.Series.points(kind.label() + ", trained", points, map(points, k -> residual(kind, k))));
        Stream<Figure.Series> theory = Arrays.stream(Kind.values())
                .map(kind -> Figure.Series.line(
                        kind.label() + ", predicted", line, map(line, k -> predicted(kind, fromStart, 1, k))));
        return new Figure(
                name,
                "Training on true, random and worst-case labels, " + setting,
                String.format(
                        Locale.ROOT,
                        "%s, n = %d, m = %d, step %.3f. %s",
                        TwoClasses.source(),
                        digits.n(),
                        width,
                        digits.step(),
                        finding),
                new Figure.Axis("step k", false),
                new Figure.Axis("|y - u(k)| / sqrt(n)", true),
                Stream.concat(measured, theory).toList());
    }

    /** Every {@code stride}-th step from 0 on. */
    private double[] every(int stride) {
        return IntStream.rangeClosed(0, steps / stride)
                .mapToDouble(i -> i * stride)
                .toArray();
    }

    private static double[] map(double[] steps, IntToDoubleFunction f) {
        return Arrays.stream(steps).map(k -> f.applyAsDouble((int) k)).toArray();
    }
}
