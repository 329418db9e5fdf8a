package ghorbani2019;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Cosine;
import org.lemmalab.activation.ErrorFunction;
import org.lemmalab.activation.Exponential;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.risk.RandomFeatureLimit;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;

/**
 * Random features on a mixture when there are many more of them than dimensions.
 *
 * <h2>Source</h2>
 *
 * G19, Theorem 4, equation (16), where a hypothesis on the activation is missing.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * lim_(rho -> inf) of (15):   printed z1/(z1 + z2);   right z1/(z1 + z2) if l_2 != 0, and 1 if l_2 = 0
 * }</pre>
 *
 * With {@code s = l_2^2 psi}, (15) less the limit is {@code z2 / ((z1 + z2)(1 + s (z1 + z2)))}, and (14) gives
 * {@code rho - 1 <= l~ psi <= rho}. Hence, with {@code c = l~ / (l_2^2 (z1 + z2))},
 *
 * <pre>{@code
 * z2/(z1 + z2)  c/(rho + c)   <=   (15) - z1/(z1 + z2)   <=   z2/(z1 + z2)  c/(rho - 1 + c)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Mixtures with general Sigma and Delta of either sign, five laws of the weights; activations with {@code l_2 != 0} and odd ones, which satisfy
 * A1 and {@code l_0 = 0} as well.
 *
 * <h2>How it is checked</h2>
 *
 * (15) at d = 40 and rho = 10, ..., 10^6 against both bounds. For odd activations the exact risk at d = 20 and 1 to 60 neurons: the features' means
 * given the label vanish, so that it is 1 whatever the weights. That exact risks tend to (15) is G19.thm4-eq15.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 2 z1} or {@code z2/2} in the limit; {@code E s^2} for {@code l~} in the distance from it; the printed limit for odd activations.
 */
class MixtureLargeRatioClaims {
    private static final double[] RATIOS = {10, 100, 1e3, 1e4, 1e5, 1e6};
    private static final List<ClosedFormActivation> ODD = List.of(ErrorFunction.INSTANCE, new Cosine(1, -Math.PI / 2));

    @Provide
    Arbitrary<MixtureFeatures> aligned() {
        return MixtureFeatures.aligned();
    }

    @Provide
    Arbitrary<ClosedFormActivation> notOdd() {
        return Arbitraries.of(
                Quadratic.SQUARE,
                Relu.INSTANCE,
                AbsoluteValue.INSTANCE,
                new Quadratic(1, 0.7),
                new Exponential(0.8),
                new Cosine(1, 0.7));
    }

    /** The limit as a function of the activation, {@code z1} and {@code z2}. */
    private interface Limit {
        double of(ClosedFormActivation activation, double zeta1, double zeta2);
    }

    /** {@code l_2}, known up to rounding, is 0. */
    private static boolean isWithoutQuadraticPart(ClosedFormActivation activation) {
        return Math.abs(activation.hermite2()) < 1e-12;
    }

    private static double ratio(double zeta1, double zeta2) {
        return zeta1 / (zeta1 + zeta2);
    }

