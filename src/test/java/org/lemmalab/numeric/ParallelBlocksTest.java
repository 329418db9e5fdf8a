package org.lemmalab.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ParallelBlocksTest {

    @Test
    void eachBlockRunsOnce() {
        for (int threads = 1; threads <= 4; threads++) {
            AtomicIntegerArray runs = new AtomicIntegerArray(1000);
            ParallelBlocks.run(1000, threads, runs::incrementAndGet);
            for (int block = 0; block < 1000; block++) {
                assertThat(runs.get(block)).isEqualTo(1);
            }
        }
    }

    @Test
    void nestedLoopsFinish() {
        AtomicIntegerArray runs = new AtomicIntegerArray(16);
        ParallelBlocks.run(4, 4, outer -> ParallelBlocks.run(4, 4, inner -> runs.incrementAndGet(4 * outer + inner)));
        for (int k = 0; k < 16; k++) {
            assertThat(runs.get(k)).isEqualTo(1);
        }
    }

    @Test
    void failureOfABlockReachesTheCaller() {
        for (int threads = 1; threads <= 2; threads++) {
            int count = threads;
            assertThatThrownBy(() -> ParallelBlocks.run(100, count, block -> {
                        if (block == 57) {
                            throw new IllegalStateException("block 57");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("block 57");
        }
    }

    @Test
    void noThreadIsRefused() {
        assertThatThrownBy(() -> ParallelBlocks.run(1, 0, block -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("threads = 0, allowed: >= 1");
    }
}
