package bubeck2020;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.Relu;
import org.lemmalab.activation.Threshold;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.DerivativeNeuron;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The derivative neuron {@code f_u(x) = 1{u.x >= 0} v.x}, {@code v = sum_{u.x_i >= 0} y_i x_i}: two ReLU neurons give it on the data, its correlation with
 * the labels is {@code |v|^2}, and its energy at most {@code omega n/d} times that.
 *
 * <h2>Source</h2>
 *
 * B20, (8) to (13), Lemma 2.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * [ReLU((u + delta v).x_i) - ReLU(u.x_i)] / delta = f_u(x_i)  for all i,  0 < delta <= min_i |u.x_i| / |v.x_i|,  if all u.x_i != 0
 * sum_i y_i f_u(x_i) = |v|^2,     for any psi:  |sum_i psi'(u.x_i) y_i x_i|^2
 * sum_i f_u(x_i)^2 <= (omega n/d) sum_i y_i f_u(x_i),     omega n/d = lambda_max(sum_i x_i x_i^T)
 * sum_i psi'(u.x_i)^2 (x_i.v)^2 <= max |psi'|^2 lambda_max |v|^2     for any v
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link LabelledPoints} up to 30, normal u; by name: ties {@code u.x_i = 0}, equal points, and logistic neurons at u = 0, where both bounds are attained.
 *
 * <h2>How it is checked</h2>
 *
 * v and f_u come from the gradient and the features of a network with one neuron, the right-hand sides from sums written out. Sums of n products err by
 * {@code (n + 2) u} of the sum of moduli, so that a squared norm or a correlation errs by at most {@code 4 (n + d + 4) u S^2},
 * {@code S = sum |y_i| |x_i|}; energies and eigenvalues by {@code 10 (n + d) u lambda S^2}. All are divided by this scale. Neurons with the outputs
 * {@code 1/delta} magnify the rounding of a pre-activation: {@code 4 (d + 4) u (|u| + delta |v|) |x| / delta}.
 *
 * <h2>Falsifiers</h2>
 *
 * The other half-space, the open one, a factor 1/2; {@code omega n/(2d)}, 0.9 of the bound, {@code n/d} without omega; the trace over d and
 * {@code max |psi'|^3}; delta 1.5 times too large, and u orthogonal to a point.
 */
class TangentPairClaims {
    private static final String DELTA = "in units of 10 (d + 4) u (|u|/delta + |v|) |x|";

    private static final String ROUNDING = "10 (n + d + 4) u of the sum of moduli";

    /** Six copies of one point. */
    private static final GenericPoints COPIES = GenericPoints.cluster(6, 3, 0, 1);

    private static final List<Activation> SMOOTH = List.of(
            DecentActivation.TANH, DecentActivation.SIGMOID, DecentActivation.SINE, DecentActivation.LEAKY_RELU);

    @Provide
    Arbitrary<LabelledPoints> instances() {
        return LabelledPoints.any(30);
    }

    @Claim(
            id = "B20.fu",
            statement = "u \\cdot x_i \\ne 0 \\;\\forall i \\;\\Longrightarrow\\; \\exists\\, \\delta > 0: \\;\\;"
                    + " \\mathbf f_{\\delta, u, v, 0} = \\mathbf f_u",
            hypotheses = "here for every $\\delta \\le \\min_i |u \\cdot x_i| / |v \\cdot x_i|$")
    void twoNeuronsGiveTheDerivativeNeuronOnTheData(@ForAll("instances") LabelledPoints instance, ClaimRun run) {
        instance.cover(run);
        run.covers("all points active, labels -1");
        double[] u = instance.direction(0);
        TangentPair drawn = TangentPair.of(instance.set().points(), u, instance.y());
        GenericPoints cluster = GenericPoints.cluster(5, 3, 0.3, 1);
        double[] minus = {-1, -1, -1, -1, -1};
        double[] first = Arrays.copyOf(cluster.points().data, 3);
        TangentPair active = TangentPair.of(cluster.points(), first, minus);
        run.check("drawn and active", 0.5, (part, lab) -> {
                    double[] errors = errors(drawn, instance.set(), u, part * largestDelta(drawn, instance.set(), u));
                    double[] others = errors(active, cluster, first, part * largestDelta(active, cluster, first));
                    return Comparison.atMost(
                            DoubleStream.concat(Arrays.stream(errors), Arrays.stream(others))
                                    .toArray(),
                            1,
                            0,
                            DELTA);
                })
                .falsifiedBy("1.5 times the largest delta", 1.5);
        GenericPoints half = GenericPoints.halfCircle(5);
        run.check(
                        "half circle, delta = 1/1000",
                        new double[] {0.3, 1},
                        (w, lab) -> Comparison.atMost(
                                errors(TangentPair.of(half.points(), w, minus), half, w, 1e-3), 1, 0, DELTA))
                .falsifiedBy("u orthogonal to the first point", new double[] {0, 1});
    }

    /** {@code min_i |u.x_i| / |v.x_i|}. */
    private static double largestDelta(TangentPair pair, GenericPoints set, double[] u) {
        return 2 * DerivativeNeuron.exactDelta(set.points(), u, 0, pair.v(), 0);
    }

    /** How far the two neurons are from f_u, in units of their rounding. */
    private static double[] errors(TangentPair pair, GenericPoints set, double[] u, double delta) {
        double largest = Arrays.stream(set.norms()).max().orElseThrow();
        double unit =
                10 * (set.d() + 4) * 0x1p-53 * largest * (LinearAlgebra.norm(u) / delta + LinearAlgebra.norm(pair.v()));
        double[] errors = new DerivativeNeuron(u, 0, pair.v(), 0, delta)
                .network(Relu.INSTANCE)
                .predict(set.points());
        Arrays.setAll(errors, i -> Math.abs(errors[i] - pair.values()[i]) / unit);
        return errors;
    }

    /** A form of (10): {@code factor |sum_i slope(u.x_i) y_i x_i|^2}. */
    private record Norm(double factor, DoubleUnaryOperator slope) {
        double at(GenericPoints set, double[] u, double[] y) {
            double[] v = new double[set.d()];
            for (int i = 0; i < set.n(); i++) {
                double ux = 0;
                for (int k = 0; k < set.d(); k++) {
                    ux += u[k] * set.points().get(i, k);
                }
                for (int k = 0; k < set.d(); k++) {
                    v[k] += slope.applyAsDouble(ux) * y[i] * set.points().get(i, k);
                }
            }
            return factor * LinearAlgebra.dot(v, v);
        }
    }

    private static final Norm CLOSED = new Norm(1, Threshold.INSTANCE::value);

    private static final Norm OTHER_HALF_SPACE = new Norm(1, z -> z <= 0 ? 1 : 0);

    @Claim(
            id = "B20.lem2-10",
            statement =
                    "\\sum_{i=1}^n y_i f_u(x_i) = \\Big\\| \\sum_{i: u \\cdot x_i \\ge 0} y_i x_i \\Big\\|^2 = \\|v\\|^2",
            hypotheses =
                    "any points; for other $\\psi$ the right-hand side is $\\|\\sum_i \\psi'(u \\cdot x_i) y_i x_i\\|^2$")
    void correlationIsTheSquaredNorm(@ForAll("instances") LabelledPoints instance, ClaimRun run) {
        instance.cover(run);
        run.covers("u.x = 0");
        double[] y = instance.y();
        double[] u = instance.direction(0);
        run.check("ReLU", CLOSED, (form, lab) -> correlation(instance.set(), u, y, Relu.INSTANCE, form))
                .falsifiedBy("u.x_i <= 0", OTHER_HALF_SPACE)
                .falsifiedBy("factor 1/2", new Norm(0.5, CLOSED.slope));
        double[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
        run.check(
                        "points on the hyperplane",
                        CLOSED,
                        (form, lab) -> correlation(
                                GenericPoints.unbiased(1), new double[] {1, 0, 0, 0}, ones, Relu.INSTANCE, form))
                .falsifiedBy("u.x_i > 0", new Norm(1, z -> z > 0 ? 1 : 0))
                .falsifiedBy("u.x_i <= 0", OTHER_HALF_SPACE);
        Activation smooth = SMOOTH.get((int) (instance.seed() % SMOOTH.size()));
        run.covers(smooth.name());
        run.check(
                        "another activation",
                        new Norm(1, smooth::derivative),
                        (form, lab) -> correlation(instance.set(), u, y, smooth, form))
                .falsifiedBy("1{u.x >= 0} in place of psi'", CLOSED);
    }

    private static Decision correlation(GenericPoints set, double[] u, double[] y, Activation s, Norm form) {
        double scale = scale(set, y);
        return Comparison.equal(
                TangentPair.of(set.points(), u, y, s).correlation(y) / scale,
                form.at(set, u, y) / scale,
                4 * (set.n() + set.d() + 4) * 0x1p-53 + 1e-14,
                "4 (n + d + 4) u, and psi' to 1e-14");
    }

    /** {@code S^2}, 1 for labels that vanish. */
    private static double scale(GenericPoints set, double[] y) {
        double[] norms = set.norms();
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += Math.abs(y[i]) * norms[i];
        }
        return sum == 0 ? 1 : sum * sum;
    }

    @Claim(
            id = "B20.lem2-11",
            statement = "\\sum_{i=1}^n f_u(x_i)^2 \\le \\frac{\\omega n}{d} \\sum_{i=1}^n y_i f_u(x_i)",
            hypotheses =
                    "$\\sum_i x_i x_i^\\top \\preceq \\frac{\\omega n}{d} I_d$; no other part of Definition 1 is needed")
    void energyIsBoundedByTheCorrelation(@ForAll("instances") LabelledPoints instance, ClaimRun run) {
        instance.cover(run);
        run.covers("copies of one point").note("(11) is printed with $f$ in place of $f_u$ on the right.");
        ToDoubleFunction<GenericPoints> claimed = GenericPoints::largestEigenvalue;
        double[] one = Arrays.copyOf(COPIES.points().data, 3);
        double[] ones = {1, 1, 1, 1, 1, 1};
        run.check("drawn and copies", claimed, (form, lab) -> {
                    double[] drawn = energy(instance.set(), instance.direction(0), instance.y(), form);
                    double[] copies = energy(COPIES, one, ones, form);
                    return Comparison.atMost(
                            new double[] {drawn[0], copies[0]},
                            new double[] {drawn[1], copies[1]},
                            10 * (36 + 16) * 0x1p-53,
                            ROUNDING);
                })
                .falsifiedBy("omega n/(2d)", set -> claimed.applyAsDouble(set) / 2)
                .falsifiedBy("0.9 omega n/d", set -> 0.9 * claimed.applyAsDouble(set))
                .falsifiedBy("n/d", set -> (double) set.n() / set.d());
    }

    /** Energy and its bound over {@code lambda S^2}. */
    private static double[] energy(
            GenericPoints set, double[] u, double[] y, ToDoubleFunction<GenericPoints> eigenvalue) {
        TangentPair pair = TangentPair.of(set.points(), u, y);
        double scale = scale(set, y) * set.largestEigenvalue();
        return new double[] {pair.energy() / scale, eigenvalue.applyAsDouble(set) * pair.correlation(y) / scale};
    }

    /** A bound on (13) for unit v. */
    private interface Bound {
        double at(double lipschitz, GenericPoints set);
    }

    @Claim(
            id = "B20.lem2-13",
            statement = "\\sum_{i=1}^n \\psi'(u \\cdot x_i)^2 (x_i \\cdot v)^2 \\le \\max |\\psi'|^2\\,"
                    + " \\lambda_{\\max}\\Big(\\sum_{i=1}^n x_i x_i^\\top\\Big) \\|v\\|^2")
    void derivativeNeuronsAreBoundedByTheLargestEigenvalue(@ForAll("instances") LabelledPoints instance, ClaimRun run) {
        instance.cover(run);
        run.covers("logistic neurons at u = 0");
        Activation s = SMOOTH.get((int) (instance.seed() % SMOOTH.size()));
        GenericPoints cluster = GenericPoints.cluster(6, 3, 0.3, 1);
        Bound claimed = (lipschitz, set) -> lipschitz * lipschitz * set.largestEigenvalue();
        double[] v = instance.direction(1);
        double[] axis = LinearAlgebra.eigen(LinearAlgebra.gram(CommonOps_DDRM.transpose(cluster.points(), null)))
                .combine(new double[] {1, 0, 0});
        run.check("drawn and logistic", claimed, (form, lab) -> {
                    double[] drawn = quotient(instance.set(), instance.direction(0), v, s, form);
                    double[] sharp = quotient(cluster, new double[3], axis, DecentActivation.SIGMOID, form);
                    return Comparison.atMost(
                            new double[] {drawn[0], sharp[0]},
                            new double[] {drawn[1], sharp[1]},
                            10 * (36 + 16) * 0x1p-53,
                            ROUNDING);
                })
                .falsifiedBy("0.9 lambda_max", (lipschitz, set) -> 0.9 * claimed.at(lipschitz, set))
                .falsifiedBy(
                        "trace / d",
                        (lipschitz, set) ->
                                lipschitz * lipschitz * LinearAlgebra.dot(set.norms(), set.norms()) / set.d())
                .falsifiedBy("max |psi'|^3", (lipschitz, set) -> Math.pow(lipschitz, 3) * set.largestEigenvalue());
    }

    /** The sum and its bound over {@code lambda |v|^2}. */
    private static double[] quotient(GenericPoints set, double[] u, double[] v, Activation s, Bound bound) {
        double[] slopes = LinearAlgebra.product(set.points(), u);
        double[] values = LinearAlgebra.product(set.points(), v);
        for (int i = 0; i < values.length; i++) {
            values[i] *= s.derivative(slopes[i]);
        }
        double largest = set.largestEigenvalue();
        return new double[] {
            LinearAlgebra.dot(values, values) / LinearAlgebra.dot(v, v) / largest,
            bound.at(s.lipschitz(), set) / largest
        };
    }
}
