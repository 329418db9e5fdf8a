package org.lemmalab.numeric;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * A loop over blocks that several threads share.
 *
 * <p>The caller takes part, so one thread means a plain loop. Blocks must not write to each other's data; then the result does not
 * depend on the number of threads.
 */
public final class ParallelBlocks {

    private static final ExecutorService WORKERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "lemmalab-block");
        thread.setDaemon(true);
        return thread;
    });

    private ParallelBlocks() {}

    /**
     * Runs {@code task} for 0, 1, ..., count - 1 and returns when all are done.
     *
     * @throws IllegalArgumentException if {@code threads < 1}
     */
    public static void run(int count, int threads, IntConsumer task) {
        int helpers = Math.min(Arguments.atLeast("threads", threads, 1), count) - 1;
        if (helpers <= 0) {
            for (int block = 0; block < count; block++) {
                task.accept(block);
            }
            return;
        }
        shared(count, helpers, task);
    }

    private static void shared(int count, int helpers, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(helpers);
        Runnable loop = () -> {
            try {
                for (int block = next.getAndIncrement(); block < count; block = next.getAndIncrement()) {
                    task.accept(block);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                next.set(count);
            }
        };
        for (int helper = 0; helper < helpers; helper++) {
            WORKERS.execute(() -> {
                loop.run();
                done.countDown();
            });
        }
        loop.run();
        await(done);
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (RuntimeException) thrown;
        }
    }

    /* The helpers write to the caller's arrays, so an interrupt must not let the caller go on before they are done. */
    private static void await(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
