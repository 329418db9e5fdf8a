package daniely2020;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.JumpRatio;
import org.lemmalab.trainer.ProbedStep;
import org.lemmalab.trainer.SingleStep;
import org.lemmalab.trainer.StepRule;

/**
 * The setting of D20: q orthonormal neurons in dimension d, m Gaussian points with fair labels, one step.
 *
 * @param activation s
 * @param d dimension
 * @param q neurons, from 1 to d
 * @param m examples
 * @param signSum {@code sum_j a_j}, from -q to q and of q's parity
 */
record StepSetting(Activation activation, int d, int q, int m, int signSum) {
    /** Signs that cancel, but for one when q is odd. */
    StepSetting(Activation activation, int d, int q, int m) {
        this(activation, d, q, m, q % 2);
    }

    StepSetting {
        if (q < 1 || q > d || m < 1 || Math.abs(signSum) > q || (q - signSum) % 2 != 0) {
            throw new IllegalArgumentException(
                    "no setting d = " + d + ", q = " + q + ", m = " + m + ", sum = " + signSum);
        }
    }

    /** The square setting with the theorem's number of examples, {@code m = d^2/ln^4 d}. */
    static StepSetting square(Activation activation, int d) {
        return new StepSetting(activation, d, d, (int) Math.floor(d * (double) d / Math.pow(Math.log(d), 4)));
    }

    /** The signs a: first those that are +1. */
    double[] signs() {
        double[] a = new double[q];
        for (int j = 0; j < q; j++) {
            a[j] = j < (q + signSum) / 2 ? 1 : -1;
        }
        return a;
    }

    /** The outputs {@code a/sqrt q}. */
    double[] outputs() {
        double[] outputs = signs();
        for (int j = 0; j < q; j++) {
            outputs[j] /= Math.sqrt(q);
        }
        return outputs;
    }

    /** The network at {@code W = [I 0]}. */
    TwoLayerNetwork network() {
        DMatrixRMaj w = new DMatrixRMaj(q, d);
        for (int j = 0; j < q; j++) {
            w.set(j, j, 1);
        }
        return network(w);
    }

    /** The network at uniformly random orthonormal rows. */
    TwoLayerNetwork rotatedNetwork(RandomStream stream) {
        return network(OrthonormalRows.draw(q, d, stream));
    }

    /** The network at given weights. */
    TwoLayerNetwork network(DMatrixRMaj weights) {
        return new TwoLayerNetwork(weights, outputs(), activation);
    }

    /** m points N(0, I_d). */
    DMatrixRMaj points(RandomStream stream) {
        return PointLaw.GAUSSIAN.rows(m, d, stream);
    }

    /** The theorem's step. */
    StepRule rule() {
        return StepRule.of(d, m);
    }

    /** The step on a sample of this stream, from {@code W = [I 0]}. */
    SingleStep step(RandomStream stream) {
        return step(rule(), stream);
    }

    /** The same by another rule. */
    SingleStep step(StepRule rule, RandomStream stream) {
        return new SingleStep(
                network(), points(stream.part("points")), stream.part("labels").signs(m), rule);
    }

    /** The step on a sample of this stream, seen by the first k examples. */
    ProbedStep probed(int k, RandomStream stream) {
        return probed(k, rule(), stream);
    }

    /** The same by another rule. */
    ProbedStep probed(int k, StepRule rule, RandomStream stream) {
        return ProbedStep.gaussian(k, m, d, outputs(), activation, rule, stream);
    }

    /** {@code c = ln d/(d sqrt q)}: what one example's {@code y (a o s'(W x)) x^T} is multiplied by. */
    double exampleRate() {
        return Math.log(d) / (d * Math.sqrt(q));
    }

    /** {@code rho^2 = (m - 1) ln^2 d/(d q)}: over {@code E s'(G)^2} the variance of the shift {@code <eta g~_j, x_m>}, nearly. */
    double shiftVariance() {
        return (m - 1) * Math.pow(Math.log(d), 2) / (d * (double) q);
    }

    /** {@code t = ln d/sqrt q}: the size of the own example's shift. */
    double ownShift() {
        return Math.log(d) / Math.sqrt(q);
    }

    /** The example's own jump over {@code ln d}, nearly: {@link JumpRatio} at this setting (D20, Claim 13). */
    double jumpRatio() {
        return JumpRatio.of(
                activation, shiftVariance() * GaussianMoments.of(activation).squaredSlope(), ownShift());
    }
}
