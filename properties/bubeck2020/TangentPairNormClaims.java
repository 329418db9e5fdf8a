package bubeck2020;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.DerivativeNeuron;
import org.lemmalab.memorizer.TangentMemorizer;
import org.lemmalab.stats.Comparison;

/**
 * The norm of the tangent pair, one step of the iteration with it, and the pair that Theorem 3 promises.
 *
 * <h2>Source</h2>
 *
 * B20, Theorem 3, (7) is printed with {@code |y|^2} where {@code y.f_u} or a square of {@code omega n/d} belongs; the step behind Theorem 2.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * |f_u|^2 <= L y.f_u <= L^2 |y|^2   for every u,   L = omega n/d = lambda_max(sum x x^T)        (printed: |f_u|^2 <= L |y|^2)
 * |r - f_u/L|^2 <= |r|^2 - r.f_u/L   for every u;    E |r - f_u/L|^2 <= |r|^2 - r^T H r/L <= (1 - alpha/L) |r|^2
 * some two ReLU neurons f:  y.f >= alpha |y|^2,  |f|^2 <= alpha L |y|^2
 * }</pre>
 *
 * <p>The last: {@code E y.f_u >= alpha |y|^2} gives a u with {@code y.f_u >= alpha |y|^2}; then {@code f = c f_u} with
 * {@code c = alpha |y|^2 / y.f_u <= 1}.
 *
 * <h2>Instances</h2>
 *
 * {@link LabelledPoints} up to 20, normal u; by name: aligned labels, where the printed (7) fails at every u (21 points of the circle, all labels 1: the
 * ratio is at least 1.065; 500 points of the sphere in 10 dimensions, linear labels: 3.8 to 9.4); copies of one point, where the step's first
 * inequality is an equality; unbiased bases and nearly parallel points at their lowest eigenvectors.
 *
 * <h2>How it is checked</h2>
 *
 * Exactly. The expectation of {@code |f_u|^2 = sum_i 1_i (x_i.v)^2} is a sum over triples with
 * {@code P(u.x_i, u.x_j, u.x_k >= 0) = 1/8 + (arcsin rho_ij + arcsin rho_ik + arcsin rho_jk) / (4 pi)}. For the existence, candidates are normal draws and
 * the directions of differences {@code x_i - x_j}, until one does; the two neurons, with half of the largest delta, are then evaluated.
 *
 * <p>Correlations are divided by {@code L |y|^2} and energies by {@code L^2 |y|^2}, and err by {@code 10 (n + d + 4) u} of that times n, as
 * {@code (sum |y_i| |x_i|)^2 <= |y|^2 sum |x_i|^2 <= n L |y|^2}. The moduli of the terms of the sum over triples come to at most
 * {@code n L^2 |y|^2}, and {@code n <= 20}.
 *
 * <h2>Falsifiers</h2>
 *
 * The printed (7); 0.9 of either bound; {@code eta = 1.25/L} and {@code 2.5/L}; alpha three times as large, or with the fourth root; f_u without the
 * rescaling, or nine tenths of f.
 */
class TangentPairNormClaims {
    private static final String ROUNDING = "10 n (n + d + 4) u";

    /** Copies of one point with all labels 1, all active. */
    private static final LabelledPoints COPIES = IntStream.range(0, 100)
            .mapToObj(
                    seed -> new LabelledPoints(GenericPoints.cluster(6, 3, 0, seed), LabelledPoints.Labels.ONES, seed))
            .filter(copies -> Step.of(copies).correlation() > 0)
            .findFirst()
            .orElseThrow();

    private static final GenericPoints CIRCLE = GenericPoints.circle(21);

    @Provide
    Arbitrary<LabelledPoints> instances() {
        return LabelledPoints.any(20);
    }

    /** The quantities of the first direction u of an instance. */
    private record Step(LabelledPoints instance, double[] y, TangentPair pair, double largest) {
        static Step of(LabelledPoints instance) {
            double[] y = instance.y();
            TangentPair pair = TangentPair.of(instance.set().points(), instance.direction(0), y);
            return new Step(instance, y, pair, instance.set().largestEigenvalue());
        }

        /** {@code |y|^2}, 1 for labels that vanish. */
        double labels() {
            return squares(y);
        }

        double correlation() {
            return pair.correlation(y) / (largest * labels());
        }

        double energy() {
            return pair.energy() / (largest * largest * labels());
        }

