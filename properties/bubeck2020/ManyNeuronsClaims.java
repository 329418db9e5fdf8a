package bubeck2020;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.PivotedNeurons;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * As many neurons as points memorize any labels, whatever the activation is, unless it is a polynomial.
 *
 * <h2>Source</h2>
 *
 * B20, Proposition 2 and its proof; section 2 (Bach 2017; Zhang et al. 2017).
 *
 * <h2>Statement</h2>
 *
 * If {@code x_1, ..., x_n} are distinct and the measurable s is not a polynomial, the vectors {@code (s(w.x_i + b))_i} span {@code R^n}: n of them are a basis, and some network of n neurons has
 * {@code f(x_i) = y_i}. For ReLU one direction does: with {@code z_i = a.x_i} ascending and {@code b_j} between {@code z_(j-1)} and {@code z_j} the matrix {@code max(z_i - b_j, 0)} is triangular; this network has
 * {@code 2n + d} parameters.
 *
 * <h2>Instances</h2>
 *
 * One to 10 points, on the sphere, on a line in one and in three dimensions, with near duplicates 1e-3 apart; ReLU, tanh, cos, sigmoid, threshold. The exponential function on the sphere, the indicator of
 * 0 on a line. Candidates: {@link ManyNeurons}; picked by pivoting: {@link PivotedNeurons}.
 *
 * <h2>How it is checked</h2>
 *
 * Rank n: the smallest singular value of the picked neurons' normalised values is above {@code 1e-9} of the largest. Arguments of the candidates are below 1e4, and right to
 * {@code (d + 2) u} of that in at most three dimensions, 500 in ten: values are right to {@code 1e-11} of the column's norm, and a singular matrix of order 11 stays below
 * {@code 1.1e-10}. Residuals: elimination with pivots solves a system within {@code n^2 u} of its entries, {@code sum_j |c_j s_j(x_i)|}; evaluating a neuron adds {@code (d + 2) u} of its argument times its
 * Lipschitz constant. Both are measured; they are below 1e-6 where the rank is.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code t^2} for four points of a line (rank 3) and {@code t^3} for ten (rank 4); a point twice, with different labels; one neuron less.
 */
class ManyNeuronsClaims {
    private static final double CUT = 1e-9;

    /** Distinct points and an activation. */
    record Instance(Activation activation, String geometry, int n, long seed) {
        RandomStream stream() {
            return RandomStream.of(seed, "ManyNeuronsClaims");
        }

        DMatrixRMaj points() {
            return ManyNeuronsClaims.points(geometry, n, stream().part("points"));
        }
    }

    private static DMatrixRMaj points(String geometry, int n, RandomStream stream) {
        if (geometry.equals("sphere")) {
            return PointLaw.SPHERE.rows(n, 10, stream);
        }
        int[] order = stream.permutation(n);
        int d = geometry.equals("line in three dimensions") ? 3 : 1;
        double[] direction = PointLaw.SPHERE.rows(1, d, stream).data;
        boolean near = geometry.equals("near duplicates");
        DMatrixRMaj points = new DMatrixRMaj(n, d);
        for (int i = 0; i < n; i++) { // neighbours at least 0.1, or in pairs 1e-3 apart
            double z = near ? 0.2 * (order[i] / 2) + 1e-3 * (order[i] % 2) : 0.2 * order[i] + stream.uniform(0, 0.1);
            for (int k = 0; k < d; k++) {
                points.set(i, k, (z - 0.1 * n) * direction[k]);
            }
        }
        return points;
    }

    @Provide
    Arbitrary<Instance> instances() {
        return Combinators.combine(
                        Arbitraries.of(ManyNeurons.ACTIVATIONS),
                        Arbitraries.of("sphere", "line", "line in three dimensions", "near duplicates"),
                        Arbitraries.integers().between(1, 10),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Instance::new);
    }

    /** An activation at points. */
    private record Form(Activation activation, DMatrixRMaj points) {}

    private static final DecentActivation CUBE = new DecentActivation(
            "cube",
            z -> z * z * z,
            z -> 3 * z * z,
            z -> 6 * z,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            List.of());

