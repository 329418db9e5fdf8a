package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TrialPoolTest {
    @Test
    void decisionsDoNotDependOnTheNumberOfThreads() {
        Trial uneven = Calibration.trial(3, r -> {
            double x = r.nextDouble();
            double work = 0;
            for (int i = 0; i < (x < 0.1 ? 20_000 : 200); i++) {
                work += r.nextDouble();
            }
            if (work < 0 || x > 0.95) {
                throw new IllegalStateException("x " + x);
            }
            return x;
        });
        Trial rare = i -> uneven.at(i) < 0.03 ? 1 : 0;
        LadderTrial ladder = i -> new double[] {1 + uneven.at(i), 4 + uneven.at(i)};
        List<List<Decision>> results = new ArrayList<>();
        for (int threads : new int[] {1, 2, 4}) {
            Terms terms = new Terms(1e-9, 3_000, TrialPool.of(threads));
            results.add(List.of(
                    Proportion.atMost(0.05).decide(rare, terms),
                    Mean.equalTo(0.5, 0.05, new Assumption.Bounded(0, 1)).decide(uneven, terms),
                    Rate.perReplicate(1, 0.4, 1, 4).decide(ladder, terms)));
        }
        assertThat(results.get(0)).allMatch(d -> d.invalid() > 0);
        assertThat(results.get(1)).isEqualTo(results.get(0));
        assertThat(results.get(2)).isEqualTo(results.get(0));
    }

    @Test
    void handsValuesOnInOrderAndStopsInsideABatch() {
        List<Double> seen = new ArrayList<>();
        TrialPool.Tally tally = TrialPool.of(3).run((Trial) i -> i, 1_000, x -> {
            seen.add(x);
            return seen.size() < 100;
        });
        assertThat(seen).hasSize(100).isSorted().startsWith(0.0).endsWith(99.0);
        assertThat(tally).isEqualTo(new TrialPool.Tally(100, 8 + 10 + 12 + 15 + 18 + 22 + 27, 0, ""));
    }

    @Test
    void drawsNoMoreThanTheBudget() {
        TrialPool.Tally tally = TrialPool.of(2).run((Trial) i -> i, 100, x -> true);
        assertThat(tally).isEqualTo(new TrialPool.Tally(100, 100, 0, ""));
    }

    @Test
    void countsWhatThrowsOrIsNotFinite() {
        List<Double> seen = new ArrayList<>();
        Trial broken = i -> switch ((int) i) {
            case 1 -> throw new IllegalStateException("first");
            case 2 -> Double.POSITIVE_INFINITY;
            case 3 -> throw new OutOfMemoryError("pretended");
            case 4 -> new long[Integer.MAX_VALUE].length; // beyond the VM's limit: a true OutOfMemoryError
            case 5 -> recurse(0);
            default -> i;
        };
        TrialPool.Tally tally = TrialPool.of(2).run(broken, 8, seen::add);
        assertThat(seen).containsExactly(0.0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 6.0, 7.0);
        assertThat(tally.invalid()).isEqualTo(5);
        assertThat(tally.firstInvalid()).isEqualTo("trial 1: java.lang.IllegalStateException: first");
    }

    private static double recurse(long depth) {
        return depth < 0 ? 0 : 1 + recurse(depth + 1);
    }

    @Test
    void ladderOfTheWrongLengthIsInvalid() {
        TrialPool.Tally tally = TrialPool.of(1).run(i -> new double[2], 3, 5, values -> values.length == 0);
        assertThat(tally.invalid()).isEqualTo(5);
        assertThat(tally.firstInvalid()).isEqualTo("trial 0: 2 values for 3 sizes");
    }

    @Test
    void trialsMayUseThePoolThemselves() {
        TrialPool pool = TrialPool.of(2);
        TrialPool.Tally tally =
                pool.run((Trial) i -> pool.run((Trial) j -> j, 200, x -> true).used(), 200, x -> x == 200);
        assertThat(tally.used()).isEqualTo(200);
    }

    @Test
    void interruptEndsARun() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(2);
        AtomicReference<Object> result = new AtomicReference<>();
        Thread runner = new Thread(() -> {
            try {
                TrialPool.of(2)
                        .run(
                                (Trial) i -> {
                                    started.countDown();
                                    try {
                                        Thread.sleep(60_000);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    return 0;
                                },
                                1_000,
                                x -> true);
            } catch (CancellationException e) {
                result.set(Thread.currentThread().isInterrupted());
            }
        });
        runner.start();
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        runner.interrupt();
        runner.join(10_000);
        assertThat(result.get()).isEqualTo(true);
    }

    @Test
    void rejectsNoThreads() {
        assertThatIllegalArgumentException().isThrownBy(() -> TrialPool.of(0)).withMessageContaining("threads = 0");
    }
}
