package org.lemmalab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ConfidenceSequenceTest {
    @Test
    void coversTheMeanAtAllLooks() {
        Assumption unit = new Assumption.Bounded(0, 1);
        assertCovers(2_000, unit, 0.5, SplittableRandom::nextDouble);
        assertCovers(2_001, unit, 0.03, r -> r.nextDouble() < 0.03 ? 1 : 0);
        assertCovers(2_002, unit, 1 / 3.0, r -> Math.pow(r.nextDouble(), 2));
        assertCovers(2_003, new Assumption.SecondMoment(3), 1, Calibration::chiSquare);
    }

    private static void assertCovers(
            int streams, Assumption assumption, double mean, ToDoubleFunction<SplittableRandom> law) {
        double alpha = 0.02;
        Calibration.assertRareAlarms(streams, 2 * alpha, r -> {
            ConfidenceSequence sequence = new ConfidenceSequence(Range.of(assumption, 0.2, 1), alpha);
            for (int n = 1; n <= 400; n++) {
                sequence.add(law.applyAsDouble(r));
                if (n == 5 || n == 20 || n == 50 || n % 200 == 0) {
                    Interval interval = sequence.interval();
                    if (interval.misses(mean, mean)) {
                        return true;
                    }
                }
            }
            return false;
        });
    }

    @Test
    void isNarrowAtAllSampleSizes() {
        ConfidenceSequence sequence = ConfidenceSequence.bounded(0, 1, 1e-9);
        SplittableRandom random = Calibration.random(5, 0);
        for (int n = 1; n <= 20_000; n++) {
            sequence.add(random.nextDouble());
            if (n == 1_000 || n == 4_300 || n == 20_000) {
                // The best fixed-n width from the variance 1/12 alone is 2 sqrt(2 ln(1/alpha) / (12 n)). Beyond it:
                // ln(12) more in the line
                // (6%), a horizon off by up to 2 (6%), the start with a variance of 1/4 and a drift of the mean of a
                // few sigma / sqrt n.
                double best = 2 * Math.sqrt(2 * Math.log(1e9) / (12 * n));
                Interval interval = sequence.interval();
                assertThat(interval.high() - interval.low()).isBetween(0.9 * best, 1.4 * best);
            }
        }
    }

    @Test
    void isExactForConstantStreamsAtTheEnds() {
        ConfidenceSequence sequence = ConfidenceSequence.bounded(2, 5, 0.01);
        for (int n = 0; n < 500; n++) {
            sequence.add(2);
        }
        assertThat(sequence.interval().low()).isEqualTo(2);
        assertThat(sequence.interval().high()).isBetween(2.0, 2.1);
        assertThat(sequence.mean()).isEqualTo(2);
    }

    @Test
    void isTheWholeRangeAtFirstAndMovesWithTheValues() {
        ConfidenceSequence sequence = ConfidenceSequence.bounded(-1, 1, 0.01);
        assertThat(sequence.interval()).isEqualTo(new Interval(-1, 1));
        assertThat(sequence.mean()).isNaN();
        ConfidenceSequence moved = ConfidenceSequence.bounded(7, 9, 0.01);
        SplittableRandom random = Calibration.random(6, 0);
        for (int n = 0; n < 300; n++) {
            double x = random.nextDouble(-1, 1);
            sequence.add(x);
            moved.add(x + 8);
        }
        // Equal up to the rounding of x + 8, 300 values of 1e-15.
        assertThat(Math.abs(moved.interval().low() - 8 - sequence.interval().low()))
                .isLessThan(1e-11);
        assertThat(Math.abs(moved.interval().high() - 8 - sequence.interval().high()))
                .isLessThan(1e-11);
    }

    @Test
    void invalidValuesWidenTheInterval() {
        ConfidenceSequence all = ConfidenceSequence.bounded(0, 1, 0.01);
        ConfidenceSequence some = ConfidenceSequence.bounded(0, 1, 0.01);
        for (int n = 0; n < 1_000; n++) {
            all.add(0.5);
            if (n % 10 == 0) {
                some.addInvalid();
            } else {
                some.add(0.5);
            }
        }
        assertThat(some.interval().low()).isLessThan(0.45); // the mean could be 0.9 0.5
        assertThat(some.interval().high()).isGreaterThan(0.55);
        assertThat(all.interval().isWithin(0.45, 0.55)).isTrue();
    }

    @Test
    void rejectsValuesOutsideTheRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfidenceSequence.bounded(0, 1, 0.01).add(1.5))
                .withMessage("x = 1.5: must lie in [0.0, 1.0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfidenceSequence.bounded(1, 1, 0.01))
                .withMessageContaining("hi = 1.0");
    }
}
