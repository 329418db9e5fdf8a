package ghorbani2019;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.QuadraticNetworkLoss;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.trainer.QuadraticNetworkDescent;
import org.lemmalab.trainer.SampleSource;

/**
 * One step of stochastic gradient descent on a quadratic network.
 *
 * <h2>Source</h2>
 *
 * G19, section 2.3, the displayed recursion.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * (W, c) <- (W, c) - eps grad (f*(x) - f(x; W, c))^2,   f = c + sum_i (w_i . x)^2,   x fresh:
 * w_i += 4 eps r (w_i . x) x,   c += 2 eps r,   r = f*(x) - f(x)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Dimension 1 to 4, 1 to 4 neurons, B of either sign, generic, collinear and zero neurons.
 *
 * <h2>How it is checked</h2>
 *
 * The trainer's step against derivatives of the sampled loss. Along a coordinate the loss is a polynomial of degree at most 4, of which the
 * five-point difference quotient gives the derivative exactly, up to rounding: {@code 2^-53} of the loss's terms, times the sum 18 of its
 * coefficients over 12 h. The mean of the step over x is the population gradient ({@link QuadraticNetworkLoss}): the step has degree 4 in x, for
 * which three Gauss-Hermite nodes per dimension are exact. As {@code W <- W (I + 4 eps r x x^T)}, a linear relation between neurons
 * stays.
 *
 * <h2>Falsifiers</h2>
 *
 * The gradient of half of the square; c moved before W; the sum over a batch in place of its mean; {@code |M|^2} for {@code 2 |M|^2} in the
 * population loss, and its gradient without the part of the mean; neurons that are only nearly dependent.
 */
class StochasticGradientClaims {
    private static final double EPS = 1.0 / 64;
    private static final double H = 0.25;

    /** A network and its target. */
    record Setting(int d, int n, Neurons neurons, long seed) {
        enum Neurons {
            GENERIC,
            COLLINEAR,
            ZERO
        }

        RandomStream stream() {
            return RandomStream.of(seed, "StochasticGradientClaims");
        }

        QuadraticTarget target() {
            DMatrixRMaj half = PointLaw.GAUSSIAN.rows(d, d, stream().part("B"));
            DMatrixRMaj b = CommonOps_DDRM.add(half, CommonOps_DDRM.transpose(half, null), null);
            return new QuadraticTarget(b, stream().part("b0").gaussian());
        }

        DMatrixRMaj weights() {
            DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(n, d, stream().part("W"));
            for (int i = 1; i < n && neurons == Neurons.COLLINEAR; i++) {
                for (int k = 0; k < d; k++) {
                    weights.set(i, k, (i % 2 == 0 ? 0.5 : -2) * weights.get(0, k));
                }
            }
            if (neurons == Neurons.ZERO) {
                weights.zero();
            }
            return weights;
        }

        double offset() {
            return stream().part("c").gaussian();
        }
    }

