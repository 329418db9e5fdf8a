package arora2019;

import arora2019.SmallTraining.Recorded;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * While the loss contracts, the residual decays geometrically, and the bounds of the neurons' steps have a finite
 * sum.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma C.1, (14).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * sqrt(1 - z/2) <= 1 - z/4 on [0, 2]; so if Phi(W(t+1)) <= (1 - eta lambda_0/2) Phi(W(t)) for t < k,
 * |y - u(k)| <= (1 - eta lambda_0/4)^k |y - u(0)|                                                  (14)
 * (eta sqrt(n)/sqrt(m)) sum_t (1 - eta lambda_0/4)^t = 4 sqrt(n) / (sqrt(m) lambda_0)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link SmallTraining} up to the first step without contraction; {@link EdgeTraining#fewActive}, where the loss
 * contracts just enough. For the sum: {@code eta lambda_0} from 1e-12 to 4, where only the first term is left.
 *
 * <h2>How it is checked</h2>
 *
 * The contraction is taken from the same rounded norms as the bound, so (14) may err by {@code (n + 4) u} per step
 * and no more, however small the residuals are. The sum by doubling, {@code S_2T = S_T (1 + q^T)}, until
 * {@code q^T < e^-40}; {@code q^T = exp(T log1p(-z/4))} errs by at most {@code 2u}, and each of at most 48 doublings
 * by {@code 4u}.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 1 - z/3} and {@code 1 - z/3.9}; twice the rate of the linear sequence (drawn runs), {@code lambda_0/3.5} and
 * the power {@code 3k/2} (few active neurons). Sum: 2 and 3.9 for 4, n for its root, the first term left out.
 */
class ResidualDecayClaims {
    @Claim(
            id = "A19.eq14",
            statement = "\\|y - u(k)\\|_2 \\le \\Bigl(1 - \\frac{\\eta\\lambda_0}{4}\\Bigr)^k \\|y - u(0)\\|_2,"
                    + " \\quad \\sqrt{1 - z/2} \\le 1 - z/4 \\text{ on } [0, 2]",
            hypotheses = "$\\Phi(W(t+1)) \\le (1 - \\eta\\lambda_0/2)\\, \\Phi(W(t))$ for $t < k$")
    void residualsDecayWhileTheLossContracts(
            @ForAll(supplier = SmallTraining.Any.class) SmallTraining training,
            @ForAll(supplier = EdgeTraining.Any.class) EdgeTraining edge,
            ClaimRun run) {
        Recorded drawn = training.train(run);
        run.covers(
                "loss contracts at " + (contractingSteps(drawn) == SmallTraining.STEPS ? "all steps" : "some steps"));
        Recorded slow = edge.fewActive().train();
        run.check("square root", 4.0, (divisor, lab) -> {
                    double[] z = IntStream.rangeClosed(0, 200)
                            .mapToDouble(j -> j / 100.0)
                            .toArray();
                    return Comparison.atMost(
                            Arrays.stream(z).map(x -> Math.sqrt(1 - x / 2)).toArray(),
                            Arrays.stream(z).map(x -> 1 - x / divisor).toArray(),
                            0x1p-51,
                            "4 u");
                })
                .falsifiedBy("1 - z/3", 3.0)
                .falsifiedBy("1 - z/3.9", 3.9);
        run.check("drawn runs", new Decay(4, 1), (decay, lab) -> decays(decay, drawn))
                .falsifiedBy("(1 - eta lambda_0)^2k", new Decay(1, 2));
        run.check("few active neurons", new Decay(4, 1), (decay, lab) -> decays(decay, slow))
                .falsifiedBy("lambda_0/3.5", new Decay(3.5, 1))
                .falsifiedBy("power 3k/2", new Decay(4, 1.5));
    }

    /** {@code (1 - eta lambda_0 / divisor)^(power k)}. */
    private record Decay(double divisor, double power) {}

