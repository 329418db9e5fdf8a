package daniely2020;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.ChiSquareTail;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;

/**
 * For the absolute value a neuron's change {@code eta g} is exactly Gaussian.
 *
 * <h2>Source</h2>
 *
 * D20, Lemma 11: its sharp companion for {@code s(z) = b |z|}, which the paper does not print.
 *
 * <h2>Statement</h2>
 *
 * {@code y_i sign <w, x_i>} is a fair sign whatever the points, as {@code y_i} is one. Hence
 *
 * <pre>{@code
 * eta g ~ N(0, b^2 c^2 (m-1) I_d),    |eta g|^2 ~ (rho^2/d) chi^2_d,    |w + eta g|^2 ~ (rho^2/d) chi^2_d(d/rho^2) (noncentral)
 * Var |eta g|^2 = 2 rho^4/d,          Var |w + eta g|^2 = 4 rho^2/d + 2 rho^4/d,      rho^2 = b^2 (m-1) ln^2 d/(d q)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Up to 6 dimensions and 8 others; d = 1; no others; the point mass; points orthogonal to the neuron, where the derivative is 1 by choice; scales b.
 *
 * <h2>How it is checked</h2>
 *
 * Given the points, exactly: the list of {@code |w + b c sum y_i s_i x_i|^2} over all labels y is that of {@code |w + b c sum y_i x_i|^2}, sorted. Given
 * the labels the latter is Gaussian. Then against samples for d = 3, q = 2, m = 5: three values of each distribution function, the noncentral one as
 * the mixture {@code chi^2_(d+2J)}, J Poisson with mean {@code d/(2 rho^2)}. The variances from the moments of that mixture.
 *
 * <h2>Falsifiers</h2>
 *
 * ReLU and leaky ReLU, whose derivatives are no signs; a degree of freedom more or less; {@code 1/c^2} for the noncentrality; {@code rho^2} without q;
 * the variance without the cross term's.
 */
class AbsoluteValueLawClaims {
    private static final StepSetting DRAWN = new StepSetting(BalancedActivations.ABSOLUTE_VALUE, 3, 2, 5);
    /** Its derivative is 1: the labels' signs alone. */
    private static final DecentActivation SIGNS = DecentActivation.IDENTITY;

    private static final int MIXTURE = 200; // the Poisson mean is below 30 throughout, its mass beyond 200 below 1e-90

    /** Others' points, a neuron and a scale. */
    record Points(int d, int others, double scale, String family, long seed) {
        DMatrixRMaj rows() {
            DMatrixRMaj rows = new DMatrixRMaj(Math.max(1, others), d);
            if (family.equals("Gaussian")) {
                return PointLaw.GAUSSIAN.rows(Math.max(1, others), d, stream());
            }
            double[] point = stream().gaussians(d);
            for (int i = 0; i < rows.numRows; i++) {
                for (int k = 0; k < d; k++) {
                    rows.set(
                            i,
                            k,
                            family.equals("orthogonal")
                                    ? (k == 0 ? 0 : stream().part("" + i).gaussian())
                                    : point[k]);
                }
            }
            return rows;
        }

        double[] neuron() {
            double[] first = new double[d];
            first[0] = 1;
            return family.equals("orthogonal")
                    ? first
                    : OrthonormalRows.draw(1, d, stream().part("neuron")).data;
        }

        private RandomStream stream() {
            return RandomStream.of(seed, "AbsoluteValueLawClaims");
        }
    }

