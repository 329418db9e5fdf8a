package arora2019;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.EmpiricalGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.trainer.GradientDescent;
import org.lemmalab.trainer.SampleSpaceGradientDescent;
import org.lemmalab.trainer.Trainer;

/**
 * The gradient of a two-layer ReLU network's loss, neuron by neuron and through the features Z, and the step that follows it.
 *
 * <h2>Source</h2>
 *
 * A19, (2), (5), section 3.4, (6). Z is printed as m x n; its blocks are d-vectors, so it is md x n.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * Phi(W) = 1/2 |y - u|^2,    dPhi/dw_r = m^(-1/2) a_r sum_i (u_i - y_i) I_ri x_i,    I_ri = 1{w_r.x_i >= 0}
 * W(k+1) = W(k) - eta grad Phi(W(k));    block r of column i of Z is m^(-1/2) a_r I_ri x_i:
 * vec(grad Phi) = Z (u - y),   vec W(k+1) = vec W(k) - eta Z (u - y),   (Z^T Z)_ij = (x_i.x_j / m) sum_r I_ri I_rj
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link SmallNetwork}: up to 8 points of every geometry, 1 to 12 neurons. At {@code w_r.x_i = 0} the derivative is a convention (footnote 2:
 * indicator 1); the networks with integer weights see it, without rounding.
 *
 * <h2>How it is checked</h2>
 *
 * Against sums written out ({@link NetworkFormulas}). Each entry of an n-term sum of m-term or d-term sums errs by at most {@code (n + m + d + 8) u} of the sum of
 * the absolute values, which is below {@code n (1 + s) s}, {@code s = 1 + |W|_F}, as {@code |u_i| <= |W|_F}; a factor 4 covers both sides.
 * The derivative, away from kinks, against a central difference: as long as no pre-activation changes its sign the loss is quadratic,
 * and the difference is exact for every step h; h is half the way to the nearest kink, at most 1.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code '>'} for {@code '>='}; {@code 1/m} for {@code 1/sqrt(m)}; {@code a_r} or {@code x_i.x_j} dropped; 1/n in the loss, or no 1/2; vec in
 * the other order; Z(0) for Z(k).
 */
class GradientClaims {
    private static final double ETA = 0.25;

    private static final int STEPS = 3;

    private static final String ROUNDING = NetworkFormulas.ROUNDING;

    @Provide
    Arbitrary<SmallNetwork> networks() {
        return SmallNetwork.any();
    }

    /** A form of the gradient: which pre-activations count as active, the power of 1/m, whether a_r is there. */
    private record Gradient(DoublePredicate indicator, double power, boolean signs) {
        double[] of(NetworkFormulas formulas) {
            return formulas.gradient(indicator, power, signs);
        }
    }

    private static final Gradient GRADIENT = new Gradient(z -> z >= 0, 0.5, true);

    private static final Gradient OPEN = new Gradient(z -> z > 0, 0.5, true);

