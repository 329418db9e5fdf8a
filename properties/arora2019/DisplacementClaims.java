package arora2019;

import static arora2019.PerturbedSequence.ROUNDING;
import static arora2019.PerturbedSequence.plus;

import instances.PointSets;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.GradientDescent;
import org.lemmalab.trainer.SampleSpaceGradientDescent;

/**
 * The displacement of the weights is what frozen features would do, plus what their movement and the errors {@code e(k)} add.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma 5.3 (appendix D.1), (34)-(36).
 *
 * <h2>Statement</h2>
 *
 * With {@code H = H^inf} and {@code e(k) = u(k) - y + (I - eta H)^k y}, sums over {@code k < K}:
 *
 * <pre>{@code
 * vec W(K) - vec W(0) = sum eta Z(0) (I - eta H)^k y + sum eta (Z(k) - Z(0)) (I - eta H)^k y - sum eta Z(k) e(k)
 * eta <= 1/lambda_max:   |second sum| <= |y| sum eta (1 - eta lambda_0)^k |Z(k) - Z(0)|_F <= tau |y| max_k |Z(k) - Z(0)|_F,
 *                        tau = sum eta (1 - eta lambda_0)^k <= min(1/lambda_0, eta K)
 * |third sum| <= eta sqrt(n) sum |e(k)|
 * sum (1-a)^k <= 1/a,   sum k (1-a/4)^{k-1} <= 16/a^2,   0 < a <= 1
 * }</pre>
 *
 * The paper has {@code 1/lambda_0} for tau. A singular H has only {@code tau = eta K}. With {@code a = eta lambda_0} and (33) the last
 * two lines give (36): up to a constant,
 * {@code n kappa/(lambda_0 delta) + 16 n^4/(sqrt(m) lambda_0^3 kappa delta^2)}.
 *
 * <h2>Instances</h2>
 *
 * {@link SmallTraining}: K = 25 steps of networks with up to 512 neurons on up to 8 points; for (35) and (36)
 * every second one on a single point.
 *
 * <h2>How it is checked</h2>
 *
 * The displacement is that of the recorded weights; {@link PerturbedSequence} derives its rounding. Both trainers' own
 * {@code movement()} is squared and compared with the squared displacement of their weights at each step: in sample space
 * {@code W(k) = W(0) + C X}, so that squares err by {@code (n + m + d) u} of {@code (n |C|_F + |W|_F)^2}, roots by more.
 *
 * <h2>Falsifiers</h2>
 *
 * The third sum added, or with {@code Z(0)}; other distances for the Frobenius norm; constants from 2% to a half smaller.
 */
class DisplacementClaims {
    private static final int STEPS = SmallTraining.STEPS;

    @Provide
    Arbitrary<SmallTraining> trainings() {
        return SmallTraining.anyOrSinglePoint();
    }

    @Provide
    Arbitrary<SmallTraining> anySteps() {
        return SmallTraining.of(PointSets.any(8, 6), 0.2, 0.8, 1.7);
    }

    private static PerturbedSequence sequence(SmallTraining training, ClaimRun run) {
        training.cover(run);
        PerturbedSequence sequence = new PerturbedSequence(training.train());
        sequence.cover(run);
        return sequence;
    }

    /** The sign before the third sum, and whether it has the current features. */
    private record Third(double sign, boolean current) {}

    /** A squared distance of W from W(0). */
    private interface Distance {
        double squared(DMatrixRMaj from, DMatrixRMaj to);
    }

    private static double frobenius(DMatrixRMaj from, DMatrixRMaj to) {
        double[] difference = plus(to.data, -1, from.data);
        return LinearAlgebra.dot(difference, difference);
    }

    private static double farthestNeuron(DMatrixRMaj from, DMatrixRMaj to) {
        double[] difference = plus(to.data, -1, from.data);
        return IntStream.range(0, from.numRows)
                .mapToDouble(r ->
                        LinearAlgebra.dot(difference, r * from.numCols, difference, r * from.numCols, from.numCols))
                .max()
                .orElseThrow();
    }

