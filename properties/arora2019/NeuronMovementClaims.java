package arora2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;
import org.lemmalab.trainer.GradientDescent;
import org.lemmalab.trainer.SampleSpaceGradientDescent;
import org.lemmalab.trainer.Trainer;

/**
 * In a wide network every neuron moves little, and few indicators change.
 *
 * <h2>Source</h2>
 *
 * A19, Lemmas C.1 and C.2.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * C.1  if Phi(W(t+1)) <= (1 - eta lambda_0/2) Phi(W(t)) for t < k, then for every neuron
 *      |w_r(k) - w_r(0)| <= 4 sqrt(n) |y - u(0)| / (sqrt(m) lambda_0)
 * C.2  |Z(k) - Z(0)|_F = O( n / sqrt(m^(1/2) lambda_0 kappa delta^(3/2)) )  for all k
 * }</pre>
 *
 * The first is printed for the event that the losses contract at all k; its proof uses the steps before k only.
 *
 * <h2>Instances</h2>
 *
 * {@link MainLadder}; for C.1 also one point, {@code x = 1}, and {@code 8p - 1} neurons of which p are active. There
 * {@code lambda_0 = 1/2}, the residual shrinks by {@code 1 - eta c} per step, {@code c = p/(8p - 1)}, which is just enough for the
 * contraction when {@code eta = 1/p}, and an active neuron ends {@code |y - u(0)| / (sqrt(m) c)} away: 4 may be replaced by
 * {@code 4 - 1/(2p)} at best.
 *
 * <h2>How it is checked</h2>
 *
 * C.1 run by run, at every step up to the first without contraction. C.2 by its exponents: {@code -1/4} at fixed kappa, and {@code -1/8}
 * at {@code kappa = m^(-1/4)}, because m and kappa enter as {@code sqrt(m) kappa}. A repetition's exponent has a standard deviation below
 * 0.04 and its mean is 0.05 or more inside the band; the bets, at most 0.9 over the 0.12 from the band's end to the clip's, gain 0.3 or more per
 * repetition, and {@code ln(1/alpha) = 22} needs 50 to 70 repetitions.
 *
 * <h2>Falsifiers</h2>
 *
 * C.1: the constant 3.5 (one point), {@code 1/m} for {@code 1/sqrt(m)}. On the ladder alone the constant is 16 to 60 times too large.
 * C.2: exponent {@code -1/2} at {@code kappa = 1}; {@code -1/4} at {@code kappa = m^(-1/4)}, as if kappa did not enter.
 */
class NeuronMovementClaims {

    /** A training to look at. */
    sealed interface Training {
        Trajectory trajectory(MainLadder ladder);
    }

    /** One of the ladder's. */
    record LadderTraining(long replicate, int width, MainLadder.Scale scale) implements Training {
        @Override
        public Trajectory trajectory(MainLadder ladder) {
            MainLadder.Run run = ladder.run(replicate, width, scale);
            double[] norms = Arrays.stream(run.residuals())
                    .mapToDouble(LinearAlgebra::norm)
                    .toArray();
            double eta = run.instance().eta();
            return new Trajectory(
                    MainLadder.N, width, run.instance().eigen().smallest(), eta, norms, run.neuronMovements());
        }
    }

    /** The point 1 with label 1, and p active neurons of {@code 8p - 1}, all with {@code a_r = 1}; trained in one of two ways. */
    record FewActiveTraining(int p, boolean sampleSpace) implements Training {
        @Override
        public Trajectory trajectory(MainLadder ladder) {
            int m = 8 * p - 1;
            double[] weights = new double[m];
            Arrays.fill(weights, 0, p, 0.1);
            Arrays.fill(weights, p, m, -0.1);
            double[] ones = new double[m];
            Arrays.fill(ones, 1);
            NormalizedNetwork network = new NormalizedNetwork(DMatrixRMaj.wrap(m, 1, weights), ones, Relu.INSTANCE);
            double eta = 1.0 / p;
            DMatrixRMaj point = DMatrixRMaj.wrap(1, 1, new double[] {1});
            double[] label = {1};
            Trainer trainer = sampleSpace
                    ? new SampleSpaceGradientDescent(network, point, label, eta)
                    : new GradientDescent(network, point, label, eta);
            int steps = 100 * p; // (1 - eta/8)^steps = 1e-6
            double[] norms = new double[steps + 1];
            double[] movements = new double[steps + 1];
            norms[0] = LinearAlgebra.norm(trainer.residual());
            for (int k = 1; k <= steps; k++) {
                trainer.step();
                norms[k] = LinearAlgebra.norm(trainer.residual());
                movements[k] = trainer.largestNeuronMovement();
            }
            return new Trajectory(1, m, 0.5, eta, norms, movements);
        }
    }