    @Claim(
            id = "A19.gd-update",
            statement = "\\frac{\\partial\\Phi}{\\partial w_r} = \\frac{1}{\\sqrt m} \\sum_i (u_i - y_i)\\, a_r"
                    + " \\mathbb{I}_{r,i}\\, x_i, \\quad w_r(k+1) = w_r(k) - \\eta\\,"
                    + " \\frac{\\partial\\Phi(W(k))}{\\partial w_r}",
            hypotheses = "a derivative where no $w_r^\\top x_i = 0$; there $\\mathbb{I}_{r,i} = 1$ by definition",
            instances = 400)
    void stepsFollowTheGradientNeuronByNeuron(@ForAll("networks") SmallNetwork instance, ClaimRun run) {
        instance.cover(run);
        NetworkFormulas formulas = new NetworkFormulas(instance);
        if (instance.kind() != SmallNetwork.Weights.INTEGER_WITH_ZERO_PREACTIVATIONS) {
            run.check("derivative of the loss", GRADIENT, (form, lab) -> {
                        double h = Math.min(1, formulas.distanceToKinks() / 2);
                        return Comparison.equal(
                                formulas.differences(h),
                                form.of(formulas),
                                2 * formulas.rounding() / h,
                                "2/h times " + ROUNDING + "; h half the way to the nearest kink");
                    })
                    .falsifiedBy("1/m for 1/sqrt(m)", new Gradient(z -> z >= 0, 1, true))
                    .falsifiedBy("no a_r", new Gradient(z -> z >= 0, 0.5, false));
        }
        run.check(
                        "gradient",
                        GRADIENT,
                        (form, lab) -> Comparison.equal(
                                formulas.network.gradient(formulas.points, formulas.y).data,
                                form.of(formulas),
                                formulas.rounding(),
                                ROUNDING))
                .falsifiedBy("'>' for '>='", OPEN);
        run.check("steps in weight space", GRADIENT, (form, lab) -> {
                    GradientDescent trainer = new GradientDescent(formulas.network, formulas.points, formulas.y, ETA);
                    return steps(form, trainer, trainer::network, formulas);
                })
                .falsifiedBy("'>' for '>='", OPEN);
        run.check("steps in sample space", GRADIENT, (form, lab) -> {
                    SampleSpaceGradientDescent trainer =
                            new SampleSpaceGradientDescent(formulas.network, formulas.points, formulas.y, ETA);
                    return steps(form, trainer, trainer::network, formulas);
                })
                .falsifiedBy("'>' for '>='", OPEN);
    }

    /** Decides whether each of three steps is {@code -eta} times the gradient where it starts. */
    private static Decision steps(
            Gradient form, Trainer trainer, Supplier<NormalizedNetwork> network, NetworkFormulas start) {
        List<Decision> decisions = new ArrayList<>();
        for (int k = 0; k < STEPS; k++) {
            NetworkFormulas before = new NetworkFormulas(network.get(), start.points, start.y);
            trainer.step();
            decisions.add(Comparison.equal(
                    network.get().weights().data, before.afterStep(ETA, form.of(before)), before.rounding(), ROUNDING));
        }
        return Decision.worst(decisions);
    }

    @Claim(id = "A19.loss-u", statement = "\\Phi(W) = \\tfrac12 \\|y - u\\|_2^2", instances = 400)
    void lossIsHalfTheSquaredResidual(@ForAll("networks") SmallNetwork instance, ClaimRun run) {
        instance.cover(run);
        NetworkFormulas formulas = new NetworkFormulas(instance);
        DoubleUnaryOperator half = n -> 0.5;
        run.check("loss", half, (factor, lab) -> {
                    NormalizedNetwork network = formulas.network;
                    double[] residual = network.predict(formulas.points);
                    Arrays.setAll(residual, i -> formulas.y[i] - residual[i]);
                    double[] losses = {
                        formulas.loss(),
                        network.loss(formulas.points, formulas.y),
                        new GradientDescent(network, formulas.points, formulas.y, ETA).loss(),
                        new SampleSpaceGradientDescent(network, formulas.points, formulas.y, ETA).loss()
                    };
                    double[] expected = new double[losses.length];
                    Arrays.fill(expected, factor.applyAsDouble(formulas.n) * LinearAlgebra.dot(residual, residual));
                    return Comparison.equal(losses, expected, formulas.rounding(), ROUNDING);
                })
                .falsifiedBy("1/(2n)", n -> 0.5 / n)
                .falsifiedBy("no 1/2", n -> 1);
    }

    /** A form of H: which pre-activations count as active, whether {@code x_i.x_j} is there. */
    private record Gram(DoublePredicate indicator, boolean products) {}