    private static double differenceOfNorms(DMatrixRMaj from, DMatrixRMaj to) {
        return Math.pow(LinearAlgebra.norm(to.data) - LinearAlgebra.norm(from.data), 2);
    }

    @Claim(
            id = "A19.eq34",
            statement = "\\mathrm{vec}(W(K)) - \\mathrm{vec}(W(0)) = \\sum_{k<K} \\eta Z(0) (I - \\eta H^\\infty)^k y"
                    + " + \\sum_{k<K} \\eta (Z(k) - Z(0)) (I - \\eta H^\\infty)^k y - \\sum_{k<K} \\eta Z(k) e(k)",
            hypotheses = "any $\\eta > 0$; $e(k) = u(k) - y + (I - \\eta H^\\infty)^k y$")
    void displacementIsASumOfThree(@ForAll("anySteps") SmallTraining training, ClaimRun run) {
        PerturbedSequence sequence = sequence(training, run);
        DisplacementTerms terms = new DisplacementTerms(sequence);
        run.check("displacement", new Third(-1, true), (form, lab) -> {
                    double[] frozen = plus(terms.frozen(), 1, terms.moving());
                    double[] sum = plus(frozen, form.sign, terms.deviating(form.current));
                    return Comparison.equal(terms.displacement(), sum, sequence.rounding(STEPS), ROUNDING + ", k = 25");
                })
                .falsifiedBy("+ Z(k) e(k)", new Third(1, true))
                .falsifiedBy("Z(0) e(k)", new Third(-1, false));
        NormalizedNetwork initial = sequence.run.initial().network;
        run.check("the trainers' movement", DisplacementClaims::frobenius, (Distance distance, Lab lab) -> {
                    GradientDescent plain = training.start().inWeightSpace();
                    SampleSpaceGradientDescent sampled = training.start().inSampleSpace();
                    double[] observed = new double[2 * STEPS];
                    double[] expected = new double[2 * STEPS];
                    double size = 0;
                    for (int k = 0; k < 2 * STEPS; k += 2) {
                        plain.step();
                        sampled.step();
                        observed[k] = Math.pow(plain.movement(), 2);
                        observed[k + 1] = Math.pow(sampled.movement(), 2);
                        expected[k] = distance.squared(
                                initial.weights(), plain.network().weights());
                        expected[k + 1] = distance.squared(
                                initial.weights(), sampled.network().weights());
                        size = Math.max(size, size(sampled) + size(plain.network()));
                    }
                    int operations =
                            training.m() + training.set().n() + training.set().d() + 8;
                    return Comparison.equal(
                            observed,
                            expected,
                            8 * operations * 0x1p-53 * size * size,
                            "8 (n + m + d + 8) u (n |C|_F + |W|_F)^2");
                })
                .falsifiedBy("of the farthest neuron", DisplacementClaims::farthestNeuron)
                .falsifiedBy("difference of the norms", DisplacementClaims::differenceOfNorms);
    }

    private static double size(SampleSpaceGradientDescent trainer) {
        return trainer.predictions().length * LinearAlgebra.norm(trainer.coefficients().data) + size(trainer.network());
    }

    private static double size(NormalizedNetwork network) {
        return LinearAlgebra.norm(network.weights().data);
    }

