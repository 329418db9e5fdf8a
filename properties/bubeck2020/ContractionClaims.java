package bubeck2020;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.complexity.NeuronSupremum;
import org.lemmalab.complexity.SignVectors;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * How well the best neuron correlates with random labels: linear neurons exactly, others by contraction.
 *
 * <h2>Source</h2>
 *
 * B20, Proposition 1, proof, last display.
 *
 * <h2>Statement</h2>
 *
 * For fair signs y and unit points,
 *
 * <pre>{@code
 * max_{w,b} sum_i y_i (w.x_i - b) / sqrt(|w|^2 + b^2) = sqrt(|sum y_i x_i|^2 + (sum y_i)^2),   of mean at most sqrt(2n) <= 2 sqrt n;
 * E max_{w,b} sum_i y_i s(w.x_i - b) / sqrt(|w|^2 + b^2) <= L E sqrt(|sum y_i x_i|^2 + (sum y_i)^2)
 * }</pre>
 *
 * for a positively homogeneous L-Lipschitz s. With the absolute value of the sum the right side takes the factor 2, and for ReLU, the mean of t and |t|,
 * it may be {@code (3/sqrt 2) sqrt n}.
 *
 * <h2>Instances</h2>
 *
 * All {@code 2^n} labels. For linear neurons {@code n <= 9}, {@code d <= 20}: sphere, orthonormal, one point n times, one point. For the others {@code n <= 6}, {@code d <= 3}, slopes -1, 0, 0.1, 0.9 on
 * the left. The square {@code (+-1, 0), (0, +-1)}, where the linear mean is 2.6213.
 *
 * <h2>How it is checked</h2>
 *
 * For positively homogeneous s the suprema are exact ({@link NeuronSupremum}), and so are the means. For other s a lower bound refutes: the neurons
 * {@code r (w, b)} for the directions that are best for the linear neuron, for ReLU and for the absolute value, at {@code r = 1e-6, 1/2, 1e6}. The function
 * t for {@code t >= -1}, -2 - t below is linear at r = 1/2, as {@code |w.x - b| <= sqrt 2}, and the absolute value up to 2/r as r grows. Terms are below 2, and n of them have 50 roundings.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code sqrt n} and {@code sqrt(1.8 n)}; {@code n} in place of {@code (sum y_i)^2} before the mean; the factor 0.9; the factor 1 with the absolute value. As printed: functions that are not
 * homogeneous, with s(0) = 0 and with s(0) = 1.
 */