    @Provide
    Arbitrary<Setting> settings() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(Setting.Neurons.values()),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Setting::new);
    }

    /** What the step descends: so many times the square, summed over a batch or averaged, with c moved first or not. */
    private record Step(double squares, boolean summed, boolean offsetFirst) {}

    private static final Step CLAIMED = new Step(1, false, false);

    /** The population loss's gradient, with the parts of {@code 2 |M|^2} and of the squared mean. */
    private record Gradient(double ofNorm, double ofMean) {}

    @Claim(
            id = "G19.sgd-step",
            statement =
                    "(W, c) \\leftarrow (W, c) - \\varepsilon \\nabla (f_*(x) - \\hat f(x; W, c))^2: \\quad "
                            + "w_i \\leftarrow w_i + 4 \\varepsilon r \\langle w_i, x \\rangle x, \\quad c \\leftarrow c + 2 \\varepsilon r",
            hypotheses =
                    "$\\hat f = c + \\sum_i \\langle w_i, x \\rangle^2$, $r = f_*(x) - \\hat f(x)$, each x used once",
            instances = 60)
    void stepIsTheGradientOfOneSamplesSquare(@ForAll("settings") Setting setting, ClaimRun run) {
        run.covers(setting.n() >= setting.d() ? "N >= d" : "N < d").covers(setting.neurons() + " neurons");
        if (setting.n() == 1 || setting.d() == 1) {
            run.covers(setting.n() == 1 ? "N = 1" : "d = 1");
        }
        for (int batch : new int[] {1, 3}) {
            run.check("step, batch of " + batch, CLAIMED, (form, lab) -> {
                        DMatrixRMaj points = PointLaw.GAUSSIAN.rows(batch, setting.d(), lab.stream());
                        return increments(setting, points, form);
                    })
                    .falsifiedBy("half of the square", new Step(0.5, false, false))
                    .falsifiedBy(batch == 1 ? "c before W" : "sum over the batch", new Step(1, batch > 1, batch == 1));
        }
        Setting small = new Setting(Math.min(setting.d(), 3), setting.n(), Setting.Neurons.GENERIC, setting.seed());
        run.check("mean step", new Gradient(1, 1), (form, lab) -> meanStep(small, form))
                .falsifiedBy("|M|^2 in place of 2 |M|^2", new Gradient(0.5, 1))
                .falsifiedBy("without the mean's part", new Gradient(1, 0));
        Setting several = new Setting(setting.d(), Math.max(setting.n(), 2), Setting.Neurons.GENERIC, setting.seed());
        run.check(
                        "the last neuron stays the sum of the others",
                        0.0,
                        (distance, lab) -> relation(several, distance, lab.stream()))
                .falsifiedBy("up to 1/1000 at first", 1e-3);
    }

    private static Decision increments(Setting setting, DMatrixRMaj points, Step form) {
        QuadraticTarget target = setting.target();
        double[] labels = target.values(points);
        DMatrixRMaj weights = setting.weights();
        double c = setting.offset();
        QuadraticNetworkDescent run = step(setting, points, labels);
        double scale = form.squares * (form.summed ? labels.length : 1);
        double first = form.offsetFirst ? run.offset() : c;
        int size = weights.getNumElements();
        double[] moved = new double[size + 1];
        double[] claimed = new double[size + 1];
        for (int k = 0; k < size; k++) {
            int entry = k;
            moved[k] = (run.weights().data[k] - weights.data[k]) / EPS;
            claimed[k] = -scale
                    * derivative(s -> {
                        DMatrixRMaj w = weights.copy();
                        w.data[entry] += s;
                        return loss(points, labels, w, first);
                    });
        }
        moved[size] = (run.offset() - c) / EPS;
        claimed[size] = -scale * derivative(s -> loss(points, labels, weights, c + s));
        double terms = 0;
        for (double label : labels) {
            terms = Math.max(terms, Math.abs(label));
        }
        double norm = LinearAlgebra.norm(weights.data) + 2 * H;
        double radius = LinearAlgebra.norm(points.data);
        terms += Math.abs(c) + 2 * H + norm * norm * radius * radius;
        return Comparison.equal(
                moved,
                claimed,
                0x1p-53 * (40 * terms * terms * 18 / (12 * H) + norm / EPS),
                "40 u of the squared terms, times 18/(12 h); u |W| / eps");
    }

    private static QuadraticNetworkDescent step(Setting setting, DMatrixRMaj points, double[] labels) {
        SampleSource once = x -> {
            x.setTo(points);
            return labels;
        };
        QuadraticNetworkDescent run =
                QuadraticNetworkDescent.withFixedSecondLayer(setting.weights(), setting.offset(), points.numRows, once);
        run.step(EPS);
        return run;
    }

    private static double loss(DMatrixRMaj points, double[] labels, DMatrixRMaj weights, double c) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double rest = labels[i] - c;
            for (int j = 0; j < weights.numRows; j++) {
                double h = LinearAlgebra.dot(
                        points.data, i * points.numCols, weights.data, j * points.numCols, points.numCols);
                rest -= h * h;
            }
            sum += rest * rest;
        }
        return sum / labels.length;
    }

    /** At 0, exact for polynomials of degree 4. */
    private static double derivative(DoubleUnaryOperator f) {
        return (8 * (f.applyAsDouble(H) - f.applyAsDouble(-H)) - f.applyAsDouble(2 * H) + f.applyAsDouble(-2 * H))
                / (12 * H);
    }

    private static Decision meanStep(Setting setting, Gradient form) {
        QuadraticTarget target = setting.target();
        DMatrixRMaj weights = setting.weights();
        double c = setting.offset();
        GaussHermite rule = GaussHermite.of(3);
        int size = weights.getNumElements();
        double[] mean = new double[size + 1];
        double terms = 0;
        int nodes = (int) Math.round(Math.pow(3, setting.d()));
        for (int index = 0; index < nodes; index++) {
            DMatrixRMaj point = new DMatrixRMaj(1, setting.d());
            double mass = 1;
            for (int k = 0, rest = index; k < setting.d(); k++, rest /= 3) {
                point.data[k] = rule.nodes()[rest % 3];
                mass *= rule.weights()[rest % 3];
            }
            QuadraticNetworkDescent run = step(setting, point, target.values(point));
            for (int k = 0; k <= size; k++) {
                double moved = (k < size ? run.weights().data[k] - weights.data[k] : run.offset() - c) / EPS;
                mean[k] += mass * moved;
                terms = Math.max(terms, Math.abs(moved));
            }
        }
        // -8 W M - 4 beta W and -2 beta: the gradient with c put where beta = 0 has no part of the mean
        QuadraticNetworkLoss loss = new QuadraticNetworkLoss(target);
        double beta = -loss.offsetDerivative(weights, c) / 2;
        double[] whole = loss.weightGradient(weights, c).data;
        double[] withoutMean = loss.weightGradient(weights, c + beta).data;
        double[] claimed = new double[size + 1];
        Arrays.setAll(
                claimed,
                k -> k < size
                        ? -form.ofNorm * withoutMean[k] - form.ofMean * (whole[k] - withoutMean[k])
                        : 2 * form.ofMean * beta);
        return Comparison.equal(
                mean,
                claimed,
                0x1p-53 * 500 * (terms + 1) / EPS,
                "500 u of the largest step: 27 terms, division by eps");
    }

    private static Decision relation(Setting setting, double distance, RandomStream stream) {
        DMatrixRMaj weights = setting.weights();
        int n = setting.n();
        int d = setting.d();
        for (int k = 0; k < d; k++) {
            weights.set(n - 1, k, distance);
            for (int i = 0; i < n - 1; i++) {
                weights.add(n - 1, k, weights.get(i, k));
            }
        }
        QuadraticNetworkDescent run = QuadraticNetworkDescent.withFixedSecondLayer(
                weights, setting.offset(), 1, new FreshSamples(setting.target(), stream));
        run.steps(20, 0x1p-12);
        DMatrixRMaj after = run.weights();
        double[] gaps = new double[d];
        for (int k = 0; k < d; k++) {
            gaps[k] = after.get(n - 1, k);
            for (int i = 0; i < n - 1; i++) {
                gaps[k] -= after.get(i, k);
            }
        }
        return Comparison.equal(gaps, new double[d], 1e-12, "20 steps, each 50 u of numbers below 100");
    }
}
