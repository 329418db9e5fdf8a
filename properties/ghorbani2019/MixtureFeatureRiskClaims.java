package ghorbani2019;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Cosine;
import org.lemmalab.activation.Exponential;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.risk.FixedPoint;
import org.lemmalab.risk.RandomFeatureLimit;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.Spectrum;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;

/**
 * The risk of random features on a mixture of two Gaussians.
 *
 * <h2>Source</h2>
 *
 * G19, Theorem 4, equations (14) and (15); the first line of (17), where a factor is wrong.
 *
 * <h2>Statement</h2>
 *
 * Labels {@code +-1} with probability 1/2, {@code x ~ N(0, Sigma -+ Delta)}, weights {@code N(0, Gamma)} with {@code tr(Gamma Sigma) = 1}, an
 * activation with {@code l_0 = 0}, and psi the solution of (14) for the spectrum of {@code d Gamma^(1/2) Sigma Gamma^(1/2)}:
 *
 * <pre>{@code
 * R_RF = (1 + z1 l_2^2 psi) / (1 + (z1 + z2) l_2^2 psi) + o_P(1),   z1 = d tr(Sigma Gamma Sigma Gamma)/2,  z2 = d tr(Delta Gamma)^2/4
 * Sigma = I, Gamma = I/d, s = z^2 - 1:   printed R_RF = 1/(1 + rho/(1 + 2 rho) T),   right 1/(1 + rho/(1 + rho) T),   T = tr(Delta)^2/(2 d)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Mixtures with Delta of either sign and general Sigma, five laws of the weights, six activations with and without a linear part; one mixture
 * without trace, and one where Sigma is small just where the weights are.
 *
 * <h2>How it is checked</h2>
 *
 * Given the weights the risk is exact linear algebra ({@link RandomFeatureRisk}); its mean less the formula at the same d must vanish like 1/d
 * ({@link RiskLadder}). One factorisation gives the risk for every number of neurons. The row of (17) is also compared with (15) itself, of
 * which it is a case.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code z1} without the 1/2; {@code z2} with 1/8; Hermite coefficients normalised by {@code sqrt(k!)}; psi without the linear part, with
 * {@code E s^2} for {@code l~}, or from the spectrum of {@code d Gamma}; {@code |Delta|_F^2} in place of {@code tr(Delta)^2/d}. For (17): the
 * printed row and other near misses of its factor.
 */
class MixtureFeatureRiskClaims {
    private static final double[] RATIOS = {0.5, 1.5};
    private static final double[] ROW_RATIOS = {0.5, 1, 2};
    private static final ClosedFormActivation SQUARE = Quadratic.SQUARE.centred();

    @Provide
    Arbitrary<MixtureFeatures> aligned() {
        return MixtureFeatures.aligned();
    }

    @Provide
    Arbitrary<ClosedFormActivation> withLinearPart() {
        return Arbitraries.of(Relu.INSTANCE, new Quadratic(1, 0.7), new Exponential(0.8), new Cosine(1, 0.7));
    }

    @Provide
    Arbitrary<ClosedFormActivation> withoutLinearPart() {
        return Arbitraries.of(Quadratic.SQUARE, AbsoluteValue.INSTANCE);
    }

    @Provide
    Arbitrary<MixtureFamily> isotropicWithTrace() {
        return Arbitraries.of(MixtureFamily.THREE_LEVELS, MixtureFamily.CONSTANT, MixtureFamily.NEGATIVE);
    }

    /** What enters (14) and (15), as a form takes it. */
    private record Form(double zeta1, double zeta2, double hermite2, boolean linear, boolean square, boolean sigma) {
        double risk(GaussianMixture mixture, ClosedFormActivation s, WeightLaw law, double rho) {
            double hermite1 = s.hermite1();
            double rest = s.nonlinearity() + (square ? hermite1 * hermite1 : 0);
            Spectrum spectrum = sigma ? law.spectrum(mixture) : law.spectrum();
            double psi = new FixedPoint(linear ? hermite1 : 0, rest, spectrum).psi(rho);
            return RandomFeatureLimit.mixture(
                    psi * Math.pow(hermite2 * s.hermite2(), 2),
                    zeta1 * RandomFeatureLimit.zeta1(mixture, law),
                    zeta2 * RandomFeatureLimit.zeta2(mixture, law));
        }
    }

    private static final Form CLAIMED = new Form(1, 1, 1, true, false, true);
    private static final Form ZETA_1 = new Form(2, 1, 1, true, false, true);
    private static final Form ZETA_2 = new Form(1, 0.5, 1, true, false, true);
    private static final Form NORMALISED = new Form(1, 1, Math.sqrt(0.5), true, false, true);
    private static final Form WITHOUT_LINEAR = new Form(1, 1, 1, false, false, true);
    private static final Form SECOND_MOMENT = new Form(1, 1, 1, true, true, true);
    private static final Form WITHOUT_SIGMA = new Form(1, 1, 1, true, false, false);

