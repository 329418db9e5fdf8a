package ghorbani2019;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ActivationGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;

/**
 * One neuron: gradient descent learns it, and random features in numbers proportional to the dimension do not.
 *
 * <h2>Source</h2>
 *
 * G19, section 1, the counterexample of [26] (which is about exponentially many features; that part is not tested). The limit is derived.
 *
 * <h2>Statement</h2>
 *
 * {@code f* = relu(w* . x)}, {@code x ~ N(0, I)}, {@code |w*| = 1}. With {@code N = rho d} centred ReLU features, {@code w_i ~ N(0, I/d)}, and
 * {@code r(rho) = 1 / (1 + l_1^2 psi)} the risk of a linear function:
 *
 * <pre>{@code
 * R_RF / Var f* -> 1 - l_1^2 (1 - r(rho)) / Var f*  >=  (1/4 - 1/(2 pi)) / (1/2 - 1/(2 pi)) = 0.26652889653787
 * }</pre>
 *
 * Stochastic gradient descent on a single neuron recovers {@code w*}.
 *
 * <h2>Derivation</h2>
 *
 * f* less its mean is {@code l_1 w* . x} plus parts of degree 2 and more in one direction. Those of degree 2 have {@code B} of rank one, hence
 * {@code t = 1/d}: nothing of them is represented in the limit (Theorem 1), nor of higher degrees. For training: in the population the angle
 * to {@code w*} falls, {@code w' . p = sin(theta) (pi - theta) / (2 pi) > 0} along the unit vector p of the plane that turns w to {@code w*}, and the length stays away
 * from 0; near {@code w*} the error contracts by {@code 1 - step/2} a step, and there is no noise as the labels are exact.
 *
 * <h2>How it is checked</h2>
 *
 * The exact risk, less the formula, must vanish like 1/d ({@link RiskLadder}); U and V are the kernel of degree one of arc cosine. The bound on a
 * grid of rho. Training in batches of 100 fresh points with step {@code min(1/5, 8/d)}, for {@code 120 / step} steps: {@code e^-60} of the
 * contraction, so that only the rounding of d products in a batch is left.
 *
 * <h2>Falsifiers</h2>
 *
 * Only the linear part's risk; E f*^2 for the variance; lower bounds that are a tenth higher; a second layer of the wrong sign; a fourth of the steps.
 */
class SingleNeuronClaims {
    private static final double[] RATIOS = {0.5, 1.5};
    private static final ClosedFormActivation FEATURE = Relu.INSTANCE.centred();
    private static final double VARIANCE = FEATURE.secondMoment();
    private static final double LINEAR = FEATURE.hermite1() * FEATURE.hermite1();

    /** A limit: {@code 1 - l_1^2 (1 - r) / unit}. */
    private static DoubleUnaryOperator limit(double unit) {
        return rho -> 1 - LINEAR * (1 - LinearTargetClaims.limit(FEATURE, rho)) / unit;
    }

    /** How the neuron is trained. */
    private record Training(double sign, double shareOfSteps) {
        /** {@code |w - w*|} at the end. */
        double distance(int d, RandomStream stream) {
            double step = Math.min(0.2, 8.0 / d);
            int steps = (int) (shareOfSteps * 120 / step);
            double[] target = unit(d);
            double[] w = stream.gaussians(d);
            Arrays.setAll(w, k -> w[k] / Math.sqrt(d));
            for (int t = 0; t < steps; t++) {
                double[] gradient = new double[d];
                for (int i = 0; i < 100; i++) {
                    double[] x = stream.gaussians(d);
                    double z = LinearAlgebra.dot(w, x);
                    double error = Relu.INSTANCE.value(LinearAlgebra.dot(target, x)) - sign * Relu.INSTANCE.value(z);
                    double factor = error * sign * Relu.INSTANCE.derivative(z) / 100;
                    for (int k = 0; k < d; k++) {
                        gradient[k] += factor * x[k];
                    }
                }
                for (int k = 0; k < d; k++) {
                    w[k] += step * gradient[k];
                }
            }
            double[] gap = new double[d];
            Arrays.setAll(gap, k -> w[k] - target[k]);
            return LinearAlgebra.norm(gap);
        }
    }

