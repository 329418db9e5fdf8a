package arora2019;

import instances.PointSet;
import instances.PointSet.Geometry;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.loss.AbsoluteLoss;
import org.lemmalab.loss.RampLoss;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.SampleSpaceGradientDescent;

/**
 * After the prescribed number of steps the training loss is at most {@code 1/sqrt n}.
 *
 * <h2>Source</h2>
 *
 * A19, section D.3 (i), with constants written out.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * L_S <= 1/n sum_i |u_i - y_i| <= |u - y| / sqrt n = sqrt(2 Phi / n),   which is at most 1/sqrt n when Phi <= 1/2;
 * Phi(W(k)) <= (1 - eta lambda_0/2)^k Phi(W(0)) <= 1/2   for   k >= 2/(eta lambda_0) log(2 Phi(W(0)))
 * }</pre>
 *
 * for a loss that is 1-Lipschitz in the prediction and 0 at the label; the second while the loss contracts as in Theorem 3.1.
 *
 * <h2>Instances</h2>
 *
 * Residuals with {@code Phi = 1/2}: at random, all of the same size, all in one point, none. Trainings: 2048 neurons with orthonormal points;
 * and one point with {@code 8p - 1} neurons of which p are active, whose loss contracts hardly faster than supposed
 * ({@link NeuronMovementClaims}).
 *
 * <h2>How it is checked</h2>
 *
 * Every inequality by itself. Means of n numbers up to 1 are right to {@code (n + 8) u}, {@code u = 2^-53}. A training that does not contract at every step is not in the claim, and is counted under that name.
 *
 * <h2>Falsifiers</h2>
 *
 * A loss of slope 1.1 and one that is not 0 at the label; {@code 1/n} and {@code 0.99/sqrt n} (residuals of the same size); 0.95 of the
 * prescribed steps by the formula, 0.9 with few active neurons, 0.15 in a wide network (its loss contracts at four times the rate).
 */
class TrainingLossBoundClaims {
    private static final double UNIT = 0x1p-53;

    /** How a residual of norm 1 is spread. */
    enum Spread {
        RANDOM,
        SAME_SIZE,
        ONE_POINT,
        NONE;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Labels +-1 and predictions with {@code |u - y| = 1} or 0. */
    record Fit(int n, Spread spread, long seed) {
        double[] labels() {
            return stream().part("labels").signs(n);
        }

        double[] predictions() {
            RandomStream stream = stream().part("residual");
            double[] residual = spread == Spread.SAME_SIZE ? stream.signs(n) : stream.gaussians(n);
            if (spread == Spread.ONE_POINT) {
                Arrays.fill(residual, 1, n, 0);
            }
            double norm = spread == Spread.NONE ? Double.POSITIVE_INFINITY : LinearAlgebra.norm(residual);
            double[] u = labels();
            Arrays.setAll(u, i -> u[i] + residual[i] / norm);
            return u;
        }

        private RandomStream stream() {
            return RandomStream.of(seed, "TrainingLossBoundClaims");
        }
    }

    /** A network with its data: 2048 neurons and orthonormal points, or few active neurons and one point. */
    private record Training(NormalizedNetwork network, DMatrixRMaj points, double[] y, double eta) {
        static Training wide(int n, long seed) {
            RandomStream stream =
                    RandomStream.of(seed, "TrainingLossBoundClaims").part("wide");
            DMatrixRMaj points = PointSet.of(Geometry.ORTHONORMAL, n, n, seed).points();
            return new Training(Initialization.gaussian(2048, n, 1, stream), points, stream.signs(n), 0.125);
        }

        static Training fewActive(int p) {
            int m = 8 * p - 1;
            double[] weights = new double[m];
            Arrays.fill(weights, 0, p, 10 * Math.sqrt(m) / p); // u(0) = 10
            Arrays.fill(weights, p, m, -0.1);
            double[] ones = new double[m];
            Arrays.fill(ones, 1);
            NormalizedNetwork network = new NormalizedNetwork(DMatrixRMaj.wrap(m, 1, weights), ones, Relu.INSTANCE);
            return new Training(network, new DMatrixRMaj(1, 1, true, 1), new double[] {1}, 1.0 / p);
        }

        /** The loss at 0, 1, ..., k, where k is the prescribed number of steps; {@code lambda_0 = 1/2}. */
        double[] losses() {
            SampleSpaceGradientDescent trainer = new SampleSpaceGradientDescent(network, points, y, eta);
            double[] losses = new double[steps(trainer.loss(), eta / 4, 1) + 1];
            losses[0] = trainer.loss();
            for (int k = 1; k < losses.length; k++) {
                trainer.step();
                losses[k] = trainer.loss();
            }
            return losses;
        }

