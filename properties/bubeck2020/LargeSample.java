package bubeck2020;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.memorizer.Memorization;
import org.lemmalab.memorizer.SlabMemorizer;
import org.lemmalab.memorizer.StaircaseMemorizer;
import org.lemmalab.memorizer.ThresholdMemorizer;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;

/**
 * 2,000 points of the sphere in 50 dimensions (500 in the quick profile) with random signs, memorized once per run.
 *
 * @param memorizer the construction
 * @param n number of points
 * @param seed the run's master seed
 */
record LargeSample(Memorizer memorizer, int n, long seed) {
    private static final Map<String, Memorization> DONE = new ConcurrentHashMap<>();

    /** The constructions. */
    enum Memorizer {
        THRESHOLD,
        SLAB,
        STAIRCASE
    }

    static LargeSample of(Memorizer memorizer, ClaimRun run) {
        return new LargeSample(
                memorizer,
                run.size("points on the 50-dimensional sphere", 300, 2000, 2000),
                run.settings().seed());
    }

    /** How well the network does, with its last neuron or without. */
    Memorization result(boolean whole) {
        return DONE.computeIfAbsent(this + " " + whole, key -> memorize(whole));
    }

    private Memorization memorize(boolean whole) {
        RandomStream stream = RandomStream.of(seed, "bubeck2020.LargeSample");
        DMatrixRMaj points = PointLaw.SPHERE.rows(n, 50, stream.part("points"));
        double[] signs = stream.part("labels").signs(n);
        double[] bits = Arrays.stream(signs).map(s -> (s + 1) / 2).toArray();
        TwoLayerNetwork f = switch (memorizer) {
            case THRESHOLD -> ThresholdMemorizer.memorize(points, bits, stream);
            case SLAB -> SlabMemorizer.memorize(points, signs, stream);
            case STAIRCASE -> StaircaseMemorizer.memorize(points, signs, stream);
        };
        return Memorization.of(
                whole ? f : withoutLastNeuron(f), points, memorizer == Memorizer.THRESHOLD ? bits : signs);
    }

    /** The network with the last output weight set to 0. */
    static TwoLayerNetwork withoutLastNeuron(TwoLayerNetwork f) {
        double[] outputs = f.outputs().clone();
        outputs[outputs.length - 1] = 0;
        return new TwoLayerNetwork(f.weights(), f.biases(), outputs, f.activation());
    }
}
