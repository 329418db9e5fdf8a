package arora2019;

import static arora2019.PerturbedSequence.ROUNDING;
import static arora2019.PerturbedSequence.distance;
import static arora2019.PerturbedSequence.plus;

import instances.PointSets;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.Comparison;

/**
 * Gradient descent is the linear sequence of {@code H^inf} with a perturbation at each step, and the perturbations add up boundedly.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Theorem 4.1, (25)-(28).
 *
 * <h2>Statement</h2>
 *
 * With {@code H = H^inf}, {@code zeta(k) = u(k+1) - u(k) + eta H (u(k) - y)}, and {@code eps(k)} the part of neurons that change their
 * indicators in step k:
 *
 * <pre>{@code
 * zeta(k)  = eta (H - H(k)) (u(k) - y) + eps(k)
 * |zeta(k)| <= eta |H - H(k)|_2 |u(k) - y| + |eps(k)|,   |H - H(k)|_2 <= |H(0) - H(k)|_F + |H(0) - H|_2
 * u(k) - y = (I - eta H)^k (u(0) - y) + sum_{t<k} (I - eta H)^t zeta(k-1-t)
 * eta <= 1/lambda_max:
 *   | |y - u(k)| - |(I - eta H)^k y| | <= (1 - eta lambda_0)^k |u(0)| + sum_{t<k} (1 - eta lambda_0)^t |zeta(k-1-t)|
 * }</pre>
 *
 * Nothing here divides by {@code lambda_0}: a singular H is allowed.
 *
 * <h2>Instances</h2>
 *
 * {@link SmallTraining}: 25 steps of networks with up to 512 neurons on up to 8 points, {@code eta lambda_max} 0.2 or 0.8; for the
 * recursion up to 2.2, where the linear sequence diverges. Every second one is on a single point, where triangle inequalities are often
 * equalities.
 *
 * <h2>How it is checked</h2>
 *
 * {@code zeta} and the recursion from the weights: {@code eps(k)} is summed over the neurons that change their indicators, {@code H(k)} is
 * the network's Gram matrix, and the differences of u are those of the trained network. {@link PerturbedSequence} derives the tolerance.
 *
 * <h2>Falsifiers</h2>
 *
 * Terms left out or a tenth smaller; {@code zeta} in the wrong order; {@code H(0)} for {@code H(k)}.
 */
class PerturbedDynamicsClaims {
    @Provide
    Arbitrary<SmallTraining> trainings() {
        return SmallTraining.anyOrSinglePoint();
    }

    @Provide
    Arbitrary<SmallTraining> anySteps() {
        return SmallTraining.of(PointSets.any(8, 6), 0.2, 0.8, 1.7, 2.2);
    }

    private static PerturbedSequence sequence(SmallTraining training, ClaimRun run) {
        training.cover(run);
        PerturbedSequence sequence = new PerturbedSequence(training.train());
        sequence.cover(run);
        return sequence;
    }

    /** One vector after the other, of all steps below {@code steps}. */
    private static double[] vectors(int steps, IntFunction<double[]> vector) {
        return IntStream.range(0, steps)
                .boxed()
                .flatMapToDouble(k -> DoubleStream.of(vector.apply(k)))
                .toArray();
    }

    private static double[] numbers(int steps, IntToDoubleFunction number) {
        return IntStream.range(0, steps).mapToDouble(number).toArray();
    }

    private static double norm(double[] v) {
        return LinearAlgebra.norm(v);
    }

    /** What is in zeta: how much of eps, and whether H(k) or H(0). */
    private record Zeta(double flips, boolean current) {
        DMatrixRMaj gram(PerturbedSequence sequence, int k) {
            return sequence.run.states().get(current ? k : 0).gram();
        }
    }

    /** Factors of {@code |H(0) - H(k)|_F} and {@code |H(0) - H|_2}. */
    private record Triangle(double moved, double initial) {}

