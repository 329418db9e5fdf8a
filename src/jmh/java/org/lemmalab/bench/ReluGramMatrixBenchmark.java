package org.lemmalab.bench;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.data.Digits;
import org.lemmalab.data.TwoClassSample;
import org.lemmalab.kernel.ReluGramMatrix;
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

/** The matrix {@code H^inf} of 2,000 packaged digits (A19 (3)). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReluGramMatrixBenchmark {

    @Param({"1", "2"})
    public int threads = 1;

    private final DMatrixRMaj points = TwoClassSample.balanced(
                    Digits.load(), 0, 1, 1000, RandomStream.of(1, "relu gram matrix"))
            .points();

    @Benchmark
    public DMatrixRMaj gramMatrix() {
        return ReluGramMatrix.of(points, threads);
    }
}