    private static Decision decays(Decay decay, Recorded run) {
        int steps = contractingSteps(run);
        double start = LinearAlgebra.norm(run.initial().residual);
        double factor = Math.pow(1 - run.eta() * lambda(run) / decay.divisor, decay.power);
        double[] observed = new double[steps + 1];
        double[] bounds = new double[steps + 1];
        for (int k = 0; k <= steps; k++) {
            observed[k] = LinearAlgebra.norm(run.states().get(k).residual);
            bounds[k] = Math.pow(factor, k) * start;
        }
        double tolerance = 4 * (SmallTraining.STEPS + 1) * (run.n() + 4) * 0x1p-53 * start;
        return Comparison.atMost(observed, bounds, tolerance, "4 (K + 1) (n + 4) u |y - u(0)|");
    }

    /** The number of steps before the first at which the loss does not contract. */
    private static int contractingSteps(Recorded run) {
        double factor = 1 - run.eta() * lambda(run) / 2;
        int k = 0;
        while (k < SmallTraining.STEPS && squaredResidual(run, k + 1) <= factor * squaredResidual(run, k)) {
            k++;
        }
        return k;
    }

    private static double squaredResidual(Recorded run, int k) {
        double[] residual = run.states().get(k).residual;
        return LinearAlgebra.dot(residual, residual);
    }

    /** {@code lambda_0}; 0 where rounding makes it negative. */
    private static double lambda(Recorded run) {
        return Math.max(0, run.eigen().smallest());
    }

    /** A geometric series, {@code z = eta lambda_0}. */
    record Series(int n, int m, double lambda, double z) {
        double eta() {
            return z / lambda;
        }

        /** {@code sum_t (1 - z/4)^t}. */
        double sum() {
            double logarithm = Math.log1p(-z / 4);
            double sum = 1;
            for (double terms = 1; -terms * logarithm < 40; terms *= 2) {
                sum *= 1 + Math.exp(terms * logarithm);
            }
            return sum;
        }
    }

    @Provide
    Arbitrary<Series> series() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 1000),
                        Arbitraries.integers().between(1, 100_000),
                        Arbitraries.of(1e-9, 1e-3, 0.1, 0.5),
                        Arbitraries.of(1e-12, 1e-6, 1e-3, 0.1, 1.0, 3.9, 4.0))
                .as(Series::new);
    }

    /** {@code constant n^power / (sqrt(m) lambda_0)}, and how many terms are left out. */
    private record Sum(double constant, double power, int leftOut) {}

    @Claim(
            id = "A19.lemC1-sum",
            statement =
                    "\\frac{\\eta\\sqrt n}{\\sqrt m} \\sum_{t=0}^{\\infty} \\Bigl(1 - \\frac{\\eta\\lambda_0}{4}\\Bigr)^t"
                            + " = \\frac{4\\sqrt n}{\\sqrt m\\, \\lambda_0}",
            hypotheses = "$0 < \\eta\\lambda_0 \\le 4$")
    void boundsOfTheStepsHaveAGeometricSum(@ForAll("series") Series series, ClaimRun run) {
        run.covers("eta lambda_0 = " + series.z);
        run.check("sum", new Sum(4, 0.5, 0), (sum, lab) -> {
                    double claimed =
                            sum.constant * Math.pow(series.n, sum.power) / (Math.sqrt(series.m) * series.lambda);
                    double actual =
                            series.eta() * Math.sqrt(series.n) / Math.sqrt(series.m) * (series.sum() - sum.leftOut);
                    return Comparison.equal(actual, claimed, 256 * 0x1p-53 * claimed, "(4 * 48 doublings + 64) u");
                })
                .falsifiedBy("2 for 4", new Sum(2, 0.5, 0))
                .falsifiedBy("3.9 for 4", new Sum(3.9, 0.5, 0))
                .falsifiedBy("n for sqrt(n)", new Sum(4, 1, 0))
                .falsifiedBy("without the first term", new Sum(4, 0.5, 1));
    }
}