    @Claim(
            id = "A19.eq26",
            statement = "\\zeta(k) = \\eta (H^\\infty - H(k)) (u(k) - y) + \\epsilon(k), \\quad"
                    + " \\|\\zeta(k)\\|_2 \\le \\eta \\|H^\\infty - H(k)\\|_2 \\|u(k) - y\\|_2 + \\|\\epsilon(k)\\|_2, \\quad"
                    + " \\|H^\\infty - H(k)\\|_2 \\le \\|H(0) - H(k)\\|_F + \\|H(0) - H^\\infty\\|_2",
            hypotheses =
                    "$\\zeta(k) = u(k{+}1) - u(k) + \\eta H^\\infty (u(k) - y)$, $\\epsilon_i(k) = m^{-1/2} \\sum_r a_r"
                            + " |w_r(k{+}1)^\\top x_i|$ over the neurons whose indicator at $x_i$ changes",
            instances = 400)
    void perturbationIsDriftOfTheGramMatrixAndFlips(@ForAll("trainings") SmallTraining training, ClaimRun run) {
        PerturbedSequence sequence = sequence(training, run);
        int steps = SmallTraining.STEPS;
        double tolerance = sequence.rounding(1);
        double[] zeta = vectors(steps, k -> zeta(sequence, k));
        run.check(
                        "zeta",
                        new Zeta(1, true),
                        (form, lab) -> Comparison.equal(
                                zeta,
                                vectors(
                                        steps,
                                        k -> plus(
                                                sequence.drift(k, form.gram(sequence, k)),
                                                form.flips,
                                                sequence.epsilon(k))),
                                tolerance,
                                ROUNDING + ", k = 1"))
                .falsifiedBy("no eps", new Zeta(0, true))
                .falsifiedBy("H(0) for H(k)", new Zeta(1, false));
        run.check(
                        "norm",
                        new Zeta(1, true),
                        (form, lab) -> Comparison.atMost(
                                numbers(steps, k -> norm(zeta(sequence, k))),
                                numbers(
                                        steps,
                                        k -> sequence.run.eta()
                                                        * distance(sequence.gram, form.gram(sequence, k))
                                                        * norm(sequence.residual(k))
                                                + form.flips * norm(sequence.epsilon(k))),
                                tolerance,
                                ROUNDING + ", k = 1"))
                .falsifiedBy("no eps", new Zeta(0, true))
                .falsifiedBy("half of eps", new Zeta(0.5, true))
                .falsifiedBy("H(0) for H(k)", new Zeta(1, false));
        DMatrixRMaj initial = sequence.run.initial().gram();
        run.check(
                        "Gram matrices",
                        new Triangle(1, 1),
                        (form, lab) -> Comparison.atMost(
                                numbers(steps, k -> distance(sequence.gram, gram(sequence, k))),
                                numbers(
                                        steps,
                                        k -> form.moved * frobenius(initial, gram(sequence, k))
                                                + form.initial * distance(initial, sequence.gram)),
                                32
                                        * training.set().n()
                                        * 0x1p-53
                                        * training.set().n(),
                                "32 n^2 u: entries up to 1, and their eigenvalues"))
                .falsifiedBy("0.9 |H(0) - H(k)|", new Triangle(0.9, 1))
                .falsifiedBy("0.9 |H(0) - H|", new Triangle(1, 0.9));
    }

    /** By its definition, from the predictions of the trained network. */
    private static double[] zeta(PerturbedSequence sequence, int k) {
        double[] change = plus(sequence.residual(k), -1, sequence.residual(k + 1));
        double[] step = LinearAlgebra.product(sequence.gram, sequence.residual(k));
        return plus(change, -sequence.run.eta(), step);
    }

    private static DMatrixRMaj gram(PerturbedSequence sequence, int k) {
        return sequence.run.states().get(k).gram();
    }

    private static double frobenius(DMatrixRMaj a, DMatrixRMaj b) {
        return norm(CommonOps_DDRM.subtract(a, b, null).data);
    }

