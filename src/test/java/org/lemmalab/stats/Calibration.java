package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.commons.math3.distribution.BinomialDistribution;

/** Streams for the tests of the tests. */
final class Calibration {
    static final double ALPHA = 0.01;
    static final double LINE = -Math.log(ALPHA);

    private Calibration() {}

    /** A generator for one stream of an experiment. */
    static SplittableRandom random(long experiment, long stream) {
        return new SplittableRandom(experiment * 0x9E3779B97F4A7C15L + stream * 0xD1B54A32D192ED03L);
    }

    /** A trial whose value at an index depends on the index alone. */
    static Trial trial(long experiment, ToDoubleFunction<SplittableRandom> law) {
        return index -> law.applyAsDouble(random(experiment, index));
    }

    static Terms terms(double alpha, long maxTrials) {
        return new Terms(alpha, maxTrials, TrialPool.of(1));
    }

    static double chiSquare(SplittableRandom random) {
        double z = random.nextGaussian();
        return z * z;
    }

    /** Fails when more streams raise an alarm than probability {@code rate} explains: exact binomial test at 1e-9. */
    static void assertRareAlarms(int streams, double rate, Predicate<SplittableRandom> alarm) {
        int count = 0;
        for (int s = 0; s < streams; s++) {
            count += alarm.test(random(streams, s)) ? 1 : 0;
        }
        double p = 1 - new BinomialDistribution(null, streams, rate).cumulativeProbability(count - 1);
        assertThat(p)
                .as("%d alarms in %d streams at rate %s", count, streams, rate)
                .isGreaterThan(1e-9);
    }

    /** Whether an e-process ever reaches 1/ALPHA within {@code samples} observations. */
    static boolean crosses(
            EProcess process, int samples, SplittableRandom random, ToDoubleFunction<SplittableRandom> law) {
        for (int i = 0; i < samples; i++) {
            process.add(law.applyAsDouble(random));
            if (process instanceof BetaMixture mixture ? mixture.reaches(LINE) : process.logE() >= LINE) {
                return true;
            }
        }
        return false;
    }

    static long median(int repetitions, ToLongFunction<SplittableRandom> size) {
        long[] sizes = new long[repetitions];
        Arrays.setAll(sizes, s -> size.applyAsLong(random(repetitions, s)));
        Arrays.sort(sizes);
        return sizes[repetitions / 2];
    }
}
