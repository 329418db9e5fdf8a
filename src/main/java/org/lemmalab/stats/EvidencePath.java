package org.lemmalab.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The looks at a sequential decision that a reader is shown: after 8 samples, whenever these have grown by a half, and at the end. */
final class EvidencePath {
    private static final long FIRST_LOOK = 8;

    private final double refuteLine;
    private final double supportLine;
    private final List<Decision.Look> looks = new ArrayList<>();
    private long next = FIRST_LOOK;

    /** The lines are natural logarithms of the evidence that decides. */
    EvidencePath(double refuteLine, double supportLine) {
        this.refuteLine = refuteLine;
        this.supportLine = supportLine;
    }

    /** Looks if it is time to; the state is asked for only then. */
    void at(long samples, Supplier<Decision.Look> state) {
        if (samples >= next) {
            looks.add(state.get());
            next = samples + samples / 2;
        }
    }

    /** The path with the last state. */
    Decision.Path endingWith(Decision.Look last) {
        if (last.samples() > 0
                && (looks.isEmpty() || looks.get(looks.size() - 1).samples() < last.samples())) {
            looks.add(last);
        }
        return new Decision.Path(refuteLine / Math.log(10), supportLine / Math.log(10), looks);
    }
}