        boolean contracts(double[] losses) {
            return IntStream.range(1, losses.length).allMatch(k -> losses[k] <= (1 - eta / 4) * losses[k - 1]);
        }
    }

    /** {@code ceil( factor/x log(2 Phi) )}, {@code x = eta lambda_0/2}; at least 0. */
    private static int steps(double loss, double x, double factor) {
        return (int) Math.max(0, Math.ceil(factor / x * Math.log(2 * loss)));
    }

    @Provide
    Arbitrary<Fit> fits() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.of(Spread.class),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Fit::new);
    }

    @Claim(
            id = "A19.thm5.1-train",
            statement =
                    "L_S \\le \\tfrac1n\\sum_i |u_i - y_i| \\le \\tfrac{1}{\\sqrt n}\\|u - y\\|_2 = \\sqrt{2\\Phi/n}"
                            + " \\le \\tfrac{1}{\\sqrt n}, \\qquad k \\ge \\tfrac{2}{\\eta\\lambda_0}\\log(2\\Phi(W(0)))"
                            + " \\Rightarrow \\Phi(W(k)) \\le \\tfrac12",
            hypotheses =
                    "a 1-Lipschitz loss in $[0,1]$ with $\\ell(y, y) = 0$; the first chain for $\\Phi \\le 1/2$, the second"
                            + " where $\\Phi(W(t+1)) \\le (1 - \\eta\\lambda_0/2)\\,\\Phi(W(t))$ for $t < k$")
    void trainingLossIsAtMostOneOverRootN(
            @ForAll("fits") Fit fit, @ForAll @IntRange(min = 4, max = 8) int p, ClaimRun run) {
        run.covers("residual " + fit.spread.label()).covers(fit.n == 1 ? "n = 1" : "n > 1");
        double[] u = fit.predictions();
        double[] y = fit.labels();
        double tolerance = (fit.n + 8) * UNIT;
        String derivation = "(n + 8) u";
        ToDoubleBiFunction<double[], double[]> l1 = new AbsoluteLoss(Double.POSITIVE_INFINITY)::mean;
        run.check(
                        "loss",
                        new RampLoss(1)::mean,
                        (ToDoubleBiFunction<double[], double[]> loss, Lab lab) -> Comparison.atMost(
                                loss.applyAsDouble(u, y), l1.applyAsDouble(u, y), tolerance, derivation))
                .falsifiedBy("margin 1.1: not 0 at the label", new RampLoss(1.1)::mean);
        run.check(
                        "cut loss",
                        new AbsoluteLoss(1)::mean,
                        (ToDoubleBiFunction<double[], double[]> loss, Lab lab) -> Comparison.atMost(
                                loss.applyAsDouble(u, y), l1.applyAsDouble(u, y), tolerance, derivation))
                .falsifiedBy("slope 1.1", (v, z) -> 1.1 * new AbsoluteLoss(1 / 1.1).mean(v, z));
        double meanDistance = l1.applyAsDouble(u, y);
        run.check(
                        "mean distance",
                        n -> 1 / Math.sqrt(n),
                        (DoubleUnaryOperator bound, Lab lab) ->
                                Comparison.atMost(meanDistance, bound.applyAsDouble(fit.n), tolerance, derivation))
                .falsifiedBy("1/n", n -> 1 / n)
                .falsifiedBy("0.99/sqrt n", n -> 0.99 / Math.sqrt(n));

        double loss = Math.exp(fit.n / 2.0);
        run.check(
                        "steps by the formula",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                IntStream.rangeClosed(1, 10)
                                        .mapToDouble(j -> Math.scalb(1.0, -j))
                                        .map(x -> loss * Math.pow(1 - x, steps(loss, x, factor)))
                                        .toArray(),
                                0.5,
                                16 * UNIT,
                                "a power and a product of values below 1; 1 - x is exact"))
                .falsifiedBy("0.95 of them", 0.95);
        trainingReachesOneHalf("orthonormal points, trained", Training.wide(2 + fit.n % 4, fit.seed), 0.15, run);
        trainingReachesOneHalf("one point, few active neurons, trained", Training.fewActive(p), 0.9, run);
    }

    /** Checks the loss after the prescribed number of steps; after {@code tooFew} times as many it is larger than 1/2. */
    private static void trainingReachesOneHalf(String part, Training training, double tooFew, ClaimRun run) {
        double[] losses = training.losses();
        if (!training.contracts(losses)) {
            run.covers("does not contract: not in the claim");
            return;
        }
        run.check(
                        part,
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                losses[steps(losses[0], training.eta / 4, factor)],
                                0.5,
                                1e-12,
                                "100 steps of relative error below 1e-14"))
                .falsifiedBy(tooFew + " of the steps", tooFew);
    }
}
