package arora2019;

import static arora2019.PerturbedSequence.plus;

import arora2019.SmallTraining.State;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;

/**
 * The terms into which A19 (34) splits the displacement of a training after K steps, and what bounds them.
 *
 * <p>Sums are over {@code k < K = }{@link SmallTraining#STEPS}.
 */
final class DisplacementTerms {
    private final PerturbedSequence sequence;
    private final List<State> states;
    private final double eta;

    DisplacementTerms(PerturbedSequence sequence) {
        this.sequence = sequence;
        states = sequence.run.states();
        eta = sequence.run.eta();
    }

    /** {@code vec W(K) - vec W(0)}. */
    double[] displacement() {
        DMatrixRMaj last = states.get(SmallTraining.STEPS).network.weights();
        return plus(last.data, -1, states.get(0).network.weights().data);
    }

    /** {@code sum eta Z(0) (I - eta H)^k y}. */
    double[] frozen() {
        return sum(false, this::power);
    }

    /** {@code sum eta (Z(k) - Z(0)) (I - eta H)^k y}. */
    double[] moving() {
        return plus(sum(true, this::power), -1, frozen());
    }

    /** {@code sum eta Z(k) e(k)}; with {@code Z(0)} if not {@code current}. */
    double[] deviating(boolean current) {
        return sum(current, sequence::deviation);
    }

    private double[] power(int k) {
        return sequence.power(k, sequence.run.y());
    }

    private double[] sum(boolean current, IntFunction<double[]> vector) {
        double[] sum = new double[states.get(0).network.weights().getNumElements()];
        DMatrixRMaj initial = states.get(0).features();
        for (int k = 0; k < SmallTraining.STEPS; k++) {
            DMatrixRMaj features = current ? states.get(k).features() : initial;
            sum = plus(sum, eta, LinearAlgebra.product(features, vector.apply(k)));
        }
        return sum;
    }

    /** {@code |Z(k) - Z(0)|_F} for all k. */
    double[] featureMovements() {
        DMatrixRMaj initial = states.get(0).features();
        return IntStream.range(0, SmallTraining.STEPS)
                .mapToDouble(k -> LinearAlgebra.norm(plus(states.get(k).features().data, -1, initial.data)))
                .toArray();
    }

    /** {@code max |Z(k) - Z(0)|_F}. */
    double featureMovement() {
        return Arrays.stream(featureMovements()).max().orElseThrow();
    }

    /** {@code sum eta |e(k)|}. */
    double deviations() {
        double sum = 0;
        for (int k = 0; k < SmallTraining.STEPS; k++) {
            sum += eta * LinearAlgebra.norm(sequence.deviation(k));
        }
        return sum;
    }

    /** {@code sum eta (1 - eta lambda)^k}: {@code (1 - (1 - eta lambda)^K) / lambda}, and eta K for lambda = 0. */
    double accumulated(double lambda) {
        return accumulated(lambda, k -> 1);
    }

    /** {@code sum eta (1 - eta lambda)^k c_k}. */
    double accumulated(double lambda, IntToDoubleFunction c) {
        double sum = 0;
        for (int k = 0; k < SmallTraining.STEPS; k++) {
            sum += eta * Math.pow(1 - eta * lambda, k) * c.applyAsDouble(k);
        }
        return sum;
    }
}
