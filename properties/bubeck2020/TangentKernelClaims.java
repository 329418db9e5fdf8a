package bubeck2020;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.DualActivation;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * The tangent kernel {@code (x.y) E psi'(w.x) psi'(w.y)}, and its closed form for ReLU.
 *
 * <h2>Source</h2>
 *
 * B20, section 1, and the proof of Lemma 3, whose display of {@code H_ij} has the probability {@code (2/pi)(1/4 + arcsin rho)}.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * grad_w psi(w.x) . grad_w psi(w.y) = (x.y) psi'(w.x) psi'(w.y)
 * E |sum_{u.x_i >= 0} y_i x_i|^2 = y^T H y,   H_ij = x_i.x_j (1/4 + arcsin(rho_ij)/(2 pi)),   u ~ N(0, I)
 * }</pre>
 *
 * <p>{@code P(u.x_i >= 0, u.x_j >= 0) = 1/4 + arcsin(rho)/(2 pi)}: the printed number is 1.159 at rho = 1.
 *
 * <h2>Instances</h2>
 *
 * Up to 4 neurons and two normal points in up to 6 dimensions, five activations. For H up to 8 points of a plane in up to 6 dimensions, norms in [1, 3], normal labels, and
 * always (1, 0), (0.6, 0.8), (-0.8, 0.6) with labels 1, -2, 0.5.
 *
 * <h2>How it is checked</h2>
 *
 * Gradients against central differences with step h: {@code h^2 |x_k|^3 |psi'''| / 6 <= 72 h^2} for {@code |x_k| <= 6}, {@code |psi'''| <= 2}, and rounding
 * {@code 100 m (d + 4) u/h} for values below 30; {@code h = 1e-5}, or half the way to the kink, where the second error alone remains. Inner products of
 * gradients to {@code 4 m (d + 4) u} of the sum of moduli.
 *
 * <p>In a plane the expectation is exact: the direction of u is uniform on a circle, which the hyperplanes cut into 2n arcs where v does not change; both
 * sides err by {@code 20 n (n + 8) u (sum |y_i| |x_i|)^2}.
 *
 * <h2>Falsifiers</h2>
 *
 * psi for psi', no x.y; the printed probability, {@code 1/4 + arcsin/pi}, and the linear {@code (1 + rho)/4}.
 */
class TangentKernelClaims {
    /** Neurons and two points. */
    record Neurons(DecentActivation activation, int m, int d, long seed) {
        DMatrixRMaj points() {
            return gaussian(2, d, "points");
        }

        TwoLayerNetwork network() {
            double[] ones = new double[m];
            Arrays.fill(ones, 1);
            return new TwoLayerNetwork(gaussian(m, d, "weights"), ones, activation);
        }

        private DMatrixRMaj gaussian(int rows, int columns, String name) {
            RandomStream stream = RandomStream.of(seed, "TangentKernelClaims").part(name);
            return DMatrixRMaj.wrap(rows, columns, stream.gaussians(rows * columns));
        }
    }

    @Provide
    Arbitrary<Neurons> neurons() {
        return Combinators.combine(
                        Arbitraries.of(
                                DecentActivation.TANH,
                                DecentActivation.SOFTPLUS,
                                DecentActivation.SINE,
                                DecentActivation.RELU,
                                DecentActivation.LEAKY_RELU),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Neurons::new);
    }

    /** A form of the kernel at one w. */
    private interface Product {
        double at(double products, double wx, double wy, DecentActivation s);
    }