    /** Which zeta goes with {@code (I - eta H)^t}, and the part of u(0). */
    private record Unrolled(boolean backwards, double start) {
        /** {@code y - u(k)}. */
        double[] residual(PerturbedSequence sequence, int k) {
            double[] sum = sequence.power(k, plus(sequence.run.y(), -start, sequence.start()));
            for (int t = 0; t < k; t++) {
                sum = plus(sum, -1, sequence.power(t, sequence.zeta(backwards ? k - 1 - t : t)));
            }
            return sum;
        }
    }

    @Claim(
            id = "A19.eq27",
            statement = "u(k) - y = (I - \\eta H^\\infty)^k (u(0) - y) + \\sum_{t=0}^{k-1} (I - \\eta H^\\infty)^t"
                    + " \\zeta(k-1-t)",
            hypotheses = "any $\\eta > 0$; $H^\\infty$ may be singular")
    void residualIsTheUnrolledRecursion(@ForAll("anySteps") SmallTraining training, ClaimRun run) {
        PerturbedSequence sequence = sequence(training, run);
        run.covers("eta lambda_max = " + training.step());
        int steps = SmallTraining.STEPS + 1;
        double[] residuals = vectors(steps, sequence::residual);
        run.check(
                        "residuals",
                        new Unrolled(true, 1),
                        (form, lab) -> Comparison.equal(
                                residuals,
                                vectors(steps, k -> form.residual(sequence, k)),
                                sequence.rounding(SmallTraining.STEPS),
                                ROUNDING + ", k = 25"))
                .falsifiedBy("zeta(t) for zeta(k-1-t)", new Unrolled(false, 1))
                .falsifiedBy("0.9 u(0)", new Unrolled(true, 0.9));
    }

    /** Factors of {@code |u(0)|} and of the sum. */
    private record Chain(double start, double sum) {
        double at(PerturbedSequence sequence, int k) {
            double c = sequence.contraction();
            double bound = start * Math.pow(c, k) * norm(sequence.start());
            for (int t = 0; t < k; t++) {
                bound += sum * Math.pow(c, t) * norm(sequence.zeta(k - 1 - t));
            }
            return bound;
        }
    }

    @Claim(
            id = "A19.thm4.1-bound",
            statement =
                    "\\bigl|\\|y - u(k)\\|_2 - \\|(I - \\eta H^\\infty)^k y\\|_2\\bigr| \\le (1 - \\eta\\lambda_0)^k"
                            + " \\|u(0)\\|_2 + \\sum_{t=0}^{k-1} (1 - \\eta\\lambda_0)^t \\|\\zeta(k-1-t)\\|_2",
            hypotheses = "$\\eta \\le 1/\\lambda_{\\max}(H^\\infty)$; $\\lambda_0 = 0$ is allowed")
    void lossIsPredictedUpToStartAndPerturbations(@ForAll("trainings") SmallTraining training, ClaimRun run) {
        PerturbedSequence sequence = sequence(training, run);
        int steps = SmallTraining.STEPS + 1;
        double tolerance = sequence.rounding(SmallTraining.STEPS);
        double[] error = numbers( // errors below the tolerance count as equal
                steps,
                k -> Math.max(
                        tolerance, Math.abs(norm(sequence.residual(k)) - norm(sequence.power(k, sequence.run.y())))));
        run.check(
                        "error of the prediction",
                        new Chain(1, 1),
                        (form, lab) -> Comparison.atMost(
                                error,
                                numbers(steps, k -> Math.max(tolerance, form.at(sequence, k))),
                                tolerance,
                                ROUNDING + ", k = 25"))
                .falsifiedBy("0.9 |u(0)|", new Chain(0.9, 1))
                .falsifiedBy("0.9 of the sum", new Chain(1, 0.9))
                .falsifiedBy("no sum", new Chain(1, 0));
    }
}