    @Claim(
            id = "G19.cite26-neuron",
            statement = "\\frac{R_{\\mathrm{RF}}(\\mathrm{relu}\\langle w_*, x \\rangle)}{\\operatorname{Var} f_*} \\to"
                    + " 1 - \\frac{\\lambda_1^2}{\\operatorname{Var} f_*} \\Big(1 - \\frac{1}{1 + \\lambda_1^2 \\psi}\\Big) \\ge"
                    + " \\frac{1/4 - 1/(2\\pi)}{1/2 - 1/(2\\pi)}; \\quad \\text{SGD on one neuron tends to } w_*",
            hypotheses =
                    "centred ReLU features, $w_i \\sim N(0, I/d)$, $N/d \\to \\rho$; the mean gap vanishes like $1/d$")
    void oneNeuronIsLearnedAndNotRepresented(ClaimRun run) {
        RiskLadder ladder = new RiskLadder(run, "risk", SingleNeuronClaims::draw);
        for (int k = 0; k < RATIOS.length; k++) {
            int ratio = k;
            run.check(
                            "risk of random features, rho = " + RATIOS[k],
                            limit(VARIANCE),
                            (formula, lab) -> ladder.tendsTo(ratio, d -> formula.applyAsDouble(RATIOS[ratio]), lab))
                    .falsifiedBy("the linear part's", rho -> LinearTargetClaims.limit(FEATURE, rho))
                    .falsifiedBy("E f*^2 for the variance", limit(0.5));
        }
        double[] ratios = {0.1, 1, 10, 100, 1e4, 1e6};
        double[] limits = Arrays.stream(ratios).map(limit(VARIANCE)).toArray();
        double least = (0.25 - 1 / (2 * Math.PI)) / (0.5 - 1 / (2 * Math.PI));
        run.check("never below", least, (bound, lab) -> Comparison.atLeast(limits, bound, 1e-13, "100 u (rounding)"))
                .falsifiedBy("a tenth more", 1.1 * least);
        run.check(
                        "for large rho",
                        0.26652889653787,
                        (value, lab) -> Comparison.equal(
                                limits[limits.length - 1], value, 1e-6, "0.73 l~ / (l_1^2 1e6), and 14 digits"))
                .falsifiedBy("a tenth less", 0.9 * least);
        int[] dimensions = {20, run.size("dimension of the trained neuron", 40, 40, 100)};
        run.check(
                        "distance of the trained neuron",
                        new Training(1, 1),
                        (training, lab) -> Comparison.atMost(
                                Arrays.stream(dimensions)
                                        .mapToDouble(d -> training.distance(
                                                        d, lab.stream().part("d = " + d))
                                                / (d * Math.sqrt(d)))
                                        .toArray(),
                                0,
                                16 * 0x1p-53,
                                "the rounding of d products in each of d coordinates, magnified by 2 of the contraction: 16 d^(3/2) u"))
                .falsifiedBy("second layer -1", new Training(-1, 1))
                .falsifiedBy("a fourth of the steps", new Training(1, 0.25));
    }

    private static RiskLadder.Draw draw(int d) {
        WeightLaw law = WeightLaw.isotropic(d);
        return stream -> {
            DMatrixRMaj weights = law.draw((int) (RATIOS[RATIOS.length - 1] * d), stream);
            DMatrixRMaj covariance = LinearAlgebra.gram(weights);
            double[] along = LinearAlgebra.product(weights, unit(d));
            double[] moments = new double[along.length];
            double[] means = new double[along.length];
            for (int i = 0; i < moments.length; i++) {
                moments[i] = FEATURE.productMoment(1, covariance.get(i, i), along[i]);
                means[i] = FEATURE.mean(covariance.get(i, i));
            }
            double[] risks = new RandomFeatureRisk(
                            ActivationGramMatrix.of(FEATURE, covariance), moments, means, 0, VARIANCE)
                    .risks();
            return Arrays.stream(RATIOS)
                    .map(rho -> risks[(int) (rho * d) - 1] / VARIANCE)
                    .toArray();
        };
    }

    private static double[] unit(int d) {
        double[] direction = new double[d];
        Arrays.fill(direction, 1 / Math.sqrt(d));
        return direction;
    }
}