    @Claim(
            id = "B20.ntk-kernel",
            statement = "\\mathbb E_w\\, \\nabla_w \\psi(w \\cdot x) \\cdot \\nabla_w \\psi(w \\cdot y)"
                    + " = \\mathbb E_w\\, (x \\cdot y)\\, \\psi'(w \\cdot x)\\, \\psi'(w \\cdot y)",
            hypotheses = "here at each $w$, off the kinks, and for ReLU in expectation",
            instances = 60)
    void gradientsHaveTheTangentKernel(@ForAll("neurons") Neurons drawn, ClaimRun run) {
        run.covers(drawn.activation.name()).covers(drawn.d == 1 ? "d = 1" : "d > 1");
        DecentActivation s = drawn.activation;
        DMatrixRMaj points = drawn.points();
        TwoLayerNetwork network = drawn.network();
        DMatrixRMaj z = network.preactivations(points);
        double h = s.kinkList().isEmpty()
                ? 1e-5
                : Arrays.stream(z.data).map(t -> Math.abs(t) / 12).min().orElseThrow();
        DoubleUnaryOperator slope = s.derivative();
        run.check("gradient", slope, (form, lab) -> {
                    double[] expected = new double[2 * drawn.m * drawn.d];
                    Arrays.setAll(expected, at -> {
                        int i = at / (drawn.m * drawn.d);
                        int l = at / drawn.d % drawn.m;
                        return form.applyAsDouble(z.get(l, i)) * points.get(i, at % drawn.d);
                    });
                    return Comparison.equal(
                            differences(network, points, h),
                            expected,
                            (s.kinkList().isEmpty() ? 72 * h * h : 0)
                                    + 100 * drawn.m * (drawn.d + 4) * 0x1p-53 * (1 + 1 / h),
                            "72 h^2 + 100 m (d + 4) u/h");
                })
                .falsifiedBy("psi in place of psi'", s.value());
        Product claimed = (xy, wx, wy, f) -> xy * f.derivative(wx) * f.derivative(wy);
        run.check("inner products", claimed, (form, lab) -> {
                    double xy = LinearAlgebra.dot(points.data, 0, points.data, drawn.d, drawn.d);
                    double sum = 0;
                    for (int l = 0; l < drawn.m; l++) {
                        sum += form.at(xy, z.get(l, 0), z.get(l, 1), s);
                    }
                    DMatrixRMaj features = network.weightFeatures(points);
                    int length = features.numCols;
                    return Comparison.equal(
                            LinearAlgebra.dot(features.data, 0, features.data, length, length),
                            sum,
                            4.0 * drawn.m * (drawn.d + 4) * 0x1p-53 * drawn.m * 36 * drawn.d,
                            "4 m (d + 4) u, moduli below 36 m d");
                })
                .falsifiedBy("without x.y", (xy, wx, wy, f) -> f.derivative(wx) * f.derivative(wy))
                .falsifiedBy("psi in place of psi'", (xy, wx, wy, f) -> xy * f.value(wx) * f.value(wy));
        double norms = Math.sqrt(LinearAlgebra.dot(points.data, 0, points.data, 0, drawn.d)
                * LinearAlgebra.dot(points.data, drawn.d, points.data, drawn.d, drawn.d));
        double cosine = LinearAlgebra.dot(points.data, 0, points.data, drawn.d, drawn.d) / norms;
        double rho = Math.max(-0.99, Math.min(0.99, cosine));
        run.check(
                        "expectation for ReLU",
                        DualActivation.ofDerivative(DecentActivation.RELU),
                        (dual, lab) -> Comparison.equal(
                                rho * dual.at(rho), ReluGramMatrix.entry(rho), 1e-9, "quadrature to 1e-10"))
                .falsifiedBy("psi in place of psi'", DualActivation.of(DecentActivation.RELU));
    }

    /** Central differences of {@code f(x_i)} in every weight, in the order of the features. */
    private static double[] differences(TwoLayerNetwork network, DMatrixRMaj points, double h) {
        double[] result = new double[2 * network.weights().getNumElements()];
        for (int k = 0; k < network.weights().getNumElements(); k++) {
            double[] up = moved(network, k, h).predict(points);
            double[] down = moved(network, k, -h).predict(points);
            for (int i = 0; i < 2; i++) {
                result[i * network.weights().getNumElements() + k] = (up[i] - down[i]) / (2 * h);
            }
        }
        return result;
    }

    private static TwoLayerNetwork moved(TwoLayerNetwork network, int k, double h) {
        DMatrixRMaj weights = network.weights().copy();
        weights.data[k] += h;
        return new TwoLayerNetwork(weights, network.outputs(), network.activation());
    }

    /** Labelled points {@code norm (cos angle, sin angle)}. */
    private record Plane(double[] angles, double[] norms, double[] y) {
        /** (1, 0), (0.6, 0.8), (-0.8, 0.6). */
        static final Plane NAMED = new Plane(
                new double[] {0, Math.acos(0.6), Math.PI / 2 + Math.acos(0.6)},
                new double[] {1, 1, 1},
                new double[] {1, -2, 0.5});

        static Plane draw(int n, long seed) {
            RandomStream stream = RandomStream.of(seed, "TangentKernelClaims").part("plane");
            double[] angles = new double[n];
            double[] norms = new double[n];
            Arrays.setAll(angles, i -> stream.uniform(0, 2 * Math.PI));
            Arrays.setAll(norms, i -> stream.uniform(1, 3));
            return new Plane(angles, norms, stream.gaussians(n));
        }

        DMatrixRMaj points() {
            DMatrixRMaj points = new DMatrixRMaj(y.length, 2);
            for (int i = 0; i < y.length; i++) {
                points.set(i, 0, norms[i] * Math.cos(angles[i]));
                points.set(i, 1, norms[i] * Math.sin(angles[i]));
            }
            return points;
        }

        /** The mean of {@code |v|^2} over the circle, arc by arc. */
        double mean() {
            double[] ends = new double[2 * y.length + 1];
            for (int i = 0; i < y.length; i++) {
                ends[2 * i] = (angles[i] + Math.PI / 2) % (2 * Math.PI);
                ends[2 * i + 1] = (angles[i] + 3 * Math.PI / 2) % (2 * Math.PI);
            }
            ends[2 * y.length] = Double.POSITIVE_INFINITY;
            Arrays.sort(ends);
            ends[2 * y.length] = ends[0] + 2 * Math.PI;
            double sum = 0;
            for (int k = 0; k + 1 < ends.length; k++) {
                double middle = (ends[k] + ends[k + 1]) / 2;
                double[] u = {Math.cos(middle), Math.sin(middle)};
                sum += (ends[k + 1] - ends[k]) * TangentPair.of(points(), u, y).squaredNorm();
            }
            return sum / (2 * Math.PI);
        }

