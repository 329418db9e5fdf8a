package org.lemmalab.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs trials on several threads and hands their values on in the order of their indices.
 *
 * <p>Trials are drawn in batches (8, growing by a quarter); the receiver may stop inside a batch. What it receives does not depend
 * on the number of threads. The calling thread takes part, the others are daemons that end when idle.
 */
public final class TrialPool {
    private static final int FIRST_BATCH = 8;
    private static final int LARGEST_BATCH = 1 << 16;

    private final int threads;
    private final ExecutorService helpers;
    private volatile long drawn;

    private TrialPool(int threads) {
        this.threads = threads;
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                Math.max(1, threads - 1),
                Math.max(1, threads - 1),
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "trials-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        helpers = pool;
    }

    /** A pool of {@code threads >= 1} threads, the caller's among them. */
    public static TrialPool of(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads = " + threads + ": must be at least 1");
        }
        return new TrialPool(threads);
    }

    public int threads() {
        return threads;
    }

    /** Trials that the decision under way has drawn so far, to show progress. */
    public long drawn() {
        return drawn;
    }

    /**
     * What a run used.
     *
     * @param used trials handed on
     * @param drawn trials computed, at most a batch more
     * @param invalid trials handed on that threw or were not finite
     * @param firstInvalid index and reason of the first of them; empty when there is none
     */
    public record Tally(long used, long drawn, long invalid, String firstInvalid) {}

    /**
     * Hands the values of trials 0, 1, 2, ... to {@code goOn} until it returns false or {@code maxTrials} are used.
     *
     * <p>A trial that throws, or whose value is not finite, is handed on as {@code NaN}.
     *
     * @throws CancellationException when the calling thread is interrupted; its interrupt flag stays set
     */
    public Tally run(Trial trial, long maxTrials, DoublePredicate goOn) {
        return fold(
                maxTrials,
                trial::at,
                x -> Double.isFinite(x) ? null : String.valueOf(x),
                x -> goOn.test(x == null ? Double.NaN : x));
    }

    /** The same for ladders of {@code rungs} values each; an invalid repetition is handed on as an empty array. */
    public Tally run(LadderTrial trial, int rungs, long maxTrials, Predicate<double[]> goOn) {
        return fold(
                maxTrials,
                trial::at,
                values -> problem(values, rungs),
                values -> goOn.test(values == null ? new double[0] : values));
    }

    private static @Nullable String problem(double[] values, int rungs) {
        if (values.length != rungs) {
            return values.length + " values for " + rungs + " sizes";
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return String.valueOf(value);
            }
        }
        return null;
    }

    /** Folds trials in index order; {@code problem} names what is wrong with a value, and such a value becomes null. */
    <T> Tally fold(
            long maxTrials, LongFunction<T> trial, Function<T, @Nullable String> problem, Predicate<@Nullable T> goOn) {
        long used = 0;
        long drawn = 0;
        long invalid = 0;
        String firstInvalid = "";
        int size = FIRST_BATCH;
        boolean going = true;
        while (going && drawn < maxTrials) {
            Batch<T> batch = new Batch<>(drawn, (int) Math.min(size, maxTrials - drawn), trial);
            compute(batch);
            for (int i = 0; going && i < batch.values.size(); i++) {
                T value = batch.values.get(i);
                String wrong = value == null ? batch.failure(i) : problem.apply(value);
                if (wrong != null) {
                    invalid++;
                    firstInvalid = firstInvalid.isEmpty() ? "trial " + used + ": " + wrong : firstInvalid;
                }
                used++;
                going = goOn.test(wrong == null ? value : null);
            }
            drawn += batch.values.size();
            this.drawn = drawn;
            size = Math.min(size + size / 4, LARGEST_BATCH);
        }
        return new Tally(used, drawn, invalid, firstInvalid);
    }

    private void compute(Batch<?> batch) {
        List<Future<?>> tasks = new ArrayList<>();
        for (int t = 1; t < threads; t++) {
            tasks.add(helpers.submit(batch));
        }
        try {
            batch.run();
            batch.left.await();
        } catch (InterruptedException e) {
            batch.cancelled = true;
            tasks.forEach(task -> task.cancel(true));
            Thread.currentThread().interrupt();
            throw (CancellationException)
                    new CancellationException("interrupted in the trials from " + batch.first).initCause(e);
        }
    }

    /** A run of consecutive trials; every thread takes the next one until none is left. Allocates nothing outside the trial. */
    private static final class Batch<T> implements Runnable {
        private final long first;
        private final LongFunction<T> trial;
        private final List<@Nullable T> values;
        private final @Nullable Throwable[] failures;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch left;
        private volatile boolean cancelled;

        Batch(long first, int size, LongFunction<T> trial) {
            this.first = first;
            this.trial = trial;
            values = new ArrayList<>(Collections.nCopies(size, null));
            failures = new Throwable[size];
            left = new CountDownLatch(size);
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < failures.length && !cancelled; i = next.getAndIncrement()) {
                try {
                    values.set(i, trial.apply(first + i));
                } catch (Throwable e) { // also Errors: a trial must neither end its thread nor keep the latch closed
                    failures[i] = e;
                } finally {
                    left.countDown();
                }
            }
        }

        String failure(int i) {
            Throwable failure = failures[i];
            return failure == null ? "null" : failure.toString();
        }
    }
}
