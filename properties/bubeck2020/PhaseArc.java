package bubeck2020;

import java.util.Arrays;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.ComplexNeuron;
import org.lemmalab.random.RandomStream;

/**
 * The part of the circle that phases are drawn from: the whole of it, as the memorizer does, or an arc, as it must not.
 *
 * @param middle of the arc, in turns
 * @param length of the arc, in turns
 */
record PhaseArc(double middle, double length) {
    static final PhaseArc CIRCLE = new PhaseArc(0.5, 1);

    /** The memorizer's angles, shrunk to the arc. */
    double[] angles(int degree, RandomStream stream) {
        return Arrays.stream(ComplexNeuron.angles(degree, stream))
                .map(angle -> 2 * Math.PI * middle + length * (angle - Math.PI))
                .toArray();
    }

    /** The complex neuron that the memorizer draws; on an arc what it would draw with the angles of that. */
    ComplexNeuron draw(HarmonicSample sample, RandomStream stream) {
        if (equals(CIRCLE)) {
            return ComplexNeuron.draw(sample.points(), sample.y(), sample.m(), sample.scale(), stream);
        }
        double[] w = stream.gaussians(sample.d());
        double[] v = sample.velocity(w);
        double[] scores = LinearAlgebra.product(sample.points(), w);
        double[] steps = LinearAlgebra.product(sample.points(), v);
        double best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (double angle : angles(sample.m(), stream)) {
            double correlation = sample.correlation(scores, steps, angle);
            if (correlation > highest) {
                best = angle;
                highest = correlation;
            }
        }
        return ComplexNeuron.turned(sample.m(), w, v, best);
    }
}