        /** {@code (sum |y_i| |x_i|)^2}. */
        double scale() {
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                sum += norms[i] * Math.abs(y[i]);
            }
            return sum * sum;
        }
    }

    /** n points of a plane in d dimensions. */
    record Planar(int n, int d, long seed) {}

    @Provide
    Arbitrary<Planar> planes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.integers().between(2, 6),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Planar::new);
    }

    @Claim(
            id = "B20.lem3-kernel",
            statement =
                    "H_{i,j} = \\mathbb E\\, x_i \\cdot x_j\\, 1\\{u \\cdot x_i \\ge 0\\}\\, 1\\{u \\cdot x_j \\ge 0\\}"
                            + " = \\frac2\\pi\\, x_i \\cdot x_j \\Big( \\frac14 + \\arcsin \\rho_{ij} \\Big)",
            correction =
                    "H_{i,j} = \\mathbb E\\, x_i \\cdot x_j\\, 1\\{u \\cdot x_i \\ge 0\\}\\, 1\\{u \\cdot x_j \\ge 0\\}"
                            + " = x_i \\cdot x_j \\Big( \\frac14 + \\frac{1}{2\\pi} \\arcsin \\rho_{ij} \\Big)",
            hypotheses = "$u \\sim N(0, I_d)$, $\\rho_{ij} = x_i \\cdot x_j / (\\|x_i\\| \\|x_j\\|)$; with it"
                    + " $\\mathbb E \\|\\sum_{u \\cdot x_i \\ge 0} y_i x_i\\|^2 = \\mathbf y^\\top H \\mathbf y$",
            derivation =
                    "Two half-planes whose normals include the angle $\\theta$ meet in the fraction $(\\pi - \\theta)/(2\\pi)$ of the circle, which is"
                            + " $\\frac14 + \\frac1{2\\pi} \\arcsin \\rho$ for $\\rho = \\cos \\theta$. At $\\rho = \\frac12$ that is $\\frac13$ and the printed factor is"
                            + " $0.4925$; at $\\rho = 1$ it is $1.159$, which is no probability. Lemma 3 itself is true (B20.lem3).")
    void correlationsAreHalfPlanesTimesProducts(@ForAll("planes") Planar drawn, ClaimRun run) {
        run.covers(drawn.n == 1 ? "n = 1" : "n > 1").covers(drawn.d == 2 ? "the plane" : "a plane in d > 2");
        Plane plane = Plane.draw(drawn.n, drawn.seed);
        DMatrixRMaj frame = OrthonormalRows.draw(2, drawn.d, RandomStream.of(drawn.seed, "TangentKernelClaims"));
        GenericPoints points = new GenericPoints("plane", "", LinearAlgebra.product(plane.points(), frame));
        GenericPoints named = new GenericPoints("plane", "", Plane.NAMED.points());
        Function<GenericPoints, DMatrixRMaj> claimed = GenericPoints::kernel;
        run.check(
                        "y^T H y",
                        claimed,
                        (form, lab) -> Comparison.equal(
                                new double[] {
                                    plane.mean() / plane.scale(),
                                    Plane.NAMED.mean() / Plane.NAMED.scale(),
                                    1.697267576481386
                                },
                                new double[] {
                                    quadratic(form.apply(points), plane.y) / plane.scale(),
                                    quadratic(form.apply(named), Plane.NAMED.y) / Plane.NAMED.scale(),
                                    quadratic(form.apply(named), Plane.NAMED.y)
                                },
                                20 * 8 * 16 * 0x1p-53,
                                "20 n (n + 8) u, n = 8"))
                .printedAs("(2/pi)(1/4 + arcsin rho)", of(t -> 2 / Math.PI * (0.25 + Math.asin(t))))
                .falsifiedBy("1/4 + arcsin(rho)/pi", of(t -> 0.25 + Math.asin(t) / Math.PI))
                .falsifiedBy("(1 + rho)/4", of(t -> (1 + t) / 4));
    }

    /** The matrix {@code x_i.x_j p(rho_ij)}. */
    private static Function<GenericPoints, DMatrixRMaj> of(DoubleUnaryOperator probability) {
        return set -> {
            DMatrixRMaj cosines = set.cosines();
            DMatrixRMaj products = LinearAlgebra.gram(set.points());
            for (int k = 0; k < cosines.getNumElements(); k++) {
                double t = Math.max(-1, Math.min(1, cosines.data[k]));
                products.data[k] *= probability.applyAsDouble(t);
            }
            return products;
        };
    }

    private static double quadratic(DMatrixRMaj matrix, double[] y) {
        return LinearAlgebra.dot(y, LinearAlgebra.product(matrix, y));
    }
}