    @Claim(
            id = "A19.Z-gram",
            statement = "(Z^\\top Z)_{ij} = \\frac{x_i^\\top x_j}{m} \\sum_{r=1}^m \\mathbb{I}_{r,i} \\mathbb{I}_{r,j}",
            hypotheses = "$Z \\in \\mathbb{R}^{md \\times n}$",
            instances = 400)
    void gramMatrixCountsCommonActivity(@ForAll("networks") SmallNetwork instance, ClaimRun run) {
        instance.cover(run);
        NetworkFormulas formulas = new NetworkFormulas(instance);
        run.check("entries", new Gram(z -> z >= 0, true), (form, lab) -> {
                    DMatrixRMaj features = formulas.features();
                    double[] expected = formulas.gram(form.indicator, form.products);
                    return Decision.worst(List.of(
                            Comparison.equal(
                                    LinearAlgebra.productTransA(features, features).data,
                                    expected,
                                    formulas.rounding(),
                                    ROUNDING),
                            Comparison.equal(
                                    EmpiricalGramMatrix.of(formulas.points, formulas.network.weights()).data,
                                    expected,
                                    formulas.rounding(),
                                    ROUNDING)));
                })
                .falsifiedBy("'>' for '>='", new Gram(z -> z > 0, true))
                .falsifiedBy("no x_i.x_j", new Gram(z -> z >= 0, false));
    }

    /** How the gradient becomes a vector, and whose features the steps use. */
    private record Vectorization(boolean neuronByNeuron, boolean currentFeatures) {
        /** Entry (r, k) of the vector at the place of W's; the wrong order stacks coordinate k of all neurons first. */
        double[] arrange(double[] vector, NetworkFormulas formulas) {
            double[] arranged = new double[vector.length];
            for (int r = 0; r < formulas.m; r++) {
                for (int k = 0; k < formulas.d; k++) {
                    arranged[r * formulas.d + k] = vector[neuronByNeuron ? r * formulas.d + k : k * formulas.m + r];
                }
            }
            return arranged;
        }
    }

    @Claim(
            id = "A19.vec-grad",
            statement = "\\mathrm{vec}(\\nabla\\Phi(W)) = Z (u - y), \\quad"
                    + " \\mathrm{vec}(W(k+1)) = \\mathrm{vec}(W(k)) - \\eta Z(k) (u(k) - y)",
            hypotheses = "$\\mathrm{vec}$ stacks $w_1, \\dots, w_m$; $Z \\in \\mathbb{R}^{md \\times n}$",
            instances = 400)
    void gradientIsTheFeaturesTimesTheResidual(@ForAll("networks") SmallNetwork instance, ClaimRun run) {
        instance.cover(run);
        run.note("Z is printed as m x n. Its blocks are d-vectors, so it has m d rows: a lost letter.");
        NetworkFormulas formulas = new NetworkFormulas(instance);
        run.check(
                        "gradient",
                        new Vectorization(true, true),
                        (form, lab) -> Comparison.equal(
                                formulas.network.gradient(formulas.points, formulas.y).data,
                                form.arrange(formulas.throughFeatures(formulas.features()), formulas),
                                formulas.rounding(),
                                ROUNDING))
                .falsifiedBy("vec coordinate by coordinate", new Vectorization(false, true));
        run.check("steps", new Vectorization(true, true), (form, lab) -> {
                    GradientDescent trainer = new GradientDescent(formulas.network, formulas.points, formulas.y, ETA);
                    List<Decision> decisions = new ArrayList<>();
                    for (int k = 0; k < STEPS; k++) {
                        NetworkFormulas before = new NetworkFormulas(trainer.network(), formulas.points, formulas.y);
                        DMatrixRMaj features = form.currentFeatures ? before.features() : formulas.features();
                        trainer.step();
                        decisions.add(Comparison.equal(
                                trainer.network().weights().data,
                                before.afterStep(ETA, form.arrange(before.throughFeatures(features), before)),
                                before.rounding(),
                                ROUNDING));
                    }
                    return Decision.worst(decisions);
                })
                .falsifiedBy("Z(0) for Z(k)", new Vectorization(true, false));
    }
}
