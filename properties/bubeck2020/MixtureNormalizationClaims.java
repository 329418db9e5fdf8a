package bubeck2020;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.analysis.polynomials.PolynomialFunction;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.memorizer.ReluMixture;
import org.lemmalab.memorizer.SmoothCutoff;
import org.lemmalab.numeric.PiecewisePolynomial;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;

/**
 * The size of the mixture's normalisation and the range of its knots.
 *
 * <h2>Source</h2>
 *
 * B20, Lemma 8: the display {@code C' M^m <= int |p''| <= C M^m} of its proof, and {@code |B| <= M}.
 *
 * <h2>Statement</h2>
 *
 * {@code phi = h_m / sqrt m}, {@code chi_M} the {@link SmoothCutoff}, {@code kappa(m, M) = int |(phi chi_M)''|}:
 *
 * <pre>{@code
 * int_{-M}^{M} |phi''|, kappa(m, M)  ~  M^(m-1), not M^m
 * kappa(m, M) / M^(m-1) -> int |(x^m chi_1)''| / sqrt(m m!) = 10.99, 7.92, 5.28, 3.32, 1.99 for m = 2..6
 * |B| <= 2M, and |B| > M with probability 0.82, 0.82, 0.85, 0.88, 0.92 for m = 2..6, M = 7
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * m = 2 to 6 and M = 10 to 1000; for the knots m = 1 to 8 and M from 1/2 to 50.
 *
 * <h2>How it is checked</h2>
 *
 * By exact integrals. With {@code He_m = sum_k c_k x^(m-2k)} and {@code lambda_p = int |(x^p chi_1)''|}, the distance from the limit is at most
 * {@code sum_(k >= 1) |c_k| lambda_(m-2k) M^(-2k) / sqrt(m m!)}; at M = 10 this moves an exponent over two decades by at most 0.03 (m = 6:
 * {@code log(36060/40000) / log 100 = -0.023}). That |B| beyond M is possible at all: for m = 1, {@code w.x = -M}, {@code w'.x = 0}, z = 1 the
 * mean is {@code -M / kappa}, but {@code ReLU(-M - B)} is 0 when {@code |B| <= M}.
 *
 * <h2>Falsifiers</h2>
 *
 * Exponents m, {@code m - 3/4} and m - 2; limits off by a tenth; knots within M or 1.9 M.
 */
class MixtureNormalizationClaims {
    private static final double[] RADII = {10, 100, 1000};

    private static double innerIntegral(int m, double radius) {
        return PiecewisePolynomial.restriction(ReluMixture.hermite(m), -radius, radius)
                .derivative()
                .derivative()
                .absoluteIntegral(-radius, radius);
    }

    /** {@code int |(x^p chi_1)''|}. */
    private static double monomialMass(int p) {
        double[] power = new double[p + 1];
        power[p] = 1;
        return ReluMixture.of(SmoothCutoff.of(1).times(new PolynomialFunction(power)))
                .mass();
    }