    @Provide
    Arbitrary<Points> points() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.of(0.1, 1.0, 10.0),
                        Arbitraries.of("Gaussian", "point mass", "orthogonal"),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Points::new);
    }

    /** A noncentral chi-square law: degrees and noncentrality. */
    private record Law(double degrees, double noncentrality) {
        /** The mean of f(J), J Poisson with mean {@code noncentrality/2}. */
        double mixture(IntToDoubleFunction f) {
            double weight = Math.exp(-noncentrality / 2);
            double sum = 0;
            for (int j = 0; j < MIXTURE; j++) {
                sum += weight * f.applyAsDouble(j);
                weight *= noncentrality / 2 / (j + 1);
            }
            return sum;
        }

        double below(double x) {
            return mixture(j -> Math.exp(ChiSquareTail.logLower(degrees + 2 * j, x)));
        }

        double variance() {
            double second = mixture(j -> (degrees + 2 * j) * (degrees + 2 * j + 2));
            return second - Math.pow(mixture(j -> degrees + 2 * j), 2);
        }
    }

    @Claim(
            id = "D20.lem11.law",
            statement =
                    "\\sigma = b|\\cdot|: \\quad \\eta \\tilde g_j \\sim N\\big(0, \\tfrac{\\rho^2}{d} I_d\\big), \\quad \\|\\eta \\tilde"
                            + " g_j\\|^2 \\sim \\tfrac{\\rho^2}{d} \\chi^2_d, \\quad \\|w_j + \\eta \\tilde g_j\\|^2 \\sim \\tfrac{\\rho^2}{d}"
                            + " \\chi^2_d\\big(\\tfrac{d}{\\rho^2}\\big)",
            hypotheses = "one fixed neuron $j$; $\\rho^2 = b^2 (m-1) \\ln^2 d/(dq)$; the last is noncentral",
            instances = 15)
    void theChangeOfANeuronIsGaussian(@ForAll("points") Points drawn, ClaimRun run) {
        run.covers(drawn.family)
                .covers(drawn.d == 1 ? "d = 1" : "d > 1")
                .covers(drawn.others == 0 ? "m = 1: no others" : "m > 1")
                .covers("b = " + drawn.scale);
        Points named = new Points(4, 5, 1, "Gaussian", 1);
        run.check("all labels, given the points", BalancedActivations.ABSOLUTE_VALUE, (DecentActivation s, Lab lab) -> {
                    double[] actual = concat(norms(drawn, s), norms(named, s));
                    double[] expected = concat(norms(drawn, SIGNS), norms(named, SIGNS));
                    double size = 1;
                    for (double value : expected) {
                        size = Math.max(size, value);
                    }
                    return Comparison.equal(
                            actual,
                            expected,
                            256 * 0x1p-53 * size * 8,
                            "8 others, 6 dimensions: 256 u of 8 times the largest");
                })
                .falsifiedBy("ReLU", DecentActivation.RELU)
                .falsifiedBy("leaky ReLU", BalancedActivations.LEAKY_RELU);

        double q = DRAWN.q();
        double variance = DRAWN.shiftVariance() / DRAWN.d(); // of a coordinate
        LeaveOneOut change = new LeaveOneOut(DRAWN);
        double at = drawn.scale == 1 ? 1.2 : drawn.scale > 1 ? 2.4 : 5;
        run.check(
                        "drawn, squared norm of the change",
                        new Law(3, 0).below(at),
                        (probability, lab) -> lab.meanEquals(probability, 0.05, new Bounded(0, 1), stream -> {
                            double[] g = change.drawNeuron(stream);
                            return LinearAlgebra.dot(g, g) <= variance * at ? 1 : 0;
                        }))
                .falsifiedBy("d - 1 degrees", new Law(2, 0).below(at))
                .falsifiedBy("d + 1 degrees", new Law(4, 0).below(at))
                .falsifiedBy("rho^2 without q", new Law(3, 0).below(at / q));
        double after = at + 3;
        run.check(
                        "drawn, squared norm after the change",
                        new Law(3, 1 / variance).below(after),
                        (probability, lab) -> lab.meanEquals(
                                probability,
                                0.05,
                                new Bounded(0, 1),
                                stream -> LeaveOneOut.shiftedSquare(change.drawNeuron(stream)) <= variance * after
                                        ? 1
                                        : 0))
                .falsifiedBy("d - 1 degrees", new Law(2, 1 / variance).below(after))
                .falsifiedBy("noncentrality 1/c^2", new Law(3, 1 / change.squaredRate()).below(after))
                .falsifiedBy("rho^2 without q", new Law(3, 1 / (q * variance)).below(after / q));
        double[] squares = {0.1, 0.5, 2, 10};
        run.check("variances", 4.0, (cross, lab) -> {
                    double[] actual = new double[8];
                    double[] expected = new double[8];
                    for (int i = 0; i < 4; i++) {
                        int d = drawn.d;
                        double r = squares[i];
                        actual[i] = r * r / (d * d) * new Law(d, d / r).variance();
                        expected[i] = cross * r / d + 2 * r * r / d;
                        actual[4 + i] = r * r / (d * d) * new Law(d, 0).variance();
                        expected[4 + i] = 2 * r * r / d;
                    }
                    return Comparison.equal(
                            actual, expected, 1e-10, "400 terms u of second moments (r/d)^2 (d + 2J)^2 below 500");
                })
                .falsifiedBy("no cross term", 0.0)
                .falsifiedBy("half of the cross term", 2.0);
    }

    /** The squared norms {@code |w + b c sum y_i s_i x_i|^2} over all labels, ascending. */
    private static double[] norms(Points points, DecentActivation s) {
        double[] w = points.neuron();
        DMatrixRMaj x = points.rows();
        double[] u = LinearAlgebra.product(x, w);
        double[] norms = new double[1 << points.others];
        for (int labels = 0; labels < norms.length; labels++) {
            double[] sum = w.clone();
            for (int i = 0; i < points.others; i++) {
                double factor = points.scale * 0.3 * ((labels >> i & 1) == 0 ? 1 : -1);
                double slope = s.derivative(u[i]);
                for (int k = 0; k < points.d; k++) {
                    sum[k] += factor * slope * x.get(i, k);
                }
            }
            norms[labels] = LinearAlgebra.dot(sum, sum);
        }
        Arrays.sort(norms);
        return norms;
    }

    private static double[] concat(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
