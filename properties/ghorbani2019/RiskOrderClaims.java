package ghorbani2019;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.risk.NetworkRisk;
import org.lemmalab.risk.QuadraticNetworkLoss;
import org.lemmalab.risk.RandomFeatureLimit;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.TangentLimit;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The order of the three risks, and their definition.
 *
 * <h2>Source</h2>
 *
 * G19, section 1, 'Inner bounds'; the abstract and Figure 1; equations (4) and (5).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * RF_N(W) in NN_N:                  R_NN,N <= R_RF,N(W), for every W
 * the same W, s(z) = z^2, B >= 0:   R_NN,N <= R_NT,N(W) <= R_RF,N(W)
 * 0 <= R <= |f*|^2, R does not rise when a neuron is added, and L(W, c) >= R_NN,N
 * }</pre>
 *
 * The second line holds as random features and constants are tangent functions ({@code a_i} a multiple of {@code w_i}), and for {@code B >= 0} as the eigenvalues
 * of {@code P B P} are at least those of B after the N largest (Cauchy's interlacing).
 *
 * <h2>Instances</h2>
 *
 * d from 1 to 6, N from 1 to 8; B of any rank, of one sign or both, with repeated eigenvalues; weights general, aligned with B, collinear and
 * repeated; mixtures with Delta of either sign.
 *
 * <h2>How it is checked</h2>
 *
 * All risks are exact ({@link RandomFeatureRisk}, {@link TangentRisk}, {@link NetworkRisk}). Random features of which those before leave less than 1e-10 are left out,
 * which can only raise the risk; rounding of {@code N u} relative to the diagonal moves the part that a kept feature explains by {@code N u / 1e-10 < 1e-5} of it. For the
 * other two classes rounding is that of projections, far below.
 *
 * <h2>Falsifiers</h2>
 *
 * Half as many neurons; the second layer fixed to 1; NT with weights of its own; an indefinite B; the limit with twice the ratio; a neuron replaced in place of
 * added; a target that is not centred measured by {@code 2 |B|_F^2}; the infimum of one neuron less.
 */
class RiskOrderClaims {
    private static final double TOLERANCE = 1e-5;
    private static final String DERIVATION = "N u / 1e-10 of |f*|^2, N <= 8";
    private static final ClosedFormActivation FEATURE = Quadratic.SQUARE.centred();

    @Provide
    Arbitrary<SmallProblem> instances() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 8))
                .flatAs((d, n) -> Combinators.combine(
                                Arbitraries.integers().between(1, d),
                                Arbitraries.of(SmallProblem.Signs.values()),
                                Arbitraries.of(SmallProblem.Rows.values()),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((rank, signs, rows, seed) -> new SmallProblem(d, n, rank, signs, rows, seed)));
    }

    /** The least risk of networks with so many neurons, or with the second layer fixed to 1. */
    private record Networks(double share, boolean positive) {
        double risk(QuadraticTarget target, int n) {
            return positive
                    ? NetworkRisk.withPositiveSecondLayer(target, n)
                    : NetworkRisk.of(target, (int) (share * n));
        }
    }

    @Claim(
            id = "G19.rf-in-nn",
            statement = "R_{\\mathrm{NN}, N} \\le R_{\\mathrm{RF}, N}(W)",
            hypotheses = "every $W$; quadratic targets and mixtures, $\\sigma(z) = z^2$")
    void randomFeaturesAreNetworks(@ForAll("instances") SmallProblem instance, ClaimRun run) {
        QuadraticTarget target = instance.covered(run).target(instance.signs());
        run.check(
                        "quadratic target",
                        new Networks(1, false),
                        (networks, lab) -> below(
                                networks.risk(target, instance.n()),
                                features(target, instance.weights("W", instance.n())),
                                target))
                .falsifiedBy("half as many neurons", new Networks(0.5, false))
                .falsifiedBy("second layer 1", new Networks(1, true));
        QuadraticTarget negative = instance.target(SmallProblem.Signs.NEGATIVE);
        DMatrixRMaj principal = instance.principal(negative);
        run.check(
                        "weights along the principal directions, B < 0",
                        new Networks(1, false),
                        (networks, lab) -> below(
                                networks.risk(negative, principal.numRows), features(negative, principal), negative))
                .falsifiedBy("half as many neurons", new Networks(0.5, false))
                .falsifiedBy("second layer 1", new Networks(1, true));
        GaussianMixture mixture = instance.mixture();
        run.check(
                        "mixture",
                        1.0,
                        (share, lab) -> Comparison.atMost(
                                NetworkRisk.of(mixture, (int) (share * instance.n())),
                                RandomFeatureRisk.of(mixture, FEATURE, instance.weights("W", instance.n()))
                                        .risk(),
                                TOLERANCE,
                                DERIVATION))
                .falsifiedBy("half as many neurons", 0.5);
    }

    /** Which target the networks fit, and whether NT has the weights of RF. */
    private record Comparability(SmallProblem.Signs signs, boolean sameWeights) {}

    @Claim(
            id = "G19.order",
            statement = "R_{\\mathrm{NN}, N} \\le R_{\\mathrm{NT}, N}(W) \\le R_{\\mathrm{RF}, N}(W), \\quad"
                    + "(1-\\rho)_+^2 + \\rho (1-\\rho)_+ t \\le 1 - \\frac{\\rho t}{1+\\rho}",
            hypotheses =
                    "$B \\succeq 0$, $\\sigma(z) = z^2$ (RF: $z^2 - 1$), the same $W$; second inequality also for mixtures")
    void trainedNetworksThenTangentsThenFeatures(@ForAll("instances") SmallProblem instance, ClaimRun run) {
        QuadraticTarget target = instance.covered(run).target(SmallProblem.Signs.POSITIVE);
        DMatrixRMaj weights = instance.weights("W", instance.n());
        double[] tangents = TangentRisk.ofFirst(target, weights);
        run.check("NN <= NT", 0, (fewer, lab) -> {
                    double[] networks = new double[tangents.length];
                    Arrays.setAll(networks, i -> NetworkRisk.of(target, Math.max(0, i + 1 - fewer)));
                    return Comparison.atMost(networks, tangents, TOLERANCE * target.normSquared(), DERIVATION);
                })
                .falsifiedBy("one neuron less for NN", 1);
        run.check("NN <= NT, one neuron along e_1 + e_2", 1.0, (sign, lab) -> {
                    QuadraticTarget diagonal = QuadraticTarget.diagonal(1, sign * 0.8);
                    double tangent = TangentRisk.of(diagonal, new DMatrixRMaj(1, 2, true, 1, 1));
                    return Comparison.atMost(NetworkRisk.of(diagonal, 1), tangent, 1e-12, "rounding of 4 products");
                })
                .falsifiedBy("B indefinite", -1.0);
        run.check("NT <= RF", 0, (fewer, lab) -> {
                    double[] features = new double[weights.numRows];
                    Arrays.setAll(features, i -> features(target, first(weights, i + 1)));
                    double[] own = new double[features.length];
                    Arrays.setAll(own, i -> i < fewer ? target.normSquared() : tangents[i - fewer]);
                    return Comparison.atMost(own, features, TOLERANCE * target.normSquared(), DERIVATION);
                })
                .falsifiedBy("one neuron less for NT", 1);
        DMatrixRMaj principal = instance.principal(target);
        run.check(
                        "NT <= RF, weights along the principal directions",
                        principal,
                        (own, lab) -> below(TangentRisk.of(target, own), features(target, principal), target))
                .falsifiedBy("NT with weights of its own", instance.weights("W'", principal.numRows));
        GaussianMixture mixture = instance.mixture();
        run.check(
                        "mixture, NT <= RF",
                        weights,
                        (own, lab) -> Comparison.atMost(
                                TangentRisk.of(mixture, own),
                                RandomFeatureRisk.of(mixture, FEATURE, weights).risk(),
                                TOLERANCE,
                                DERIVATION))
                .falsifiedBy("NT with weights of its own", instance.weights("W'", 1));
        run.check("limits, NT <= RF", 1.0, (factor, lab) -> {
                    double[] tangent = new double[12 * 11];
                    double[] feature = new double[tangent.length];
                    for (int i = 0; i < tangent.length; i++) {
                        double rho = i % 12 / 8.0;
                        double t = i / 12 / 10.0;
                        tangent[i] = TangentLimit.quadratic(rho, t);
                        feature[i] = RandomFeatureLimit.quadratic(factor * 2 * rho, t, 1);
                    }
                    return Comparison.atMost(tangent, feature, 1e-14, "64 u");
                })
                .falsifiedBy("RF at twice the ratio", 2.0);
    }

    /** A statement on risks of the first 1, ..., N neurons: whether neurons are added, and what bounds the risk from above. */
    private record Nesting(boolean added, boolean mean) {}

    @Claim(
            id = "G19.nested-eq4",
            statement = "0 \\le R_{M, N+1} \\le R_{M, N} \\le \\|f_*\\|^2, \\quad L(W, c) \\ge R_{\\mathrm{NN}, N}",
            hypotheses = "$M$ one of RF, NT, NN; the weights of $N + 1$ neurons are those of $N$ and one more")
    void risksFallWithEveryNeuron(@ForAll("instances") SmallProblem instance, ClaimRun run) {
        QuadraticTarget centred = instance.covered(run).target(instance.signs());
        QuadraticTarget shifted = new QuadraticTarget(centred.matrix(), centred.offset() + 2);
        DMatrixRMaj weights = instance.weights("W", instance.n() + 1);
        run.check(
                        "RF",
                        new Nesting(true, true),
                        (form, lab) -> nested(form, shifted, weights, w -> features(shifted, w)))
                .falsifiedBy("a neuron replaced", new Nesting(false, true))
                .falsifiedBy("at most 2 |B|_F^2", new Nesting(true, false));
        run.check(
                        "NT",
                        new Nesting(true, true),
                        (form, lab) -> nested(form, centred, weights, w -> TangentRisk.of(centred, w)))
                .falsifiedBy("a neuron replaced", new Nesting(false, true));
        run.check("NN", 1, (step, lab) -> {
                    double[] risks = new double[instance.d() + 2];
                    Arrays.setAll(risks, i -> NetworkRisk.of(centred, i));
                    double[] next = new double[instance.d() + 1];
                    double[] now = new double[next.length];
                    Arrays.setAll(next, i -> risks[i + step]);
                    Arrays.setAll(now, i -> risks[i + 1 - step]);
                    return Comparison.atMost(next, now, 1e-12 * centred.normSquared(), "rounding of d squares");
                })
                .falsifiedBy("a neuron taken away", 0);
        QuadraticTarget positive = instance.target(SmallProblem.Signs.POSITIVE);
        int n = Math.min(instance.n(), instance.rank());
        QuadraticNetworkLoss loss = new QuadraticNetworkLoss(positive);
        run.check("whatever training returns", 0, (fewer, lab) -> {
                    double[] losses = {0, 0.01, 0.1, 1};
                    Arrays.setAll(losses, i -> lossNearTheMinimum(instance, positive, losses[i]));
                    return Comparison.atLeast(
                            losses,
                            loss.infimum(n - fewer),
                            1e-11 * positive.normSquared(),
                            "rounding of d^3 products");
                })
                .falsifiedBy("the infimum of one neuron less", 1);
    }

    /** {@code L(W, c)} at the minimiser, or at a random point as far away. */
    private static double lossNearTheMinimum(SmallProblem instance, QuadraticTarget target, double distance) {
        DMatrixRMaj weights = instance.principal(target);
        DMatrixRMaj image = LinearAlgebra.product(weights, target.matrix());
        DMatrixRMaj noise = instance.weights("noise", weights.numRows);
        double trace = target.trace();
        int d = weights.numCols;
        for (int i = 0; i < weights.numRows; i++) {
            double value = LinearAlgebra.dot(weights.data, i * d, image.data, i * d, d);
            trace -= value;
            for (int k = i * d; k < (i + 1) * d; k++) {
                weights.data[k] = Math.sqrt(value) * weights.data[k] + distance * noise.data[k];
            }
        }
        return new QuadraticNetworkLoss(target).value(weights, target.offset() + trace + distance);
    }

    private static Decision nested(
            Nesting form, QuadraticTarget target, DMatrixRMaj weights, ToDoubleFunction<DMatrixRMaj> risk) {
        int last = weights.numRows - 1;
        double[] observed = new double[last + 2];
        double[] bound = new double[last + 2];
        for (int i = 0; i < last; i++) {
            int from = form.added ? 0 : 1;
            observed[i] = risk.applyAsDouble(CommonOps_DDRM.extract(weights, from, i + 2, 0, weights.numCols));
            bound[i] = risk.applyAsDouble(first(weights, i + 1));
        }
        observed[last] = bound[0];
        bound[last] = form.mean ? target.normSquared() : 2 * target.frobeniusSquared();
        observed[last + 1] = -observed[last - 1];
        return Comparison.atMost(observed, bound, TOLERANCE * target.normSquared(), DERIVATION);
    }

    private static double features(QuadraticTarget target, DMatrixRMaj weights) {
        return RandomFeatureRisk.of(target, FEATURE, weights).risk();
    }

    private static DMatrixRMaj first(DMatrixRMaj weights, int n) {
        return CommonOps_DDRM.extract(weights, 0, n, 0, weights.numCols);
    }

    private static Decision below(double smaller, double larger, QuadraticTarget target) {
        return Comparison.atMost(smaller, larger, TOLERANCE * target.normSquared(), DERIVATION);
    }
}