    @Claim(
            id = "B20.lem8-scale",
            statement =
                    "C' M^m \\le \\int_{-M}^{M} |p_{z,j}''| \\le \\int_{-2M}^{2M} |p_{z,j}''| \\le C M^m, \\qquad C' > 0",
            hypotheses = "$p_{z,j} = \\mathrm{Re}(z\\, l_j(\\mathbf i))\\, \\varphi$ not $0$, $m \\ge 2$, $M \\ge 10$",
            correction =
                    "C' M^{m-1} \\le \\int_{-M}^{M} |p_{z,j}''| \\le \\int_{-2M}^{2M} |p_{z,j}''| \\le C M^{m-1}, \\qquad C' > 0,"
                            + " \\qquad \\int |(\\varphi \\chi_M)''| \\sim M^{m-1}",
            derivation =
                    "$p_{z,j}''$ has degree $m - 2$, so that its integral over $[-M, M]$ grows like $M^{m-1}$: for $m = 2$ it is"
                            + " $2M |p_{z,j}''|$. Only the proof's display is concerned: for $M \\ge 1$, (24) holds with $M^m$ when a part of the mixture"
                            + " gets a random sign, and Theorem 4 follows as printed.")
    void theNormalisationGrowsWithOnePowerLess(ClaimRun run) {
        run.covers("m = 2").covers("m = 6");
        run.note("A ridge may vanish: p_{z,0} = 0 for m = 3, z = 1, so that C' > 0 needs p_{z,j} different from 0.");
        run.note("For M to 0 no constant c_m serves in (24): kappa(2, 0.01) / 0.01^2 = 3.7e6. All uses have M >= 1.");
        check(run, "int |p''| over [-M, M]", MixtureNormalizationClaims::innerIntegral);
        check(
                run,
                "kappa(m, M)",
                (m, radius) -> ReluMixture.ofHermite(m, radius).mass());
        run.check("limit of kappa / M^(m-1)", 1.0, (factor, lab) -> {
                    List<Decision> decisions = new ArrayList<>();
                    for (int m = 2; m <= 6; m++) {
                        double[] c = ReluMixture.hermite(m).getCoefficients();
                        double limit = c[m] * monomialMass(m);
                        double rest = 0;
                        for (int k = 1; m - 2 * k >= 0; k++) {
                            rest += Math.abs(c[m - 2 * k]) * monomialMass(m - 2 * k) * Math.pow(1000, -2 * k);
                        }
                        decisions.add(Comparison.equal(
                                ReluMixture.ofHermite(m, 1000).mass() / Math.pow(1000, m - 1),
                                factor * limit,
                                rest + 1e-12 * limit,
                                "the lower terms of He_m at M = 1000, and rounding"));
                    }
                    return Decision.worst(decisions);
                })
                .falsifiedBy("a tenth more", 1.1);
    }

    private static void check(ClaimRun run, String part, ToDoubleBiFunction<Integer, Double> size) {
        run.check(part, -1.0, (shift, lab) -> {
                    List<Decision> decisions = new ArrayList<>();
                    for (int m = 2; m <= 6; m++) {
                        double[] values = new double[RADII.length];
                        for (int i = 0; i < RADII.length; i++) {
                            values[i] = size.applyAsDouble(m, RADII[i]);
                        }
                        decisions.add(Rate.exact(m + shift, 0.03, RADII, values));
                    }
                    return Decision.worst(decisions);
                })
                .printedAs("exponent m", 0.0)
                .falsifiedBy("exponent m - 3/4", -0.75)
                .falsifiedBy("exponent m - 2", -2.0);
    }

    /** Degree and radius. */
    record Cut(int m, double radius) {}

    @Provide
    Arbitrary<Cut> cuts() {
        return Combinators.combine(Arbitraries.integers().between(1, 8), Arbitraries.of(0.5, 1.0, 7.0, 50.0))
                .as(Cut::new);
    }

    @Claim(
            id = "B20.lem8-B",
            statement = "|B| \\le M \\text{ almost surely}",
            hypotheses = "for the $B$ of the proof, of density $|(\\varphi \\chi_M)''| / \\kappa$",
            correction = "|B| \\le 2M \\text{ almost surely}",
            derivation =
                    "Proposition 5 is applied to $p_{z,j} \\chi_M$, whose support is $[-2M, 2M]$. At $m = 2$, $M = 7$,"
                            + " $P(|B| > M) = 0.82$. Only constants change later: $b^2 \\le 4 M^2$.",
            instances = 40)
    void knotsReachToTwiceTheRadius(@ForAll("cuts") Cut drawn, ClaimRun run) {
        run.covers("m = " + drawn.m).covers("M = " + drawn.radius);
        run.note(
                "Whether some other construction has |B| <= M for m >= 2 is left open here; for m = 1, which the paper does not use, none has.");
        ReluMixture mixture = ReluMixture.ofHermite(drawn.m, drawn.radius);
        run.check(
                        "range of B",
                        2.0,
                        (factor, lab) -> Comparison.atMost(
                                mixture.probabilityBeyond(factor * drawn.radius), 0, 0, "an empty interval"))
                .printedAs("|B| <= M", 1.0)
                .falsifiedBy("|B| <= 1.9 M", 1.9);
        double kappa = ReluMixture.ofHermite(1, drawn.radius).mass();
        run.check(
                        "m = 1 at w.x = -M",
                        2.0,
                        (factor, lab) -> Comparison.atLeast(
                                Math.max(0, -drawn.radius + factor * drawn.radius),
                                drawn.radius / kappa,
                                0,
                                "largest ReLU(-M - B) against the mean, far apart"))
                .printedAs("|B| <= M", 1.0);
    }
}