    @Claim(
            id = "B20.prop2-image",
            statement =
                    "\\mathrm{span}\\,\\big\\{(\\psi(w \\cdot x_i + b))_{i \\le n}:\\; w \\in \\mathbb R^d, b \\in \\mathbb R\\big\\} = \\mathbb R^n",
            hypotheses = "$\\psi$ measurable and not a polynomial, the $x_i$ distinct",
            instances = 100)
    void neuronsSpanAllLabels(@ForAll("instances") Instance drawn, ClaimRun run) {
        run.note(
                "Distinct points and a measurable activation are understood: a point that occurs twice gives rank n - 1, and an additive"
                        + " discontinuous function is no polynomial and cannot fit three points of a line.");
        cover(drawn, run);
        run.check(
                        "drawn points",
                        new Form(drawn.activation, drawn.points()),
                        (form, lab) -> independent(form, drawn.stream()))
                .falsifiedBy("a point twice", new Form(drawn.activation, withDuplicate(drawn.points())));
        DMatrixRMaj four = points("line", 4, drawn.stream().part("four"));
        run.check(
                        "four points of a line",
                        new Form(drawn.activation, four),
                        (form, lab) -> independent(form, drawn.stream()))
                .falsifiedBy("t^2", new Form(Quadratic.SQUARE, four));
        DMatrixRMaj ten = points("line", 10, drawn.stream().part("ten"));
        run.check(
                        "ten points of a line",
                        new Form(drawn.activation, ten),
                        (form, lab) -> independent(form, drawn.stream()))
                .falsifiedBy("t^3", new Form(CUBE, ten));
        run.check(
                        "indicator of 0",
                        new Form(ManyNeurons.POINT_MASS, ten),
                        (form, lab) -> independent(form, drawn.stream()))
                .falsifiedBy("t^3", new Form(CUBE, ten));
        DMatrixRMaj sphere = PointLaw.SPHERE.rows(drawn.n, 10, drawn.stream().part("sphere"));
        run.check(
                        "exponential",
                        new Form(ManyNeurons.EXPONENTIAL, sphere),
                        (form, lab) -> independent(form, drawn.stream()))
                .falsifiedBy("a point twice", new Form(ManyNeurons.EXPONENTIAL, withDuplicate(sphere)));
    }

    private static void cover(Instance drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers(drawn.geometry);
        if (drawn.n == 1) {
            run.covers("n = 1");
        }
    }

    private static Decision independent(Form form, RandomStream stream) {
        PivotedNeurons neurons =
                ManyNeurons.of(form.points, stream.part("candidates")).pick(form.activation);
        return Comparison.atLeast(neurons.conditioning(), CUT, 0, "a singular matrix stays below 1.1e-10");
    }

    /** The points and the first one once more. */
    private static DMatrixRMaj withDuplicate(DMatrixRMaj points) {
        DMatrixRMaj more = new DMatrixRMaj(points.numRows + 1, points.numCols);
        System.arraycopy(points.data, 0, more.data, 0, points.getNumElements());
        System.arraycopy(points.data, 0, more.data, points.getNumElements(), points.numCols);
        return more;
    }

    @Claim(
            id = "B20.prop2",
            statement = "\\exists f \\in \\mathcal F_n(\\psi):\\; f(x_i) = y_i, \\; i \\le n",
            hypotheses = "$\\psi$ measurable and not a polynomial, the $x_i$ distinct, any real $y_i$",
            instances = 100)
    void asManyNeuronsAsPointsMemorize(@ForAll("instances") Instance drawn, ClaimRun run) {
        cover(drawn, run);
        int n = drawn.n;
        double[] y = drawn.stream().part("labels").gaussians(n + 1);
        y[0] = 1;
        run.check(
                        "network of n neurons",
                        0,
                        (fewer, lab) -> residual(
                                drawn.activation,
                                drawn.points(),
                                Arrays.copyOf(y, n),
                                Math.max(1, n - fewer),
                                drawn.stream()))
                .falsifiedBy("one neuron less", 1);
        y[n] = -1; // for the first point's copy
        DMatrixRMaj single = points("line", n + 1, drawn.stream().part("more"));
        run.check("n + 1 points", single, (points, lab) -> residual(drawn.activation, points, y, n + 1, drawn.stream()))
                .falsifiedBy("a point twice, with two labels", withDuplicate(drawn.points()));
    }