        /** {@code |r|^2 / |y|^2 - 1} after one step from y, eta in units of 1/L. */
        double gain(double eta) {
            if (LinearAlgebra.norm(y) == 0) {
                return 0;
            }
            TangentMemorizer memorizer = new TangentMemorizer(
                    instance.set().points(), y, Relu.INSTANCE, eta / largest, instance.directions());
            memorizer.step();
            return memorizer.error() - 1;
        }

        double tolerance() {
            GenericPoints set = instance.set();
            return 10.0 * set.n() * (set.n() + set.d() + 4) * 0x1p-53;
        }
    }

    private static double squares(double[] y) {
        double squares = LinearAlgebra.dot(y, y);
        return squares == 0 ? 1 : squares;
    }

    /** A bound on {@code |f_u|^2 / (L^2 |y|^2)} by {@code y.f_u / (L |y|^2)} and L. */
    private interface Bound {
        double at(double correlation, double largest);
    }

    @Claim(
            id = "B20.thm3-7",
            statement =
                    "\\|\\mathbf f_u\\|^2 \\le \\frac{\\omega n}{d} \\|\\mathbf y\\|^2 \\quad \\text{almost surely}",
            correction = "\\|\\mathbf f_u\\|^2 \\le \\frac{\\omega n}{d}\\, \\mathbf y \\cdot \\mathbf f_u"
                    + " \\le \\Big(\\frac{\\omega n}{d}\\Big)^2 \\|\\mathbf y\\|^2 \\quad \\text{for every } u",
            hypotheses = "$(\\gamma, \\omega)$-generic points, $f_u$ as in (9) with $v$ as in (8)",
            derivation =
                    "(11) bounds $\\|\\mathbf f_u\\|^2$ by $\\frac{\\omega n}{d}\\, \\mathbf y \\cdot \\mathbf f_u$, and $\\mathbf y \\cdot \\mathbf f_u = \\|v\\|^2$"
                            + " is not at most $\\|\\mathbf y\\|^2$ but at most $\\frac{\\omega n}{d} \\|\\mathbf y\\|^2$. For 21 equispaced points of the"
                            + " circle ($\\gamma = .989$, $\\omega = 1$) and all labels 1, $\\|\\mathbf f_u\\|^2 > 1.06\\, \\frac{\\omega n}{d} \\|\\mathbf y\\|^2$ for"
                            + " every $u$. Theorem 2 and the first sentence of Theorem 3 do not depend on it.")
    void normIsBoundedByTheCorrelation(@ForAll("instances") LabelledPoints instance, ClaimRun run) {
        instance.cover(run);
        run.covers("circle, labels 1").covers("sphere, linear labels").covers("copies of one point");
        GenericPoints sphere = GenericPoints.sphere(500, 10, instance.seed());
        Step[] steps = {Step.of(instance), Step.of(COPIES)};
        Step[] aligned = {
            Step.of(new LabelledPoints(CIRCLE, LabelledPoints.Labels.ONES, instance.seed())),
            Step.of(new LabelledPoints(sphere, LabelledPoints.Labels.LINEAR, instance.seed()))
        };
        Bound claimed = (correlation, largest) -> correlation;
        double tolerance = Math.max(steps[0].tolerance(), steps[1].tolerance());
        run.check(
                        "first inequality",
                        claimed,
                        (bound, lab) -> Comparison.atMost(
                                of(steps, Step::energy),
                                of(steps, step -> bound.at(step.correlation(), step.largest)),
                                tolerance,
                                ROUNDING))
                .falsifiedBy("0.9 (omega n/d) y.f_u", (correlation, largest) -> 0.9 * correlation);
        run.check(
                        "aligned labels",
                        claimed,
                        (bound, lab) -> Comparison.atMost(
                                of(aligned, Step::energy),
                                of(aligned, step -> bound.at(step.correlation(), step.largest)),
                                aligned[1].tolerance(),
                                ROUNDING))
                .printedAs("(omega n/d) |y|^2", (correlation, largest) -> 1 / largest);
        run.check(
                        "second inequality",
                        1.0,
                        (factor, lab) -> Comparison.atMost(of(steps, Step::correlation), factor, tolerance, ROUNDING))
                .falsifiedBy("0.9 (omega n/d) |y|^2", 0.9);
    }

    private static double[] of(Step[] steps, ToDoubleFunction<Step> value) {
        return Arrays.stream(steps).mapToDouble(value).toArray();
    }

