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
     * A network whose error is counted on the points it kept.
     *
     * @param network size and total weight
     * @param excess {@code (1/n) sum min((y - f)^2, 1) - eps - (n - |A|)/n} of its own outputs; Theorem 5 makes it at most 0
     */
    record Harmonic(Network network, double excess) {}

    /** Data set number {@code index} of a master seed. */
    record Data(long master, Source source, int n, long index) {
        DMatrixRMaj points() {
            return source.points(n, stream("points"));
        }

        double[] labels() {
            return stream("labels").signs(n);
        }

        private RandomStream stream(String part) {
            return RandomStream.of(master, "B20 networks")
                    .part(source + " " + n)
                    .trial(index)
                    .part(part);
        }

        /** The harmonic network of error eps on the points it keeps, one complex neuron a step, ridges chosen for small weight. */
        Harmonic harmonic(double eps) {
            return HARMONIC.computeIfAbsent(Map.entry(this, eps), key -> {
                DMatrixRMaj points = points();
                double[] y = labels();
                HarmonicMemorizer memorizer = new HarmonicMemorizer(
                                points, y, gamma(points), 1, Selection.PER_WEIGHT, stream("harmonic"))
                        .run(eps, 20 * n);
                int left = 0;
                for (boolean kept : memorizer.kept()) {
                    left += kept ? 0 : 1;
                }
                TwoLayerNetwork network = memorizer.network();
                return new Harmonic(Network.of(network), clipped(network.predict(points), y) - eps - left / (double) n);
            });
        }

        /** The tangent network of error 1/2. */
        Network tangent() {
            return TANGENT.computeIfAbsent(this, key -> {
                DMatrixRMaj points = points();
                double rate = TangentMemorizer.learningRate(points);
                return Network.of(new TangentMemorizer(points, labels(), Relu.INSTANCE, rate, stream("tangent"))
                        .run(0.5, 10_000)
                        .network());
            });
        }

        /** Baum's network of {@code 4 ceil(n/d)} neurons; the unbiased bases are not in general position. */
        Network slabs() {
            return SLABS.computeIfAbsent(
                    this, key -> Network.of(SlabMemorizer.memorize(points(), labels(), stream("slabs"))));
        }
    }

    private static final Map<Map.Entry<Data, Double>, Harmonic> HARMONIC = new ConcurrentHashMap<>();
    private static final Map<Data, Network> TANGENT = new ConcurrentHashMap<>();
    private static final Map<Data, Network> SLABS = new ConcurrentHashMap<>();

    private MemorizerRuns() {}

    /** Decides 'the quantity is bad on one of ten data sets at most' against one in two. */
    static Decision rarely(
            ClaimRun run, Lab lab, Source source, int n, ToDoubleFunction<Data> quantity, DoublePredicate bad) {
        return Proportion.atMost(0.1)
                .margin(0.5)
                .decide(index -> bad.test(quantity.applyAsDouble(data(run, source, n, index))) ? 1 : 0, lab.terms());
    }

    /** Data set number {@code index} of the run's master seed. */
    static Data data(ClaimRun run, Source source, int n, long index) {
        return new Data(run.settings().seed(), source, n, index);
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