    private static Decision residual(Activation s, DMatrixRMaj points, double[] y, int count, RandomStream stream) {
        ManyNeurons candidates = ManyNeurons.of(points, stream.part("candidates"));
        TwoLayerNetwork f = candidates.pick(s).fit(y, count);
        double[] values = f.predict(points);
        double[] residuals = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            residuals[i] = Math.abs(values[i] - y[i]);
        }
        return Comparison.atMost(
                residuals, 0, tolerance(f, points), "n^2 u of the terms and (d + 2) u L of their arguments");
    }

    private static double tolerance(TwoLayerNetwork f, DMatrixRMaj points) {
        int n = points.numRows;
        DMatrixRMaj values = f.outputFeatures(points);
        double largest = 0;
        for (int i = 0; i < n; i++) {
            double terms = 0;
            double point = Math.sqrt(LinearAlgebra.dot(
                    points.data, i * points.numCols, points.data, i * points.numCols, points.numCols));
            for (int l = 0; l < f.width(); l++) {
                double slope = Math.min(f.activation().lipschitz(), 1);
                double argument = f.neuronNorm(l) * (1 + point);
                terms += Math.abs(f.outputs()[l])
                        * (n * n * Math.abs(values.get(i, l)) + (points.numCols + 2) * slope * argument);
            }
            largest = Math.max(largest, terms);
        }
        return 4 * largest * 0x1p-53;
    }

    @Claim(
            id = "B20.rw-n",
            statement =
                    "\\exists a, b_1, \\dots, b_n, c:\\; \\sum_{j=1}^n c_j\\, \\mathrm{ReLU}(a \\cdot x_i - b_j) = y_i, \\; i \\le n",
            hypotheses = "$x_i$ distinct; $n$ neurons with $2n + d$ parameters",
            instances = 100)
    void rampsInOneDirectionMemorize(@ForAll("instances") Instance drawn, ClaimRun run) {
        run.note("Of the three numbers that section 2 lists, n and n + 1 count neurons, 2n + d parameters.");
        run.covers(drawn.geometry);
        if (drawn.n == 1) {
            run.covers("n = 1");
        }
        double[] y = drawn.stream().part("labels").gaussians(drawn.n);
        int n = 6;
        double[] alternating = {1, -1, 1, -1, 1, -1};
        DMatrixRMaj line = points("line", n, drawn.stream().part("six"));
        run.check("drawn points, and alternating labels on a line", 0, (fewer, lab) -> {
                    List<Double> residuals = new ArrayList<>();
                    double first = ramps(drawn.points(), y, drawn.n - fewer, drawn.stream(), residuals);
                    double second = ramps(line, alongTheLine(line, alternating), n - fewer, drawn.stream(), residuals);
                    return Comparison.atMost(
                            residuals.stream().mapToDouble(r -> r).toArray(),
                            0,
                            4 * Math.max(first, second) * 0x1p-53,
                            "(n + d + 4) u of the terms and their arguments");
                })
                .falsifiedBy("one neuron less", 1);
        run.check(
                        "parameters",
                        2 * drawn.n + drawn.points().numCols,
                        (count, lab) -> Comparison.equal(parameters(drawn), count, 0, "counted"))
                .falsifiedBy("n", drawn.n);
    }

    /** Labels so that the given values follow the points' order. */
    private static double[] alongTheLine(DMatrixRMaj points, double[] values) {
        double[] y = new double[values.length];
        int[] order = order(points.data);
        for (int rank = 0; rank < y.length; rank++) {
            y[order[rank]] = values[rank];
        }
        return y;
    }

    private static int[] order(double[] z) {
        return IntStream.range(0, z.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> z[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** Ramps along a separating direction that fit the first {@code count} points; adds all residuals and returns what rounding is relative to. */
    private static double ramps(
            DMatrixRMaj points, double[] y, int count, RandomStream stream, List<Double> residuals) {
        double[] values = new double[y.length];
        double size = 0;
        if (count > 0) {
            TwoLayerNetwork f = ramps(points, y, count, stream);
            values = f.predict(points);
            for (int i = 0; i < y.length; i++) {
                double terms = 0;
                for (int j = 0; j < count; j++) {
                    terms += Math.abs(f.outputs()[j]) * (2 + 2 * Math.abs(f.biases()[j])); // |z_i| < 2
                }
                size = Math.max(size, (y.length + points.numCols + 4) * terms);
            }
        }
        for (int i = 0; i < y.length; i++) {
            residuals.add(Math.abs(values[i] - y[i]));
        }
        return size;
    }

    private static TwoLayerNetwork ramps(DMatrixRMaj points, double[] y, int count, RandomStream stream) {
        SeparatedProjection line = SeparatedProjection.of(points, stream.part("direction"));
        double[] z = line.projections();
        int[] order = order(z);
        DMatrixRMaj weights = new DMatrixRMaj(count, points.numCols);
        double[] biases = new double[count];
        double[] outputs = new double[count];
        for (int j = 0; j < count; j++) {
            System.arraycopy(line.direction(), 0, weights.data, j * points.numCols, points.numCols);
            double before = j == 0 ? z[order[0]] - line.gap() : z[order[j - 1]];
            biases[j] = -(before + z[order[j]]) / 2;
            double rest = y[order[j]];
            for (int l = 0; l < j; l++) {
                rest -= outputs[l] * (z[order[j]] + biases[l]);
            }
            outputs[j] = rest / (z[order[j]] + biases[j]);
        }
        return new TwoLayerNetwork(weights, biases, outputs, Relu.INSTANCE);
    }

    /** The numbers that determine the network: the different rows of W, and its biases and outputs. */
    private static double parameters(Instance drawn) {
        TwoLayerNetwork f = ramps(drawn.points(), new double[drawn.n], drawn.n, drawn.stream());
        Set<List<Double>> rows = new HashSet<>();
        for (int l = 0; l < f.width(); l++) {
            List<Double> row = new ArrayList<>();
            for (int k = 0; k < f.dimension(); k++) {
                row.add(f.weights().get(l, k));
            }
            rows.add(row);
        }
        return rows.size() * f.dimension() + f.biases().length + f.outputs().length;
    }
}
