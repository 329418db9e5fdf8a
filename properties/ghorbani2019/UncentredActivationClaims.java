package ghorbani2019;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Exponential;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.activation.Shifted;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.risk.RandomFeatureLimit;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;

/**
 * The mean of the activation matters to random features without an offset.
 *
 * <h2>Source</h2>
 *
 * G19, Theorem 4: 'assume without loss of generality {@code l_0 = 0}', with the class (2), which has no offset.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * printed: for any s the risk of  sum_i a_i s(w_i . x)      is (15) with the coefficients of s - l_0, up to o_P(1)
 * right:   for any s the risk of  c + sum_i a_i s(w_i . x)  is;  without c and with l_0 != 0 the risk tends to 1
 * }</pre>
 *
 * All features have mean near {@code l_0}, the target has mean 0, and the deviations of the features' means, which carry the signal, are of
 * order {@code d^(-1/2)}: without an offset the coefficients have to sum to nearly nothing, in the one direction that matters.
 *
 * <h2>Instances</h2>
 *
 * Mixtures with general Sigma and Delta of either sign, five laws of the weights, four activations with {@code l_0 > 0}.
 *
 * <h2>How it is checked</h2>
 *
 * Exact risks at growing d ({@link RiskLadder}), both with and without the offset from the same weights. That an offset makes the mean of the
 * activation immaterial is exact at every size, as the classes are the same functions.
 *
 * <h2>Falsifiers</h2>
 *
 * No offset, as printed; no offset with half of the mean taken off; a limit of 0.96 without the offset.
 */
class UncentredActivationClaims {
    private static final double[] RATIOS = {0.5, 1};

    @Provide
    Arbitrary<MixtureFeatures> aligned() {
        return MixtureFeatures.aligned();
    }

    @Provide
    Arbitrary<ClosedFormActivation> uncentred() {
        return Arbitraries.of(Quadratic.SQUARE, Relu.INSTANCE, AbsoluteValue.INSTANCE, new Exponential(0.8));
    }

    /** A class of functions, and where its risks stand among those of a draw. */
    private enum FunctionClass {
        OFFSET,
        NO_OFFSET,
        NO_OFFSET_HALF_CENTRED;

        RandomFeatureRisk of(GaussianMixture mixture, ClosedFormActivation activation, DMatrixRMaj weights) {
            return switch (this) {
                case OFFSET ->
                    RandomFeatureRisk.of(mixture, activation, weights).withOffset();
                case NO_OFFSET -> RandomFeatureRisk.of(mixture, activation, weights);
                case NO_OFFSET_HALF_CENTRED ->
                    RandomFeatureRisk.of(mixture, new Shifted(activation, activation.hermite0() / 2), weights);
            };
        }
    }

    @Claim(
            id = "G19.thm4-wlog",
            statement =
                    "\\text{Theorem 4, without loss of generality } \\lambda_0 = 0:\\quad \\inf_a \\mathbb E\\Big(y - \\sum_{i \\le N} a_i"
                            + " \\sigma(\\langle w_i, x\\rangle)\\Big)^2 = \\frac{1 + \\zeta_1 \\lambda_2^2 \\psi}"
                            + "{1 + (\\zeta_1 + \\zeta_2) \\lambda_2^2 \\psi} + o_P(1)",
            correction =
                    "\\inf_{a, c} \\mathbb E\\Big(y - c - \\sum_{i \\le N} a_i \\sigma(\\langle w_i, x\\rangle)\\Big)^2 ="
                            + " \\frac{1 + \\zeta_1 \\lambda_2^2 \\psi}{1 + (\\zeta_1 + \\zeta_2) \\lambda_2^2 \\psi} + o_P(1);\\quad"
                            + " \\text{without } c \\text{ and with } \\lambda_0 \\ne 0 \\text{ the risk tends to } 1",
            hypotheses =
                    "the hypotheses of Theorem 4, any $\\lambda_0$, $\\tilde\\lambda = \\mathbb E \\sigma(G)^2 - \\lambda_0^2 -"
                            + " \\lambda_1^2$; here the mean gaps vanish like $1/d$",
            derivation =
                    "The class (2) has no offset, so $\\sigma$ and $\\sigma - \\lambda_0$ do not span the same functions."
                            + " With $c$ they do, and Theorem 4 for $\\sigma - \\lambda_0$ applies.",
            instances = 3)
    void anOffsetIsWhatMakesTheMeanImmaterial(
            @ForAll("aligned") MixtureFeatures features,
            @ForAll("uncentred") ClosedFormActivation activation,
            ClaimRun run) {
        features.cover(run);
        run.covers(activation.name());
        run.note("For an activation with $\\lambda_0 = 0$ Theorem 4 is right as printed (G19.thm4-eq15).");
        RiskLadder ladder = new RiskLadder(run, "classes", d -> {
            GaussianMixture mixture = features.mixture(d);
            WeightLaw law = features.law(d);
            int most = (int) (RATIOS[RATIOS.length - 1] * d);
            return stream -> {
                DMatrixRMaj weights = law.draw(most, stream);
                double[] risks = new double[2 * RATIOS.length];
                for (FunctionClass c : new FunctionClass[] {FunctionClass.OFFSET, FunctionClass.NO_OFFSET}) {
                    System.arraycopy(
                            MixtureFeatures.at(RATIOS, d, c.of(mixture, activation, weights)),
                            0,
                            risks,
                            c.ordinal() * RATIOS.length,
                            RATIOS.length);
                }
                return risks;
            };
        });
        for (int k = 0; k < RATIOS.length; k++) {
            int column = k;
            double rho = RATIOS[k];
            run.check(
                            "Theorem 4 for any mean, rho = " + rho,
                            FunctionClass.OFFSET,
                            (c, lab) -> ladder.tendsTo(
                                    c.ordinal() * RATIOS.length + column,
                                    d -> RandomFeatureLimit.risk(
                                            features.mixture(d), activation.centred(), features.law(d), rho),
                                    lab))
                    .printedAs("no offset", FunctionClass.NO_OFFSET);
            run.check(
                            "the risk without an offset, rho = " + rho,
                            1.0,
                            (limit, lab) -> ladder.tendsTo(RATIOS.length + column, d -> limit, lab))
                    .falsifiedBy("0.96", 0.96);
        }
        run.check("same functions", FunctionClass.OFFSET, (c, lab) -> {
                    int d = 20;
                    DMatrixRMaj weights = features.law(d).draw(d, lab.stream());
                    RandomFeatureRisk raw = c.of(features.mixture(d), activation, weights);
                    RandomFeatureRisk centred =
                            FunctionClass.OFFSET.of(features.mixture(d), activation.centred(), weights);
                    double smallest = LinearAlgebra.eigen(centred.gram()).smallest();
                    double largest =
                            CommonOps_DDRM.elementMaxAbs(RandomFeatureRisk.of(features.mixture(d), activation, weights)
                                    .gram());
                    return Comparison.equal(
                            raw.risks(),
                            centred.risks(),
                            32 * d * 0x1p-53 * Math.max(1, largest) / Math.min(1, smallest),
                            "covariances off by 8 u max|U|, and |U^-1 V|^2 <= 1 / l_min: 32 N u max|U| / l_min");
                })
                .printedAs("no offset", FunctionClass.NO_OFFSET)
                .falsifiedBy("no offset, half of the mean taken off", FunctionClass.NO_OFFSET_HALF_CENTRED);
    }
}