    @Claim(
            id = "G19.thm4-eq15",
            statement =
                    "R_{\\mathrm{RF}} = \\frac{1 + \\zeta_1 \\lambda_2^2 \\psi}{1 + (\\zeta_1 + \\zeta_2) \\lambda_2^2 \\psi}"
                            + " + o_P(1),\\quad \\zeta_1 = \\tfrac d2 \\operatorname{tr}(\\Sigma\\Gamma\\Sigma\\Gamma),\\quad"
                            + " \\zeta_2 = \\tfrac d4 \\operatorname{tr}(\\Delta\\Gamma)^2",
            hypotheses = "$y = \\pm 1$ with probability $1/2$, $x \\mid y \\sim N(0, \\Sigma - y\\Delta)$,"
                    + " $\\|\\Delta\\|_{\\mathrm{op}} = \\Theta(d^{-1/2})$, $w_i \\sim N(0, \\Gamma)$, $\\operatorname{tr}(\\Gamma\\Sigma) = 1$,"
                    + " $\\lambda_0 = 0$, $N/d \\to \\rho$; here the mean gap vanishes like $1/d$",
            instances = 3)
    void randomFeaturesHaveTheRiskOfTheFixedPoint(
            @ForAll("aligned") MixtureFeatures features,
            @ForAll("withLinearPart") ClosedFormActivation linear,
            @ForAll("withoutLinearPart") ClosedFormActivation even,
            ClaimRun run) {
        features.cover(run);
        run.covers(linear.name()).covers(even.name());
        Setting aligned = new Setting(features::mixture, features::law);
        RiskLadder withLinearPart = ladder(run, "with a linear part", aligned, linear.centred(), RATIOS);
        RiskLadder withoutLinearPart = ladder(run, "without a linear part", aligned, even.centred(), RATIOS);
        for (int k = 0; k < RATIOS.length; k++) {
            Check<Form> check = check(run, "with a linear part", k, withLinearPart, aligned, linear.centred())
                    .falsifiedBy("z2 with 1/8", ZETA_2)
                    .falsifiedBy("l_2 normalised", NORMALISED)
                    .falsifiedBy("E s^2 for l~", SECOND_MOMENT);
            if (k == 0) {
                check.falsifiedBy("psi without l_1", WITHOUT_LINEAR);
            } else {
                check.falsifiedBy("z1 without 1/2", ZETA_1);
            }
            check(run, "without a linear part", k, withoutLinearPart, aligned, even.centred())
                    .falsifiedBy("z1 without 1/2", ZETA_1)
                    .falsifiedBy("z2 with 1/8", ZETA_2)
                    .falsifiedBy("l_2 normalised", NORMALISED);
        }
        Setting correlated = new Setting(MixtureFeatureRiskClaims::smallWhereTheWeightsAre, d -> onSecondHalf(d, 4));
        ClosedFormActivation polynomial = new Quadratic(1, 0.7).centred();
        check(
                        run,
                        "Sigma small where the weights are",
                        0,
                        ladder(run, "correlated", correlated, polynomial, new double[] {RATIOS[0]}),
                        correlated,
                        polynomial)
                .falsifiedBy("the spectrum of d Gamma", WITHOUT_SIGMA);
        RiskLadder traceless = ladder(
                run,
                "without trace",
                new Setting(MixtureFamily.INDEFINITE::of, WeightLaw::isotropic),
                SQUARE,
                new double[] {RATIOS[0]});
        DoubleUnaryOperator byTrace = delta -> 0;
        run.check(
                        "Delta without trace",
                        byTrace,
                        (share, lab) -> traceless.tendsTo(
                                0,
                                d -> {
                                    double norm = LinearAlgebra.norm(
                                            MixtureFamily.INDEFINITE.of(d).delta().data);
                                    return RandomFeatureLimit.mixture(
                                            2 * RATIOS[0], 0.5, share.applyAsDouble(norm) / 4);
                                },
                                lab))
                .falsifiedBy("|Delta|_F^2 for tr(Delta)^2 / d", norm -> norm * norm);
    }

    /** {@code Sigma = 1.5 and 0.5, Delta = 0 and 1.5/sqrt d} on the halves. */
    private static GaussianMixture smallWhereTheWeightsAre(int d) {
        double[] sigma = new double[d];
        double[] delta = new double[d];
        Arrays.setAll(sigma, i -> 2 * i < d ? 1.5 : 0.5);
        Arrays.setAll(delta, i -> 2 * i < d ? 0 : 1.5 / Math.sqrt(d));
        return new GaussianMixture(CommonOps_DDRM.diag(sigma), CommonOps_DDRM.diag(delta));
    }

