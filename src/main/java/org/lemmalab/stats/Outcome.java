package org.lemmalab.stats;

/** What one decision came to. Never 'proved': a supported claim is one that was not violated by the stated margin. */
public enum Outcome {
    /** Violations by the stated margin or more are excluded at the stated error rate. */
    SUPPORTED,
    /** The claim itself is excluded at the stated error rate. */
    REFUTED,
    /** The budget ended before either side was decided. */
    INCONCLUSIVE
}
