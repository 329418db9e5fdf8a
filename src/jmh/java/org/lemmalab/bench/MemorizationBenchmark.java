package org.lemmalab.bench;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.AbsoluteValue;
import org.lemmalab.memorizer.SlabMemorizer;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.SingleStep;
import org.lemmalab.trainer.StepOutputs;
import org.lemmalab.trainer.StepRule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Networks that memorize: one gradient step on 1024 points of R^1024 with 1024 neurons |z|, and Baum's ReLU network of 2,000 points in R^50. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MemorizationBenchmark {
    private static final RandomStream STREAM = RandomStream.of(1, "memorization");
    private static final int D = 1024;

    private final DMatrixRMaj gaussians = PointLaw.GAUSSIAN.rows(D, D, STREAM.part("gaussians"));
    private final double[] signs = STREAM.part("signs").signs(D);
    private final TwoLayerNetwork initial =
            new TwoLayerNetwork(CommonOps_DDRM.identity(D), new double[D], outputs(), AbsoluteValue.INSTANCE);
    private final DMatrixRMaj points = PointLaw.GAUSSIAN.rows(2000, 50, STREAM.part("points"));
    private final double[] labels = STREAM.part("labels").signs(2000);

    private static double[] outputs() {
        double[] a = STREAM.part("outputs").signs(D);
        for (int j = 0; j < D; j++) {
            a[j] /= Math.sqrt(D);
        }
        return a;
    }

    /** The outputs before the step, after it, and after the step of all others, at every point. */
    @Benchmark
    public StepOutputs singleStep() {
        return new SingleStep(initial, gaussians, signs, StepRule.of(D, D)).outputs();
    }

    @Benchmark
    public TwoLayerNetwork slabs() {
        return SlabMemorizer.memorize(points, labels);
    }
}