class ContractionClaims {
    private static final DMatrixRMaj SQUARE = new DMatrixRMaj(new double[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}});
    private static final DMatrixRMaj POINT = new DMatrixRMaj(new double[][] {{1}});
    private static final double ROUNDING = 1e-13;
    private static final String DERIVATION = "n terms below 2, 50 roundings";

    /** Unit points. */
    record Instance(String geometry, int n, int d, long seed) {
        DMatrixRMaj points() {
            RandomStream stream = RandomStream.of(seed, "ContractionClaims");
            DMatrixRMaj points = PointLaw.SPHERE.rows(n, d, stream);
            if (geometry.equals("orthonormal") && n <= d) {
                return OrthonormalRows.draw(n, d, stream);
            }
            for (int i = 1; geometry.equals("one point n times") && i < n; i++) {
                System.arraycopy(points.data, 0, points.data, i * d, d);
            }
            return points;
        }

        void cover(ClaimRun run) {
            run.covers(geometry);
            if (n == 1) {
                run.covers("n = 1");
            }
            if (d == 1) {
                run.covers("d = 1");
            }
        }
    }

    @Provide
    Arbitrary<Instance> linear() {
        return instances(9, 20);
    }

    @Provide
    Arbitrary<Instance> small() {
        return instances(6, 3);
    }

    private static Arbitrary<Instance> instances(int maxPoints, int maxDimension) {
        return Combinators.combine(
                        Arbitraries.of("sphere", "orthonormal", "one point n times"),
                        Arbitraries.integers().between(1, maxPoints),
                        Arbitraries.integers().between(1, maxDimension),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Instance::new);
    }

    /** Of {@code |sum y_i x_i|^2}, {@code (sum y_i)^2} and n. */
    @FunctionalInterface
    private interface Formula {
        double of(double squaredNorm, double squaredSum, int n);
    }

    @Claim(
            id = "B20.prop1-linear",
            statement =
                    "\\mathbb E \\max_{w, b} \\sum_i y_i \\frac{w \\cdot x_i - b}{\\sqrt{\\|w\\|^2 + b^2}} = \\mathbb E \\sqrt{\\Big\\|\\sum_i y_i x_i\\Big\\|^2 + \\Big(\\sum_i y_i\\Big)^2} \\le \\sqrt{2n} \\le 2\\sqrt n",
            hypotheses = "$y$ independent fair signs, $\\|x_i\\| = 1$",
            instances = 40)
    void linearNeuronsReachTheNormOfTheSignedSum(@ForAll("linear") Instance instance, ClaimRun run) {
        run.note("Where the paper prints n under the root, (sum y_i)^2 stands, whose mean is n.");
        instance.cover(run);
        DMatrixRMaj points = instance.points();
        int n = instance.n;
        run.check(
                        "mean",
                        2.0,
                        (factor, lab) -> Comparison.atMost(
                                new double[] {mean(points), mean(POINT)},
                                new double[] {Math.sqrt(factor * n), Math.sqrt(factor)},
                                ROUNDING,
                                DERIVATION))
                .falsifiedBy("sqrt(1.8 n)", 1.8)
                .falsifiedBy("sqrt n", 1.0);
        DMatrixRMaj few =
                new Instance(instance.geometry, Math.min(n, 5), Math.min(instance.d, 3), instance.seed).points();
        run.check(
                        "maximum for each y, and for the square",
                        (Formula) (norm, sum, count) -> Math.sqrt(norm + sum),
                        (formula, lab) -> {
                            List<Double> left = new ArrayList<>();
                            List<Double> right = new ArrayList<>();
                            for (DMatrixRMaj x : new DMatrixRMaj[] {few, SQUARE}) {
                                SignVectors.all(x.numRows).forEach(y -> {
                                    left.add(NeuronSupremum.of(x, y, 1, 1));
                                    right.add(formula.of(squaredNorm(x, y), Math.pow(sum(y), 2), y.length));
                                });
                            }
                            return Comparison.equal(
                                    array(left),
                                    array(right),
                                    1e-12,
                                    "directions right to 1e-15, as the sums are 0 or above 1e-3");
                        })
                .falsifiedBy("n for (sum y)^2, before the mean", (norm, sum, count) -> Math.sqrt(norm + count))
                .falsifiedBy("norms added", (norm, sum, count) -> Math.sqrt(norm) + Math.sqrt(sum));
        run.check(
                        "mean for the square",
                        2.621320343559643,
                        (value, lab) -> Comparison.equal(mean(SQUARE), value, 1e-14, DERIVATION))
                .falsifiedBy("2 sqrt 2", Math.sqrt(8));
    }

    /** {@code E sqrt(|sum y_i x_i|^2 + (sum y_i)^2)}. */
    private static double mean(DMatrixRMaj points) {
        return SignVectors.mean(points.numRows, y -> Math.sqrt(squaredNorm(points, y) + Math.pow(sum(y), 2)));
    }

    private static double squaredNorm(DMatrixRMaj points, double[] y) {
        double[] v = LinearAlgebra.productTransA(points, y);
        return LinearAlgebra.dot(v, v);
    }

    private static double sum(double[] y) {
        double sum = 0;
        for (double value : y) {
            sum += value;
        }
        return sum;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(x -> x).toArray();
    }

    /** A 1-Lipschitz function of one variable. */
    @FunctionalInterface
    private interface Neuron {
        double at(double t);
    }

    private static Neuron homogeneous(double left) {
        return t -> t > 0 ? t : left * t;
    }

    @Claim(
            id = "B20.prop1-contraction",
            statement =
                    "\\mathbb E \\max_{w, b} \\sum_i y_i \\frac{\\psi(w \\cdot x_i - b)}{\\sqrt{\\|w\\|^2 + b^2}} \\le L\\; \\mathbb E \\max_{w, b} \\sum_i y_i \\frac{w \\cdot x_i - b}{\\sqrt{\\|w\\|^2 + b^2}}",
            hypotheses = "$\\psi$ $L$-Lipschitz; $y$ independent fair signs",
            correction =
                    "\\psi \\text{ positively homogeneous:}\\quad \\mathbb E \\max_{w, b} \\Big|\\sum_i y_i \\frac{\\psi(w \\cdot x_i - b)}{\\sqrt{\\|w\\|^2 + b^2}}\\Big| \\le 2 L\\; \\mathbb E \\max_{w, b} \\sum_i y_i \\frac{w \\cdot x_i - b}{\\sqrt{\\|w\\|^2 + b^2}},"
                            + " \\text{ with factor 1 if the absolute value is left out}",
            derivation =
                    "$\\psi(\\cdot)/\\sqrt{\\|w\\|^2 + b^2}$ is a fixed Lipschitz function of the linear score only if $\\psi$ is positively homogeneous. $x = (\\pm1, 0), (0, \\pm1)$,"
                            + " $\\psi(t) = t$ for $t \\ge -1$, $-2 - t$ below: at least $2.871$ against $2.6213$; $\\psi = \\cos$: infinite. The absolute value, which the proof needs, costs up to 2: $\\psi = |t|$, $2.7416$ against $2.6213$.",
            instances = 12)
    void contractionHoldsForHomogeneousActivations(@ForAll("small") Instance instance, ClaimRun run) {
        instance.cover(run);
        DMatrixRMaj points = instance.points();
        for (double left : new double[] {-1, 0, 0.1, 0.9}) {
            run.check(
                            "one-sided, slope " + left + " on the left",
                            1.0,
                            (factor, lab) -> Comparison.atMost(
                                    new double[] {oneSided(points, left), oneSided(SQUARE, left)},
                                    new double[] {factor * mean(points), factor * mean(SQUARE)},
                                    1e-12,
                                    DERIVATION))
                    .falsifiedBy("0.6", 0.6);
        }
        run.check(
                        "one-sided, slope 0.9 on the left, square",
                        1.0,
                        (factor, lab) ->
                                Comparison.atMost(oneSided(SQUARE, 0.9), factor * mean(SQUARE), 1e-12, DERIVATION))
                .falsifiedBy("0.9", 0.9);
        for (double left : new double[] {-1, 0}) {
            run.check(
                            "with the absolute value, slope " + left + " on the left",
                            2.0,
                            (factor, lab) -> Comparison.atMost(
                                    new double[] {twoSided(points, left), twoSided(SQUARE, left)},
                                    new double[] {factor * mean(points), factor * mean(SQUARE)},
                                    1e-12,
                                    DERIVATION))
                    .falsifiedBy(left < 0 ? "factor 1" : "factor 0.95", left < 0 ? 1 : 0.95);
        }
        run.check(
                        "ReLU with the absolute value",
                        3 / Math.sqrt(2),
                        (factor, lab) -> Comparison.atMost(
                                new double[] {twoSided(points, 0), twoSided(POINT, 0)},
                                new double[] {factor * Math.sqrt(instance.n), factor},
                                1e-12,
                                DERIVATION))
                .falsifiedBy("1.4, by a single point", 1.4);

        run.check(
                        "square, any activation",
                        homogeneous(0),
                        (neuron, lab) ->
                                Comparison.atMost(lowerBound(SQUARE, neuron), mean(SQUARE), ROUNDING, DERIVATION))
                .printedAs("t above -1, -2 - t below", t -> Math.max(t, -2 - t))
                .printedAs("cosine", Math::cos);
        run.check(
                        "square, the lower bound is exact",
                        -1.0,
                        (left, lab) -> Comparison.equal(
                                lowerBound(SQUARE, homogeneous(left)), oneSided(SQUARE, -1), ROUNDING, DERIVATION))
                .falsifiedBy("ReLU", 0.0);
    }

    private static double oneSided(DMatrixRMaj points, double left) {
        return SignVectors.mean(points.numRows, y -> NeuronSupremum.of(points, y, left, 1));
    }

    private static double twoSided(DMatrixRMaj points, double left) {
        return SignVectors.mean(points.numRows, TotalWeightCertificate.twoSided(points, left));
    }

    /** A lower bound of the mean of the largest {@code sum_i y_i s(w.x_i - b) / |(w, b)|}. */
    private static double lowerBound(DMatrixRMaj points, Neuron s) {
        ToDoubleFunction<double[]> best = y -> {
            List<double[]> directions = new ArrayList<>(NeuronSupremum.directions(points, y, 1, 1));
            directions.addAll(NeuronSupremum.directions(points, y, 0, 1));
            directions.addAll(NeuronSupremum.directions(points, y, -1, 1));
            double largest = Double.NEGATIVE_INFINITY;
            for (double[] u : directions) {
                for (double r : new double[] {1e-6, 0.5, 1e6}) {
                    largest = Math.max(largest, correlation(points, y, s, u, r));
                }
            }
            return largest;
        };
        return SignVectors.mean(points.numRows, best);
    }

    private static double correlation(DMatrixRMaj points, double[] y, Neuron s, double[] u, double r) {
        int d = points.numCols;
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += y[i] * s.at(r * (LinearAlgebra.dot(points.data, i * d, u, 0, d) - u[d]));
        }
        return sum / r;
    }
}
