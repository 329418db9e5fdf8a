package arora2019;

import java.util.Arrays;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.Rate;

/**
 * Smaller initial weights are paid for by width: what matters is {@code sqrt(m) kappa}.
 *
 * <h2>Source</h2>
 *
 * A19, footnote 3: to go from {@code kappa = 1} to a general kappa costs a factor {@code kappa^-2} in the width.
 *
 * <h2>Statement</h2>
 *
 * Apart from the initial predictions, which vanish with kappa, training depends on m and kappa through {@code sqrt(m) kappa}. So
 *
 * <pre>{@code
 * max_k |Z(k) - Z(0)|_F  goes like m^0 along  sqrt(m) kappa = const
 * }</pre>
 *
 * A neuron moves by the order of {@code 1/sqrt(m)}, and its initial pre-activations are of the order of kappa: the quotient
 * decides how many indicators change.
 *
 * <h2>Instances</h2>
 *
 * {@link MainLadder}, with {@code sqrt(m) kappa = 6.4}: kappa = 0.4 at m = 256, 0.1 at m = 4096. Up to there, in the deep profile up to 16384.
 *
 * <h2>How it is checked</h2>
 *
 * By the exponent in the width, 0 up to 0.05, a mean of the replicates' own secant exponents (measured: -0.01, with a standard deviation
 * below 0.02). They are clipped to {@code [-0.11, 0.16]}, which no claimed one reaches: bets of at most 0.9 over the 0.06 and 0.11 from the
 * band's ends to the clips gain 0.4 or more per repetition, so that {@code ln(1/alpha) = 21} needs about 55.
 *
 * <h2>Falsifiers</h2>
 *
 * Other products kept constant: kappa, {@code m^(1/4) kappa} and {@code m kappa} (exponents -0.25, -0.12 and 0.17).
 */
class SmallInitializationClaims {

    @Claim(
            id = "A19.thm3.1-kappa",
            statement = "\\sqrt m\\,\\kappa = \\text{const} \\;\\Longrightarrow\\;"
                    + " \\max_k \\|Z(k) - Z(0)\\|_F = \\Theta(m^0)",
            hypotheses =
                    "the conditions of Theorem 3.1: $m = \\Omega(n^6/(\\lambda_0^4\\kappa^2\\delta^3))$; tested as the exponent"
                            + " 0 in $m$ at $\\sqrt m\\,\\kappa = 6.4$")
    void trainingDependsOnRootOfWidthTimesScale(ClaimRun run) {
        MainLadder ladder = MainLadder.of(run);
        double[] all = MainLadder.widths(run);
        double[] widths = all.length > 3 ? Arrays.copyOf(all, all.length - 1) : all;
        run.check(
                        "movement of the features",
                        MainLadder.Scale.INVERSE_ROOT,
                        (scale, lab) -> Rate.perReplicate(0, 0.05, widths)
                                .clippedTo(-0.11, 0.16)
                                .decide(
                                        replicate -> Arrays.stream(widths)
                                                .map(m -> ladder.run(replicate, (int) m, scale)
                                                        .featureMovement())
                                                .toArray(),
                                        MainLadder.terms(lab)))
                .falsifiedBy("kappa constant", MainLadder.Scale.SMALL)
                .falsifiedBy("m^(1/4) kappa constant", MainLadder.Scale.VANISHING)
                .falsifiedBy("m kappa constant", MainLadder.Scale.INVERSE);
    }
}
