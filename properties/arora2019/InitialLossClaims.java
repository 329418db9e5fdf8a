package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.SecondMoment;

/**
 * The predictions and the loss of a network before training.
 *
 * <h2>Source</h2>
 *
 * A19, text before (29), and Theorem 3.1, first bullet (Markov's inequality on the mean).
 *
 * <h2>Statement</h2>
 *
 * For unit points, {@code w_r ~ N(0, kappa^2 I)}, fair signs and any width:
 *
 * <pre>{@code
 * E u_i = 0,  E u_i^2 = kappa^2/2,                 P(|u|^2 > n kappa^2 / (2 delta)) <= delta
 * E Phi(W(0)) = (|y|^2 + n kappa^2/2) / 2,         P(Phi(W(0)) > 3 n / (4 delta)) <= delta   if kappa <= 1, |y_i| <= 1
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Points of every geometry, width 1 to 64, kappa from 1/100 to 1, labels {@code +-1} (the worst).
 *
 * <h2>How it is checked</h2>
 *
 * Networks are drawn and evaluated. With {@code s = relu(z)}, {@code E s^2 = 1/2} and {@code E s^4 = 3/2},
 *
 * <pre>{@code
 * E u_i^4 = (m E s^4 + 3 m (m-1) (E s^2)^2) kappa^4 / m^2 = (3/4) (1 + 1/m) kappa^4,   odd moments vanish,
 * }</pre>
 *
 * which gives the second moments (by Cauchy-Schwarz over the points) that the means of unbounded quantities need. That {@code E u_i = 0}
 * is tested on the nonnegative {@code (1 + u_i/kappa)^2}, whose mean is {@code 3/2 + 2 E u_i/kappa} once {@code E u_i^2} is known. The
 * tails are tested where Markov's inequality has least to give away: at delta = 9/10 on many orthonormal points or with small kappa
 * (nearly constant sums), at delta = 1/10 on one point and width 64, where u is nearly normal: the falsifiers below have
 * probabilities 0.25 and 0.28 there, above the margin 0.2.
 *
 * <h2>Falsifiers</h2>
 *
 * The variance of a neuron in place of its second moment, biased signs, {@code kappa^2} in place of {@code kappa^2/2}, and Markov bounds
 * with smaller constants: those that orthonormal points, small kappa or one point exceed.
 */
class InitialLossClaims {
    /** Points, width and scale of an initialisation. */
    record Start(PointSet set, int m, double kappa) {
        NormalizedNetwork draw(RandomStream stream) {
            return Initialization.gaussian(m, set.d(), kappa, stream);
        }

        /** {@code E (u_i/kappa)^4}. */
        double fourthMoment() {
            return 0.75 * (1 + 1.0 / m);
        }
    }

    @Provide
    Arbitrary<Start> starts() {
        return starts(0.01, 0.1, 1.0);
    }

    @Provide
    Arbitrary<Start> wideStarts() {
        return starts(0.5, 1.0);
    }

    private static Arbitrary<Start> starts(Double... kappas) {
        return Combinators.combine(PointSets.any(8, 6), Arbitraries.of(1, 2, 8, 64), Arbitraries.of(kappas))
                .as(Start::new);
    }