    @Claim(
            id = "G19.eq16",
            statement = "\\lim_{\\rho \\to \\infty}\\ \\lim_{d \\to \\infty,\\, N/d \\to \\rho} R_{\\mathrm{RF},N} ="
                    + " \\frac{\\zeta_{1,*}}{\\zeta_{1,*} + \\zeta_{2,*}}",
            correction = "\\lim_{\\rho \\to \\infty}\\ \\lim_{d \\to \\infty,\\, N/d \\to \\rho} R_{\\mathrm{RF},N} ="
                    + " \\frac{\\zeta_{1,*}}{\\zeta_{1,*} + \\zeta_{2,*}} \\text{ if } \\lambda_2 \\ne 0, \\text{ and } 1"
                    + " \\text{ if } \\lambda_2 = 0",
            hypotheses = "the hypotheses of Theorem 4",
            derivation =
                    "Odd activations, such as $\\operatorname{erf}$, satisfy A1 and $\\lambda_0 = 0$, and have $\\lambda_2 = 0$: (15)"
                            + " is 1 for every $\\rho$. Indeed $\\mathbb E(\\sigma(\\langle w, x\\rangle) \\mid y) = 0$: no feature is correlated"
                            + " with the label.",
            instances = 20)
    void theLimitNeedsAQuadraticPart(
            @ForAll("aligned") MixtureFeatures features,
            @ForAll("notOdd") ClosedFormActivation activation,
            ClaimRun run) {
        features.cover(run);
        run.covers(activation.name());
        ClosedFormActivation s = activation.centred();
        GaussianMixture mixture = features.mixture(40);
        WeightLaw law = features.law(40);
        double zeta1 = RandomFeatureLimit.zeta1(mixture, law);
        double zeta2 = RandomFeatureLimit.zeta2(mixture, law);
        double[] risks = Arrays.stream(RATIOS)
                .map(rho -> RandomFeatureLimit.risk(mixture, s, law, rho))
                .toArray();
        double c = s.nonlinearity() / (Math.pow(s.hermite2(), 2) * (zeta1 + zeta2));
        double share = zeta2 / (zeta1 + zeta2);
        String rounding = "16 u: risks below 1 from a few sums and quotients, psi to the last bit";
        Limit corrected = (a, z1, z2) -> isWithoutQuadraticPart(a) ? 1 : ratio(z1, z2);
        run.check("distance from the limit", corrected, (limit, lab) -> {
                    double[] distances = Arrays.stream(risks)
                            .map(risk -> Math.abs(risk - limit.of(s, zeta1, zeta2)))
                            .toArray();
                    double[] bounds = Arrays.stream(RATIOS)
                            .map(rho -> share * c / (rho - 1 + c))
                            .toArray();
                    return Comparison.atMost(distances, bounds, 16 * 0x1p-53, rounding);
                })
                .falsifiedBy("2 z1 for z1", (a, z1, z2) -> ratio(2 * z1, z2))
                .falsifiedBy("z2 / 2 for z2", (a, z1, z2) -> ratio(z1, z2 / 2));
        run.check("no sooner than 1 / rho", c, (constant, lab) -> {
                    double[] distances = Arrays.stream(risks)
                            .map(risk -> risk - ratio(zeta1, zeta2))
                            .toArray();
                    double[] bounds = Arrays.stream(RATIOS)
                            .map(rho -> share * constant / (rho + constant))
                            .toArray();
                    return Comparison.atLeast(distances, bounds, 16 * 0x1p-53, rounding);
                })
                .falsifiedBy("1.2 l~ for l~", 1.2 * c)
                .falsifiedBy("2 l~ for l~", 2 * c);
        for (ClosedFormActivation odd : ODD) {
            RandomFeatureRisk exact = RandomFeatureRisk.of(
                    features.mixture(20),
                    odd,
                    features.law(20).draw(60, run.stream().part(odd.name())));
            run.check(
                            "exact risk of " + (odd == ErrorFunction.INSTANCE ? "erf" : "the sine"),
                            corrected,
                            (limit, lab) -> Comparison.atMost(
                                    Arrays.stream(exact.risks())
                                            .map(risk -> Math.abs(risk - limit.of(odd, zeta1, zeta2)))
                                            .toArray(),
                                    0,
                                    1e-12,
                                    "|V| <= sqrt(N) u and U >= 1e-10 on what counts as independent: N u^2 / 1e-10 < 1e-19"))
                    .printedAs("z1 / (z1 + z2)", (a, z1, z2) -> ratio(z1, z2))
                    .falsifiedBy("(1 + z1) / (1 + z1 + z2)", (a, z1, z2) -> ratio(1 + z1, z2));
        }
    }
}
