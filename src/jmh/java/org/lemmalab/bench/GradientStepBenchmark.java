package org.lemmalab.bench;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.GradientDescent;
import org.lemmalab.trainer.SampleSpaceGradientDescent;
import org.lemmalab.trainer.Trainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One full-batch step of gradient descent at n = 400, d = 500, m = 4096, in double precision. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class GradientStepBenchmark {
    private static final RandomStream STREAM = RandomStream.of(1, "gradient step");
    private static final double ETA = 0.1;

    @Param({"sample-space-2", "sample-space-1", "weights-1"})
    public String trainer = "sample-space-2";

    private final DMatrixRMaj points = PointLaw.SPHERE.rows(400, 500, STREAM.part("points"));
    private final double[] y = STREAM.part("labels").signs(400);
    private final NormalizedNetwork initial = Initialization.gaussian(4096, 500, 1, STREAM.part("weights"));
    private final Trainer sampleSpaceOnTwoThreads = new SampleSpaceGradientDescent(initial, points, y, ETA, 2);
    private final Trainer sampleSpace = new SampleSpaceGradientDescent(initial, points, y, ETA, 1);
    private final Trainer weights = new GradientDescent(initial, points, y, ETA);

    @Benchmark
    public int step() {
        Trainer chosen = trainer.equals("weights-1")
                ? weights
                : trainer.equals("sample-space-1") ? sampleSpace : sampleSpaceOnTwoThreads;
        chosen.step();
        return chosen.steps();
    }
}