    /** What is done with the pair: a factor, or none at all. */
    private record Rescaling(boolean done, double factor) {}

    @Claim(
            id = "B20.thm3",
            statement =
                    "\\exists\\, f \\in \\mathcal F_2(\\mathrm{ReLU}): \\quad \\mathbf y \\cdot \\mathbf f \\ge \\frac1{10}"
                            + " \\sqrt{\\frac{\\log(1/\\gamma)}{\\log(2n)}}\\, \\|\\mathbf y\\|^2, \\qquad"
                            + " \\|\\mathbf f\\|^2 \\le \\frac{\\omega n}{d} \\|\\mathbf y\\|^2",
            hypotheses =
                    "$(\\gamma, \\omega)$-generic points; here even $\\|\\mathbf f\\|^2 \\le \\alpha \\frac{\\omega n}{d}"
                            + " \\|\\mathbf y\\|^2$ with $\\alpha$ the factor in the first inequality")
    void rescaledPairsHaveTheCorrelationAndTheNorm(@ForAll("instances") LabelledPoints instance, ClaimRun run) {
        instance.cover(run);
        run.note(
                "For the pair itself the second inequality may fail (B20.thm3-7): the pair is scaled down to the correlation of the first.");
        LabelledPoints circle = new LabelledPoints(CIRCLE, LabelledPoints.Labels.ONES, instance.seed());
        run.check("drawn and circle", new Rescaling(true, 1), (form, lab) -> {
                    double[] drawn = excesses(instance, form);
                    double[] aligned = excesses(circle, form);
                    return Comparison.atMost(
                            DoubleStream.concat(Arrays.stream(drawn), Arrays.stream(aligned))
                                    .toArray(),
                            0,
                            0,
                            "taken off the excesses: what the pre-activations' rounding comes to");
                })
                .falsifiedBy("f_u without rescaling", new Rescaling(false, 1))
                .falsifiedBy("nine tenths of f", new Rescaling(true, 0.9));
    }

    /** By how much the two inequalities fail, less rounding, over {@code |y|^2} and {@code alpha L |y|^2}. */
    private static double[] excesses(LabelledPoints instance, Rescaling form) {
        GenericPoints set = instance.set();
        double[] y = instance.y();
        double squares = LinearAlgebra.dot(y, y);
        double alpha = set.alpha();
        double[] u = promised(instance, alpha * squares);
        TangentPair pair = TangentPair.of(set.points(), u, y);
        double correlation = pair.correlation(y);
        double factor = !form.done ? 1 : alpha == 0 || squares == 0 ? 0 : alpha * squares / correlation;
        DerivativeNeuron neuron = DerivativeNeuron.exact(set.points(), u, 0, pair.v(), 0);
        double delta = neuron.delta();
        double[] f = DerivativeNeuron.sum(List.of(neuron), new double[] {form.factor * factor}, Relu.INSTANCE)
                .predict(set.points());
        double largest = set.largestEigenvalue();
        double norm = LinearAlgebra.norm(set.norms());
        double error = 10
                * (set.n() + set.d() + 4)
                * 0x1p-53
                * factor
                * norm
                * (LinearAlgebra.norm(u) / delta + LinearAlgebra.norm(pair.v()));
        double energy = LinearAlgebra.dot(f, f);
        double bound = alpha * largest * squares;
        return new double[] {
            (alpha * squares - LinearAlgebra.dot(y, f) - error * Math.sqrt(squares)) / (squares == 0 ? 1 : squares),
            (energy - bound - error * (2 * Math.sqrt(energy) + error)) / (bound == 0 ? 1 : bound)
        };
    }

    /** A direction with at least this correlation and off all hyperplanes: a normal draw or a difference of the points' directions. */
    private static double[] promised(LabelledPoints instance, double least) {
        GenericPoints set = instance.set();
        DMatrixRMaj unit = set.directions();
        double[] y = instance.y();
        for (int k = 0; k < 1_000_000; k++) {
            double[] u = instance.direction(k);
            int i = k / 2 % set.n();
            int j = k / 2 / set.n() % set.n();
            if (k % 2 == 1 && i != j) {
                for (int c = 0; c < u.length; c++) {
                    u[c] = unit.get(i, c) - unit.get(j, c);
                }
            }
            boolean off = Arrays.stream(LinearAlgebra.product(set.points(), u)).allMatch(z -> z != 0);
            if (off && TangentPair.of(set.points(), u, y).correlation(y) >= least) {
                return u;
            }
        }
        throw new IllegalStateException("no direction found for " + instance);
    }

