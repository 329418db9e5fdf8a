package arora2019;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.complexity.NetworkBall;
import org.lemmalab.complexity.PlanarRademacherComplexity;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * The Rademacher complexity of the networks near a random initialisation.
 *
 * <h2>Source</h2>
 *
 * A19, Lemma 5.4.
 *
 * <h2>Statement</h2>
 *
 * For unit points, {@code R > 0}, and the {@linkplain NetworkBall class} {@code F_RB} of networks within R of W(0) at every neuron and within B of it
 * in all: with probability at least {@code 1 - delta} over {@code w_r(0) ~ N(0, kappa^2 I)} and fair signs {@code a_r}, for all B at once,
 *
 * <pre>{@code
 * R_S(F_RB) <= B/sqrt(2n) (1 + (2 log(2/delta)/m)^(1/4)) + 2 R^2 sqrt(m)/kappa + R sqrt(2 log(2/delta)).
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Wide networks with orthonormal points or a pair of antipodes, for which {@code |Z(0) eps| = |Z(0)|_F} for every eps: with {@code B = 0.01},
 * {@code m = 16384} and R about what the best direction needs, {@code R_S} comes within a few thousandths of {@code B/sqrt(2n)}, to which the other terms
 * add 15 to 20%. Three neurons with three points of the plane.
 *
 * <h2>How it is checked</h2>
 *
 * Initialisations are drawn. A wide one fails when networks of the class, evaluated, show that {@code R_S} is larger
 * ({@link NetworkBall#tangentLowerBound}, whose rounding error is below 1e-9). A small one fails unless {@link PlanarRademacherComplexity} shows
 * that {@code R_S} is smaller, for each of three B.
 *
 * <h2>Falsifiers</h2>
 *
 * The leading term reduced by 20%, or to {@code B/(2 sqrt n)}; for small networks the latter alone, without remainder. The remainder itself
 * has no power: it is 3 to 100 times too large wherever {@code R_S} can be enclosed.
 */
class RademacherComplexityClaims {
    /** A radius R that hardly cuts the best direction: with orthonormal points neurons move by up to {@code B sqrt(n/m) / |Z|_F}. */
    static double movement(double radius, int m) {
        return 1.02 * radius * Math.sqrt(2.0 / m);
    }

    /** The lemma's right-hand side as a function of the ball; {@code constant} stands for {@code 1/sqrt 2}. */
    private record Bound(double constant, boolean remainder) {
        double of(NetworkBall ball, int n, double kappa, double delta) {
            int m = ball.center().width();
            double r = ball.neuronRadius();
            double leading = constant * ball.radius() / Math.sqrt(n);
            double log = 2 * Math.log(2 / delta);
            return remainder
                    ? leading * (1 + Math.pow(log / m, 0.25)) + 2 * r * r * Math.sqrt(m) / kappa + r * Math.sqrt(log)
                    : leading;
        }
    }

    /** A number of orthonormal points, the scale of the weights, and delta. */
    record WideSetting(int n, double kappa, double delta) {}

    @Provide
    Arbitrary<WideSetting> wideSettings() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3), Arbitraries.of(1.0, 0.1), Arbitraries.of(0.2, 0.4))
                .as(WideSetting::new);
    }

    @Claim(
            id = "A19.lem5.4",
            statement = "\\mathcal R_S(\\mathcal F_{R,B}) \\le \\frac{B}{\\sqrt{2n}}"
                    + "\\Bigl(1 + \\Bigl(\\frac{2\\log(2/\\delta)}{m}\\Bigr)^{1/4}\\Bigr)"
                    + " + \\frac{2R^2\\sqrt m}{\\kappa} + R\\sqrt{2\\log(2/\\delta)} \\quad \\forall B > 0",
            hypotheses = "unit points, $R > 0$; with probability at least $1 - \\delta$ over $W(0)$, $a$",
            instances = 3)
    void complexityIsSmallNearRandomNetworks(@ForAll("wideSettings") WideSetting setting, ClaimRun run) {
        run.covers("n = " + setting.n).covers("kappa = " + setting.kappa);
        Bound claimed = new Bound(Math.sqrt(0.5), true);
        int m = 16384;
        double delta = setting.delta;
        DMatrixRMaj orthonormal = CommonOps_DDRM.identity(setting.n);
        DMatrixRMaj antipodes = new DMatrixRMaj(2, 1, true, 1, -1);
        run.check(
                        "16384 neurons, orthonormal points",
                        claimed,
                        (bound, lab) ->
                                lab.failsAtMost(delta, stream -> exceeds(bound, orthonormal, m, setting, stream)))
                .falsifiedBy("0.8 of the leading term", new Bound(0.8 * Math.sqrt(0.5), true))
                .falsifiedBy("B/(2 sqrt n)", new Bound(0.5, true));
        run.check(
                        "16384 neurons, antipodes",
                        claimed,
                        (bound, lab) -> lab.failsAtMost(delta, stream -> exceeds(bound, antipodes, m, setting, stream)))
                .falsifiedBy("0.8 of the leading term", new Bound(0.8 * Math.sqrt(0.5), true));
        run.check(
                        "3 neurons, 3 points, enclosed",
                        claimed,
                        (bound, lab) -> lab.failsAtMost(delta, stream -> mayExceed(bound, setting, stream)))
                .falsifiedBy("B/(2 sqrt n) and no remainder", new Bound(0.5, false));
    }

    /** Whether networks of the class are found with which {@code R_S} exceeds the bound at B = 0.01. */
    private static boolean exceeds(Bound bound, DMatrixRMaj points, int m, WideSetting setting, RandomStream stream) {
        NormalizedNetwork center = Initialization.gaussian(m, points.numCols, setting.kappa, stream);
        NetworkBall ball = new NetworkBall(center, movement(0.01, m), 0.01);
        return ball.tangentLowerBound(points) > bound.of(ball, points.numRows, setting.kappa, setting.delta);
    }

    /** Whether, for R = 1/2 and one of three B, {@code R_S} is not enclosed below the bound. */
    private static boolean mayExceed(Bound bound, WideSetting setting, RandomStream stream) {
        DMatrixRMaj points = PointLaw.SPHERE.rows(3, 2, stream.part("points"));
        NormalizedNetwork center = Initialization.gaussian(3, 2, setting.kappa, stream);
        for (double radius : new double[] {0.2, 0.6, 1}) {
            NetworkBall ball = new NetworkBall(center, 0.5, radius);
            if (PlanarRademacherComplexity.of(ball, points, 100).high()
                    > bound.of(ball, 3, setting.kappa, setting.delta)) {
                return true;
            }
        }
        return false;
    }
}
