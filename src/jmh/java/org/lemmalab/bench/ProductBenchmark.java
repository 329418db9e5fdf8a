package org.lemmalab.bench;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.Backend;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
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

/** One product of two 1024 x 1024 matrices on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ProductBenchmark {
    private static final int SIZE = 1024;

    @Param({"openblas", "ejml"})
    public String backend = "openblas";

    private final DMatrixRMaj a =
            PointLaw.GAUSSIAN.rows(SIZE, SIZE, RandomStream.of(1, "product").part("a"));
    private final DMatrixRMaj b =
            PointLaw.GAUSSIAN.rows(SIZE, SIZE, RandomStream.of(1, "product").part("b"));
    private final DMatrixRMaj c = new DMatrixRMaj(SIZE, SIZE);

    @Benchmark
    public DMatrixRMaj product() {
        Backend chosen = backend.equals("ejml") ? LinearAlgebra.ejml() : LinearAlgebra.openBlas();
        chosen.multiply(false, false, 1, a, b, 0, c);
        return c;
    }
}
