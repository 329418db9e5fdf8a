package arora2019;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.Comparison;

/**
 * A normal variable is rarely near zero.
 *
 * <h2>Source</h2>
 *
 * A19 (17).
 *
 * <h2>Statement</h2>
 *
 * For {@code z ~ N(0, kappa^2)} and any R,
 *
 * <pre>{@code
 * P(|z| <= R) = integral of e^(-x^2/(2 kappa^2)) / (sqrt(2 pi) kappa) over [-R, R] <= 2 R / (sqrt(2 pi) kappa)
 * }</pre>
 *
 * The bound is sharp as R/kappa falls: {@code e^(-t^2/2) >= 1 - t^2/2}, hence {@code P >= (1 - (R/kappa)^2/6)} times the bound.
 *
 * <h2>Instances</h2>
 *
 * R/kappa = 0 and 1e-6 to 6, kappa from 0.01 to 100.
 *
 * <h2>How it is checked</h2>
 *
 * The probability {@code erf(R / (sqrt(2) kappa))} against Gauss-Legendre quadrature of the density; with 64 nodes on {@code [-R, R]},
 * {@code R <= 6 kappa}, it is right to 1e-14. The error function comes from a series that is cut at 1e-15 of itself, and agrees with
 * 60-digit values to 2.4e-15 of them; 1e-14 is allowed.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code sqrt(2 pi kappa)} in place of {@code sqrt(2 pi) kappa}, R in place of 2R, 0.79 in place of {@code 2/sqrt(2 pi) = 0.798}; 1/8 in place
 * of 1/6.
 */
class SmallBallClaims {
    private static final GaussIntegrator QUADRATURE = new GaussIntegratorFactory().legendre(64);
    private static final double ERF_ERROR = 1e-14;
    private static final String ERF_DERIVATION = "1e-14 of the bound: the error of erf";

    /** {@code P(|z| <= R)}, {@code z ~ N(0, kappa^2)}. */
    record Interval(double ratio, double kappa) {
        double bound() {
            return UnstablePairs.SMALL_BALL * ratio;
        }

        /** The integral over {@code [-R, R]} of {@code e^(-x^2 / (2 kappa^2)) / normalisation}. */
        double integral(double normalisation) {
            double radius = ratio * kappa;
            return radius * QUADRATURE.integrate(t -> Math.exp(-t * t * ratio * ratio / 2)) / normalisation;
        }

        String family() {
            return ratio == 0 ? "R = 0" : ratio < 0.01 ? "R < kappa/100" : ratio <= 1 ? "R <= kappa" : "R > kappa";
        }
    }

    @Provide
    Arbitrary<Interval> intervals() {
        Arbitrary<Double> ratios =
                Arbitraries.integers().between(-61, 8).map(k -> k < -60 ? 0 : Math.min(6, Math.pow(10, k / 10.0)));
        Arbitrary<Double> kappas = Arbitraries.integers().between(-20, 20).map(k -> Math.pow(10, k / 10.0));
        return Combinators.combine(ratios, kappas).as(Interval::new);
    }

    @Claim(
            id = "A19.eq17",
            statement = "P(|z| \\le R) = \\int_{-R}^{R} \\frac{e^{-x^2/2\\kappa^2}}{\\sqrt{2\\pi}\\,\\kappa}\\,dx"
                    + " \\le \\frac{2R}{\\sqrt{2\\pi}\\,\\kappa}",
            hypotheses = "$z \\sim N(0, \\kappa^2)$, $R \\ge 0$")
    void normalVariableIsRarelyNearZero(@ForAll("intervals") Interval interval, ClaimRun run) {
        run.covers(interval.family()).covers(interval.kappa() < 1 ? "kappa < 1" : "kappa >= 1");
        run.note("The transcription at hand has sqrt(2 pi kappa); it is taken as damaged, since Lemma 5.4 goes on with"
                + " sqrt(2 pi) kappa.");
        double probability = UnstablePairs.probability(interval.ratio());
        DoubleUnaryOperator normalisation = kappa -> Math.sqrt(2 * Math.PI) * kappa;
        run.check(
                        "integral of the density",
                        normalisation,
                        (form, lab) -> Comparison.equal(
                                interval.integral(form.applyAsDouble(interval.kappa())),
                                probability,
                                2e-14 * interval.bound(),
                                "2e-14 of the bound: the errors of quadrature and erf"))
                .falsifiedBy("sqrt(2 pi kappa)", kappa -> Math.sqrt(2 * Math.PI * kappa));
        run.check(
                        "bound",
                        (DoubleUnaryOperator) kappa -> UnstablePairs.SMALL_BALL / kappa,
                        (form, lab) -> Comparison.atMost(
                                probability,
                                form.applyAsDouble(interval.kappa()) * interval.ratio() * interval.kappa(),
                                ERF_ERROR * interval.bound(),
                                ERF_DERIVATION))
                .falsifiedBy("sqrt(2 pi kappa)", kappa -> UnstablePairs.SMALL_BALL / Math.sqrt(kappa))
                .falsifiedBy("R in place of 2R", kappa -> UnstablePairs.SMALL_BALL / (2 * kappa))
                .falsifiedBy("0.79", kappa -> 0.79 / kappa);
        run.check(
                        "nothing lost as R/kappa falls",
                        1 / 6.0,
                        (part, lab) -> Comparison.atLeast(
                                probability,
                                (1 - part * interval.ratio() * interval.ratio()) * interval.bound(),
                                ERF_ERROR * interval.bound(),
                                ERF_DERIVATION))
                .falsifiedBy("1/8 in place of 1/6", 1 / 8.0);
    }
}