    /** The residuals' norms and the largest movements at steps 0, 1, ..., with n, m, lambda_0 and eta. */
    record Trajectory(int n, int m, double lambda, double eta, double[] norms, double[] movements) {
        /** The number of steps before the first one at which the loss does not contract. */
        int contractingSteps() {
            int k = 0;
            while (k + 1 < norms.length
                    && norms[k + 1] * norms[k + 1] <= (1 - eta * lambda / 2) * norms[k] * norms[k]) {
                k++;
            }
            return k;
        }

        /** {@code max_j <= k max_r |w_r(j) - w_r(0)|}. */
        double largestMovement(int k) {
            return Arrays.stream(movements, 0, k + 1).max().orElse(0);
        }
    }

    @Provide
    Arbitrary<Training> trainings() {
        Arbitrary<Training> ladder = Combinators.combine(
                        Arbitraries.longs().between(0, 49),
                        Arbitraries.of(256, 1024, 4096),
                        Arbitraries.of(MainLadder.Scale.class))
                .as(LadderTraining::new);
        Arbitrary<Training> fewActive = Combinators.combine(
                        Arbitraries.integers().between(1, 5), Arbitraries.of(false, true))
                .as(FewActiveTraining::new);
        return Arbitraries.oneOf(ladder, fewActive);
    }

    /** {@code constant sqrt(n) |y - u(0)| / (m^power lambda_0)}. */
    private record Bound(double constant, double power) {
        double of(Trajectory t) {
            return constant * Math.sqrt(t.n) * t.norms[0] / (Math.pow(t.m, power) * t.lambda);
        }
    }

    @Claim(
            id = "A19.lemC1",
            statement = "\\|w_r(k) - w_r(0)\\|_2 \\le \\frac{4\\sqrt n\\, \\|y - u(0)\\|_2}{\\sqrt m\\, \\lambda_0}"
                    + " \\quad \\forall r, k",
            hypotheses = "$\\Phi(W(t+1)) \\le (1 - \\eta\\lambda_0/2)\\, \\Phi(W(t))$ for $t < k$")
    void everyNeuronMovesLittleWhileTheLossContracts(@ForAll("trainings") Training training, ClaimRun run) {
        Trajectory trajectory = training.trajectory(MainLadder.of(run));
        int steps = trajectory.contractingSteps();
        boolean throughout = steps + 1 == trajectory.norms.length;
        run.covers(training instanceof FewActiveTraining ? "one point, few active neurons" : "ladder")
                .covers(throughout ? "contracts throughout" : "contracts up to some step");
        run.check(
                        "largest movement",
                        new Bound(4, 0.5),
                        (bound, lab) -> Comparison.atMost(
                                trajectory.largestMovement(steps),
                                bound.of(trajectory),
                                1e-12 * bound.of(trajectory),
                                "sums of up to 500 steps: relative error below 500 * 8 * 2^-53"))
                .falsifiedBy("constant 3.5", new Bound(3.5, 0.5))
                .falsifiedBy("1/m for 1/sqrt(m)", new Bound(4, 1));
    }

    private record Form(MainLadder.Scale scale, double exponent) {}

    @Claim(
            id = "A19.lemC2-Z",
            statement =
                    "\\|Z(k) - Z(0)\\|_F = O\\Bigl(\\frac{n}{\\sqrt{m^{1/2} \\lambda_0 \\kappa\\, \\delta^{3/2}}}\\Bigr)"
                            + " \\quad \\forall k",
            hypotheses = "with probability at least $1 - 4\\delta$; the conditions of Theorem 3.1")
    void featuresMoveLessInWiderNetworks(ClaimRun run) {
        MainLadder ladder = MainLadder.of(run);
        double[] widths = MainLadder.widths(run);
        run.check(
                        "kappa = 1",
                        new Form(MainLadder.Scale.ONE, -0.25),
                        (form, lab) -> rate(form, 0.08, widths)
                                .decide(i -> featureMovements(ladder, i, form.scale, widths), MainLadder.terms(lab)))
                .falsifiedBy("exponent -1/2", new Form(MainLadder.Scale.ONE, -0.5));
        run.check(
                        "kappa = m^(-1/4)",
                        new Form(MainLadder.Scale.VANISHING, -0.125),
                        (form, lab) -> rate(form, 0.06, widths)
                                .decide(i -> featureMovements(ladder, i, form.scale, widths), MainLadder.terms(lab)))
                .falsifiedBy("exponent -1/4", new Form(MainLadder.Scale.VANISHING, -0.25));
    }

    private static Rate rate(Form form, double allowance, double[] widths) {
        return Rate.perReplicate(form.exponent, allowance, widths).clippedTo(form.exponent - 0.2, form.exponent + 0.2);
    }

    private static double[] featureMovements(
            MainLadder ladder, long replicate, MainLadder.Scale scale, double[] widths) {
        return Arrays.stream(widths)
                .map(m -> ladder.run(replicate, (int) m, scale).featureMovement())
                .toArray();
    }
}
