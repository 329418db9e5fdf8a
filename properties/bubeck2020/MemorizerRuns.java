package bubeck2020;

import instances.UnbiasedBases;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.memorizer.HarmonicMemorizer;
import org.lemmalab.memorizer.RidgeNeuron.Selection;
import org.lemmalab.memorizer.SlabMemorizer;
import org.lemmalab.memorizer.TangentMemorizer;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Proportion;

/**
 * Three networks on the same points with random labels: harmonic and tangent to error 1/2, slabs (Baum) exactly. Runs are made once for each master seed and
 * shared by the claims that look at them.
 */
final class MemorizerRuns {
    /** Where the points come from; the dimension is half their number. */
    enum Source {
        /** Two unbiased bases, n = 2 4^s. */
        UNBIASED_BASES,
        /** Independent points on the sphere. */
        SPHERE;

        DMatrixRMaj points(int n, RandomStream stream) {
            return this == SPHERE
                    ? PointLaw.SPHERE.rows(n, n / 2, stream)
                    : UnbiasedBases.pair(Integer.numberOfTrailingZeros(n / 2) / 2);
        }
    }

    /** Size and total weight of a network. */
    record Network(int size, double weight) {
        static Network of(TwoLayerNetwork network) {
            return new Network(network.width(), network.totalWeight());
        }
    }

    /**
     * One data set.
     *
     * @param n points
     * @param harmonic to error 1/2 on the points kept
     * @param finer the same continued to error 1/10
     * @param tangent to error 1/2
     * @param slabs 4 ceil(n/d) neurons; null on the unbiased bases, which are not in general position
     * @param excess {@code (1/n) sum min((y - f)^2, 1) - 1/2 - (n - |A|)/n} of the harmonic network's own outputs; Theorem 5 makes it at most 0
     * @param left the share of points that the harmonic network left
     */
    record Run(
            int n,
            Network harmonic,
            Network finer,
            Network tangent,
            @org.jspecify.annotations.Nullable Network slabs,
            double excess,
            double left) {}

    private record Key(long master, Source source, int n, int draws, long index) {}

    private static final Map<Key, Run> RUNS = new ConcurrentHashMap<>();

    private MemorizerRuns() {}

    /** Run number {@code index} with this many complex neurons tried in each step. */
    static Run at(ClaimRun run, Source source, int n, int draws, long index) {
        return RUNS.computeIfAbsent(new Key(run.settings().seed(), source, n, draws, index), MemorizerRuns::train);
    }

    /** Decides 'the quantity is bad in one of ten runs at most' against one in two. */
    static Decision rarely(
            ClaimRun run,
            Lab lab,
            Source source,
            int n,
            int draws,
            ToDoubleFunction<Run> quantity,
            DoublePredicate bad) {
        return Proportion.atMost(0.1)
                .margin(0.5)
                .decide(
                        index -> bad.test(quantity.applyAsDouble(at(run, source, n, draws, index))) ? 1 : 0,
                        lab.terms());
    }

    private static Run train(Key key) {
        RandomStream stream = RandomStream.of(key.master, "B20 networks")
                .part(key.source + " " + key.n + " " + key.draws)
                .trial(key.index);
        int n = key.n;
        DMatrixRMaj points = key.source.points(n, stream.part("points"));
        double[] y = stream.part("labels").signs(n);
        HarmonicMemorizer harmonic = new HarmonicMemorizer(
                points, y, gamma(points), key.draws, Selection.PER_WEIGHT, stream.part("harmonic"));
        TwoLayerNetwork coarse = harmonic.run(0.5, 20 * n).network();
        int kept = 0;
        for (boolean one : harmonic.kept()) {
            kept += one ? 1 : 0;
        }
        double left = 1 - kept / (double) n;
        TwoLayerNetwork tangent = new TangentMemorizer(
                        points, y, Relu.INSTANCE, TangentMemorizer.learningRate(points), stream.part("tangent"))
                .run(0.5, 10_000)
                .network();
        Network slabs = key.source == Source.SPHERE
                ? Network.of(SlabMemorizer.memorize(points, y, stream.part("slabs")))
                : null;
        return new Run(
                n,
                Network.of(coarse),
                Network.of(harmonic.run(0.1, 20 * n).network()),
                Network.of(tangent),
                slabs,
                clipped(coarse.predict(points), y) - 0.5 - left,
                left);
    }

    /** The coherence allowed: what the points have, and {@code 2/sqrt n} at least. */
    static double gamma(DMatrixRMaj points) {
        return Math.max(2 / Math.sqrt(points.numRows), HarmonicMemorizer.coherence(points));
    }

    private static double clipped(double[] f, double[] y) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += Math.min(1, Math.pow(f[i] - y[i], 2));
        }
        return sum / y.length;
    }
}