    @Claim(
            id = "B20.thm2-step",
            statement =
                    "\\eta = \\frac{d}{\\omega n}: \\quad \\|r - \\eta\\, \\mathbf f_u\\|^2 \\le \\|r\\|^2 - \\eta\\, r \\cdot \\mathbf f_u"
                            + " \\;\\; \\forall u, \\qquad \\mathbb E \\|r - \\eta\\, \\mathbf f_u\\|^2 \\le \\Big(1 - \\frac{\\alpha d}{\\omega n}\\Big)"
                            + " \\|r\\|^2",
            hypotheses = "$f_u$ follows the labels $r$; $\\alpha = \\frac1{10} \\sqrt{\\log(1/\\gamma) / \\log(2n)}$")
    void stepsAlongThePairContract(@ForAll("instances") LabelledPoints instance, ClaimRun run) {
        instance.cover(run);
        run.covers("copies of one point").covers("unbiased bases at the lowest eigenvector");
        Step[] steps = {Step.of(instance), Step.of(COPIES)};
        double tolerance = Math.max(steps[0].tolerance(), steps[1].tolerance());
        run.check(
                        "every u",
                        1.0,
                        (eta, lab) -> Comparison.atMost(
                                of(steps, step -> step.gain(eta)),
                                of(steps, step -> -eta * step.correlation()),
                                4 * tolerance,
                                ROUNDING))
                .falsifiedBy("eta = 1.25 d/(omega n)", 1.25)
                .falsifiedBy("eta = 2.5 d/(omega n)", 2.5);
        LabelledPoints[] expected = {
            instance, lowest(GenericPoints.unbiased(1)), lowest(GenericPoints.parallelPair(1e-4))
        };
        run.check("expectation", new Rate(0.1, 0.5), (rate, lab) -> {
                    double[] quotients = new double[expected.length];
                    double[] bounds = new double[expected.length];
                    for (int i = 0; i < expected.length; i++) {
                        GenericPoints set = expected[i].set();
                        double[] r = expected[i].y();
                        double alpha = rate.factor * Math.pow(set.r(), -rate.power);
                        quotients[i] = meanGain(set, r);
                        bounds[i] = -alpha / set.largestEigenvalue() * LinearAlgebra.dot(r, r) / squares(r);
                    }
                    return Comparison.atMost(
                            quotients, bounds, 40 * 20 * (3 * 20 + 16) * 0x1p-53, "40 n (3n + 16) u, n = 20");
                })
                .falsifiedBy("alpha three times as large", new Rate(0.3, 0.5))
                .falsifiedBy("fourth root of the logarithms", new Rate(0.1, 0.25));
    }

    /** {@code alpha = factor R^(-power)}. */
    private record Rate(double factor, double power) {}

    private static LabelledPoints lowest(GenericPoints set) {
        return new LabelledPoints(set, LabelledPoints.Labels.LOWEST, 0);
    }

    /** {@code (E |r - f_u/L|^2 - |r|^2) / |r|^2}. */
    private static double meanGain(GenericPoints set, double[] r) {
        int n = set.n();
        double largest = set.largestEigenvalue();
        double[] half = LinearAlgebra.product(set.kernel(), r);
        double correlation = LinearAlgebra.dot(r, half);
        DMatrixRMaj arcs = arcs(set);
        DMatrixRMaj products = LinearAlgebra.gram(set.points());
        double energy = 0;
        for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    double active = 0.125 + (arcs.get(i, j) + arcs.get(i, k) + arcs.get(j, k)) / (4 * Math.PI);
                    sum += r[k] * products.get(i, k) * active;
                }
                row += r[j] * products.get(i, j) * sum;
            }
            energy += row;
        }
        return (energy / largest - 2 * correlation) / largest / squares(r);
    }

    /** {@code arcsin V_ij}; for large cosines from the kernel's entries {@code V (1/4 + arcsin V/(2 pi))}, which have the digits of the angles. */
    private static DMatrixRMaj arcs(GenericPoints set) {
        DMatrixRMaj cosines = set.cosines();
        DMatrixRMaj kernel = set.directionKernel();
        Arrays.setAll(cosines.data, k -> {
            double t = cosines.data[k];
            return Math.abs(t) < 0.5 ? Math.asin(t) : 2 * Math.PI * (kernel.data[k] / t - 0.25);
        });
        return cosines;
    }
}