    @Claim(
            id = "A19.eq35",
            statement = "\\Bigl\\|\\sum_{k<K} \\eta (Z(k) - Z(0)) (I - \\eta H^\\infty)^k y\\Bigr\\|_2 \\le"
                    + " \\|y\\|_2 \\sum_{k<K} \\eta (1 - \\eta\\lambda_0)^k \\|Z(k) - Z(0)\\|_F \\le"
                    + " \\frac{\\max_k \\|Z(k) - Z(0)\\|_F\\, \\|y\\|_2}{\\lambda_0}",
            hypotheses =
                    "$\\eta \\le 1/\\lambda_{\\max}(H^\\infty)$; for $\\lambda_0 = 0$ with $\\eta K$ in place of $1/\\lambda_0$",
            instances = 600)
    void movingFeaturesAddLittle(@ForAll("trainings") SmallTraining training, ClaimRun run) {
        PerturbedSequence sequence = sequence(training, run);
        DisplacementTerms terms = new DisplacementTerms(sequence);
        double[] movements = terms.featureMovements();
        double movement = terms.featureMovement();
        run.covers(movement > 0 ? "features move" : "features stay");
        double second = LinearAlgebra.norm(terms.moving());
        double labels = LinearAlgebra.norm(sequence.run.y());
        double least = sequence.leastEigenvalue();
        double sum = labels * terms.accumulated(least, k -> movements[k]);
        String derivation = ROUNDING + ", k = 25";
        run.check(
                        "second sum",
                        1.0,
                        (factor, lab) -> Comparison.atMost(second, factor * sum, sequence.rounding(STEPS), derivation))
                .falsifiedBy("two thirds", 2.0 / 3);
        double rates = terms.accumulated(least);
        run.check(
                        "maximum over lambda_0",
                        1.0,
                        (limit, lab) -> Comparison.atMost(
                                new double[] {sum, rates * Math.max(least, 1 / (sequence.run.eta() * STEPS))},
                                new double[] {labels * movement * rates, limit},
                                sequence.rounding(STEPS),
                                derivation))
                .falsifiedBy("0.9/lambda_0", 0.9);
    }

    @Provide
    Arbitrary<Double> rates() {
        return Arbitraries.oneOf(
                Arbitraries.of(1.0, 0.05),
                Arbitraries.doubles().between(0.05, 1).ofScale(6));
    }

    /** Constants of the two sums. */
    private record Sums(double geometric, double weighted) {}

    @Claim(
            id = "A19.eq36",
            statement =
                    "\\Bigl\\|\\sum_{k<K} \\eta Z(k) e(k)\\Bigr\\|_2 \\le \\eta \\sqrt n \\sum_{k<K} \\|e(k)\\|_2, \\quad"
                            + " \\sum_{k \\ge 0} (1-a)^k \\le \\frac1a, \\quad \\sum_{k \\ge 0} k \\bigl(1 - \\tfrac a4\\bigr)^{k-1} \\le"
                            + " \\frac{16}{a^2}",
            hypotheses =
                    "$e(k) = u(k) - y + (I - \\eta H^\\infty)^k y$; $0 < a \\le 1$, in the proof $a = \\eta\\lambda_0$")
    void errorsMoveTheWeightsLittle(
            @ForAll("trainings") SmallTraining training, @ForAll("rates") double a, ClaimRun run) {
        PerturbedSequence sequence = sequence(training, run);
        DisplacementTerms terms = new DisplacementTerms(sequence);
        run.covers(a == 1 ? "a = 1" : "a < 1");
        double third = LinearAlgebra.norm(terms.deviating(true));
        double errors = terms.deviations();
        run.check(
                        "third sum",
                        Math.sqrt(training.set().n()),
                        (root, lab) -> Comparison.atMost(
                                third, root * errors, sequence.rounding(STEPS), ROUNDING + ", k = 25"))
                .falsifiedBy("half of sqrt(n)", Math.sqrt(training.set().n()) / 2);
        int count = (int) Math.ceil(200 / a);
        double[] sums = sums(a, count);
        run.check(
                        "sums",
                        new Sums(1, 16),
                        (form, lab) -> Comparison.atMost(
                                DoubleStream.of(a * sums[0] / form.geometric, a * a * sums[1] / form.weighted)
                                        .toArray(),
                                1,
                                4 * count * 0x1p-53,
                                "4 k u: products of up to k = 200/a factors, sums of as many terms"))
                .falsifiedBy("0.98/a", new Sums(0.98, 16))
                .falsifiedBy("15.7/a^2", new Sums(1, 15.7));
    }

    private static double[] sums(double a, int count) {
        double[] sums = new double[2];
        double power = 1;
        double slower = 1;
        for (int k = 0; k < count; k++) {
            sums[0] += power;
            sums[1] += (k + 1) * slower;
            power *= 1 - a;
            slower *= 1 - a / 4;
        }
        return sums;
    }
}