    private static WeightLaw onSecondHalf(int d, double value) {
        double[] variances = new double[d];
        Arrays.setAll(variances, i -> 2 * i < d ? 0 : value / d);
        return WeightLaw.diagonal(variances);
    }

    /** A mixture and a law of weights in every dimension. */
    private record Setting(IntFunction<GaussianMixture> mixture, IntFunction<WeightLaw> law) {}

    /** The exact risks at all ratios: those of the first neurons come with those of all. */
    private static RiskLadder ladder(
            ClaimRun run, String part, Setting setting, ClosedFormActivation activation, double[] ratios) {
        return new RiskLadder(run, part, d -> {
            GaussianMixture mixture = setting.mixture.apply(d);
            WeightLaw law = setting.law.apply(d);
            int most = (int) (ratios[ratios.length - 1] * d);
            return stream ->
                    MixtureFeatures.at(ratios, d, RandomFeatureRisk.of(mixture, activation, law.draw(most, stream)));
        });
    }

    private static Check<Form> check(
            ClaimRun run, String part, int k, RiskLadder ladder, Setting setting, ClosedFormActivation activation) {
        return run.check(
                part + ", rho = " + RATIOS[k],
                CLAIMED,
                (form, lab) -> ladder.tendsTo(
                        k, d -> form.risk(setting.mixture.apply(d), activation, setting.law.apply(d), RATIOS[k]), lab));
    }

    /** A row of (17): the factor of {@code tr(Delta)^2 / (2d)} at a ratio rho. */
    private static double row(DoubleUnaryOperator factor, double rho, GaussianMixture mixture) {
        double trace = CommonOps_DDRM.trace(mixture.delta());
        return 1 / (1 + factor.applyAsDouble(rho) * trace * trace / (2 * mixture.dimension()));
    }

    @Claim(
            id = "G19.eq17-rf",
            statement =
                    "R_{\\mathrm{RF},N} \\approx \\frac{1}{1 + \\frac{\\rho}{1 + 2\\rho} \\cdot \\frac{\\operatorname{tr}(\\Delta)^2}{2d}}",
            correction =
                    "R_{\\mathrm{RF},N} \\approx \\frac{1}{1 + \\frac{\\rho}{1 + \\rho} \\cdot \\frac{\\operatorname{tr}(\\Delta)^2}{2d}}",
            hypotheses =
                    "$\\Sigma = I$, $\\sigma(x) = x^2 - 1$, $w_i \\sim N(0, I_d/d)$, $N/d \\to \\rho$; here the mean gap vanishes"
                            + " like $1/d$",
            derivation =
                    "In (15) $\\lambda_1 = 0$ and $\\lambda_2 = \\tilde\\lambda = 2$ give $\\psi = \\rho/2$, $\\zeta_1 = 1/2$ and"
                            + " $\\zeta_2 = \\operatorname{tr}(\\Delta)^2/(4d)$: the factor is $\\rho/(1+\\rho)$."
                            + " The printed one is what $\\zeta_1 = 1$ would give; as $\\rho \\to \\infty$ it contradicts (16).",
            instances = 3)
    void theFactorOfTheSummaryIsRhoOverOnePlusRho(@ForAll("isotropicWithTrace") MixtureFamily family, ClaimRun run) {
        run.covers("mixture " + family);
        DoubleUnaryOperator corrected = rho -> rho / (1 + rho);
        DoubleUnaryOperator printed = rho -> rho / (1 + 2 * rho);
        RiskLadder ladder = ladder(run, "row", new Setting(family::of, WeightLaw::isotropic), SQUARE, ROW_RATIOS);
        for (int k = 0; k < ROW_RATIOS.length; k++) {
            int column = k;
            double rho = ROW_RATIOS[k];
            run.check(
                            "exact risk, rho = " + rho,
                            corrected,
                            (factor, lab) -> ladder.tendsTo(column, d -> row(factor, rho, family.of(d)), lab))
                    .printedAs("rho / (1 + 2 rho)", printed)
                    .falsifiedBy("rho / (2 + rho)", r -> r / (2 + r));
        }
        run.check("Theorem 4", corrected, (factor, lab) -> {
                    GaussianMixture mixture = family.of(40);
                    WeightLaw law = WeightLaw.isotropic(40);
                    return Comparison.equal(
                            Arrays.stream(ROW_RATIOS)
                                    .map(rho -> row(factor, rho, mixture))
                                    .toArray(),
                            Arrays.stream(ROW_RATIOS)
                                    .map(rho -> RandomFeatureLimit.risk(mixture, SQUARE, law, rho))
                                    .toArray(),
                            8 * 40 * 0x1p-53,
                            "8 d u: sums of d terms of one sign, and psi to the last bit");
                })
                .printedAs("rho / (1 + 2 rho)", printed)
                .falsifiedBy("rho^2 / (1 + rho)^2", rho -> Math.pow(rho / (1 + rho), 2));
    }
}