    @Claim(
            id = "A19.u0-moment",
            statement = "\\mathbb E\\,u_i(0) = 0,\\quad \\mathbb E\\,u_i(0)^2 = \\kappa^2/2,\\quad"
                    + " P\\big(\\|u(0)\\|^2 > n\\kappa^2/(2\\delta)\\big) \\le \\delta",
            hypotheses = "unit points, $w_r(0)\\sim N(0,\\kappa^2 I)$, fair signs; any $m \\ge 1$")
    void predictionsHaveMeanZeroAndVarianceHalfKappaSquared(@ForAll("starts") Start start, ClaimRun run) {
        run.covers(start.set().geometry().label()).covers("m = " + start.m());
        run.note(
                "The paper's n kappa^2/delta and (29) follow: they are weaker than the bound tested by factors 2 and sqrt 2.");
        DMatrixRMaj points = start.set().points();
        double unit = start.kappa() * start.kappa() * points.numRows;
        run.check(
                        "mean of |u|^2 / (n kappa^2)",
                        0.5,
                        (mean, lab) -> lab.meanEquals(
                                mean,
                                0.1,
                                new SecondMoment(start.fourthMoment()),
                                stream -> squaredNorm(start.draw(stream).predict(points)) / unit))
                .falsifiedBy("variance of relu(z), 1/2 - 1/(2 pi)", 0.5 - 1 / (2 * Math.PI))
                .falsifiedBy("0.65", 0.65)
                .falsifiedBy("kappa^2 in place of kappa^2/2", 1.0);

        BiFunction<NormalizedNetwork, RandomStream, NormalizedNetwork> biased = (network, stream) -> {
            double[] signs = new double[network.width()];
            for (int r = 0; r < signs.length; r++) {
                signs[r] = stream.uniform() < 0.75 ? 1 : -1;
            }
            return new NormalizedNetwork(network.weights(), signs, network.activation());
        };
        BiFunction<NormalizedNetwork, RandomStream, NormalizedNetwork> fair = (network, stream) -> network;
        run.check(
                        "mean of (1 + u_1/kappa)^2",
                        fair,
                        (signs, lab) -> lab.meanEquals(
                                1.5, 0.3, new SecondMoment(1 + 6 * 0.5 + start.fourthMoment()), stream -> {
                                    NormalizedNetwork network =
                                            signs.apply(start.draw(stream), stream.part("biased signs"));
                                    double shifted = 1 + network.predict(points)[0] / start.kappa();
                                    return shifted * shifted;
                                }))
                .falsifiedBy("three of four signs +1", biased);

        DMatrixRMaj axes = PointSet.of(
                        PointSet.Geometry.ORTHONORMAL, 64, 64, start.set().seed())
                .points();
        run.check(
                        "tail at delta = 0.9, 64 orthonormal points",
                        0.5,
                        (constant, lab) -> lab.failsAtMost(
                                0.9,
                                0.95,
                                stream -> squaredNorm(Initialization.gaussian(32, 64, start.kappa(), stream)
                                                .predict(axes))
                                        > constant * 64 * start.kappa() * start.kappa() / 0.9))
                .falsifiedBy("n kappa^2 / (5 delta)", 0.2);
        Start wide = new Start(start.set(), 64, start.kappa());
        run.check(
                        "tail at delta = 0.1, one point, m = 64",
                        0.5,
                        (constant, lab) -> lab.failsAtMost(0.1, stream -> {
                            double u = wide.draw(stream).predict(points)[0] / start.kappa();
                            return u * u > constant / 0.1;
                        }))
                .falsifiedBy("n kappa^2 / (15 delta)", 1 / 15.0);
    }

    @Claim(
            id = "A19.thm3.1-init",
            statement = "\\mathbb E\\,\\Phi(W(0)) = \\tfrac12\\big(\\|y\\|^2 + n\\kappa^2/2\\big),\\quad"
                    + " P\\big(\\Phi(W(0)) > \\tfrac{3n}{4\\delta}\\big) \\le \\delta",
            hypotheses = "unit points, $|y_i| \\le 1$, $0 < \\kappa \\le 1$; any $m \\ge 1$")
    void initialLossIsOfOrderNOverDelta(@ForAll("wideStarts") Start start, ClaimRun run) {
        run.covers(start.set().geometry().label()).covers("m = " + start.m());
        DMatrixRMaj points = start.set().points();
        int n = points.numRows;
        double variance = start.kappa() * start.kappa();
        double[] y = start.set().stream().part("labels").signs(n);
        // Phi^2 <= n/4 sum_i (y_i - u_i)^4 and E (y_i - u_i)^4 = 1 + 6 kappa^2/2 + E u_i^4
        double secondMoment = (1 + 3 * variance + start.fourthMoment() * variance * variance) / 4;
        run.check(
                        "mean of Phi / n",
                        0.5,
                        (part, lab) -> lab.meanEquals(
                                (1 + part * variance) / 2,
                                variance / 8,
                                new SecondMoment(secondMoment),
                                stream -> start.draw(stream).loss(points, y) / n))
                .falsifiedBy("n kappa^2 in place of n kappa^2/2", 1.0)
                .falsifiedBy("the labels' part alone", 0.0);

        Start small = new Start(start.set(), start.m(), 0.01);
        run.check(
                        "tail at delta = 0.9, kappa = 0.01",
                        0.75,
                        (constant, lab) -> lab.failsAtMost(
                                0.9, 0.95, stream -> small.draw(stream).loss(points, y) > constant * n / 0.9))
                .falsifiedBy("2 n / (5 delta)", 0.4);

        Start single = new Start(
                PointSet.of(PointSet.Geometry.SINGLE, 1, 4, start.set().seed()), 64, 1);
        run.check(
                        "tail at delta = 0.1, one point, m = 64",
                        0.75,
                        (constant, lab) -> lab.failsAtMost(
                                0.1,
                                stream -> single.draw(stream).loss(single.set().points(), new double[] {1})
                                        > constant / 0.1))
                .falsifiedBy("n / (10 delta)", 0.1);
    }

    private static double squaredNorm(double[] u) {
        return LinearAlgebra.dot(u, u);
    }
}
