package daniely2019;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.network.Initialization;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Mean;
import org.lemmalab.trainer.NetworkDescent;

/**
 * Learning an even polynomial without constant term by Algorithm 1, with the explicit sizes of D19, Theorem 5: with {@code M'} the norm of the polynomial in the
 * kernel space of ReLU, {@code q = 4 M'^2 R^2 / (d eps^2)}, {@code T = 4 M'^2 / eps^2} and the learning rate {@code M' / sqrt(T) / (2 q B^2)}, B = 10000.
 *
 * @param points the law is uniform on these rows
 * @param polynomial its values there
 * @param labels the labels there
 * @param radius a bound on M'
 * @param epsilon the error allowed
 */
record EvenPolynomialTask(
        DMatrixRMaj points,
        double[] polynomial,
        double[] labels,
        ConvexLoss loss,
        int batch,
        double radius,
        double epsilon) {
    private static final double SCALE = 1e4;

    /** The task with labels that are a function of the polynomial. */
    static EvenPolynomialTask of(
            DMatrixRMaj points,
            ToDoubleFunction<double[]> polynomial,
            ToDoubleFunction<Double> label,
            ConvexLoss loss,
            int batch,
            double radius,
            double epsilon) {
        double[] values = new double[points.numRows];
        Arrays.setAll(
                values,
                i -> polynomial.applyAsDouble(
                        Arrays.copyOfRange(points.data, i * points.numCols, (i + 1) * points.numCols)));
        double[] labels =
                Arrays.stream(values).map(value -> label.applyAsDouble(value)).toArray();
        return new EvenPolynomialTask(points, values, labels, loss, batch, radius, epsilon);
    }

    /** {@code R^2 = d lambda_max(E x x^T)}. */
    double radiusSquared() {
        return points.numCols
                * LinearAlgebra.eigen(LinearAlgebra.productTransA(points, points))
                        .largest()
                / points.numRows;
    }

    int pairs() {
        return (int) Math.ceil(4 * square(radius) * radiusSquared() / (points.numCols * square(epsilon)));
    }

    int steps() {
        return (int) Math.ceil(4 * square(radius / epsilon));
    }

    /**
     * Decides {@code E L(h) <= L(p) + share eps}, h a random iterate, when the learning rate is multiplied.
     *
     * <p>The loss of each model on the next batch has the mean of its loss on the law. In the limit of large B the regret bound against 0 keeps
     * their average below {@code max l(0, y) + eps/4} for any batches; it is cut at 0.05 or more beyond that.
     */
    Decision learns(double rateFactor, double share, Lab lab) {
        double top = 0;
        for (double label : labels) {
            top = Math.max(top, loss.value(0, label));
        }
        double bound = loss.mean(polynomial, labels) + share * epsilon;
        double highest = Math.max(top + epsilon / 4 + 0.05, bound + epsilon / 2);
        double rate = rateFactor * radius / Math.sqrt(steps()) / (2 * pairs() * square(SCALE));
        return Mean.atMost(bound, epsilon / 4, new Bounded(0, highest))
                .decide(
                        index ->
                                Math.min(highest, averageLoss(rate, lab.stream().trial(index))),
                        lab.terms());
    }

    private double averageLoss(double rate, RandomStream stream) {
        int d = points.numCols;
        NetworkDescent descent = new NetworkDescent(
                Initialization.paired(pairs(), d, SCALE, DecentActivation.RELU, stream.part("start")), loss, rate);
        RandomStream draws = stream.part("batches");
        DMatrixRMaj examples = new DMatrixRMaj(batch, d);
        double[] y = new double[batch];
        double sum = 0;
        int steps = steps();
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < batch; i++) {
                int drawn = draws.integer(points.numRows);
                System.arraycopy(points.data, drawn * d, examples.data, i * d, d);
                y[i] = labels[drawn];
            }
            sum += loss.mean(descent.step(examples, y), y);
        }
        return sum / steps;
    }

    private static double square(double x) {
        return x * x;
    }
}
