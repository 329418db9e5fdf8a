package org.lemmalab.stats;

/**
 * How much each decision may spend; the report's records are the ledger of what was spent.
 *
 * <p>A claim has {@link #PER_CLAIM} on each side. Each of its {@code N} instances has an equal part of that, and part
 * {@code j = 1, 2, ...} of an instance has the share {@code 1/(j (j+1))} of the instance's, so that the shares of any number of parts
 * sum to less than the whole.
 */
public final class ErrorBudget {
    /** Error rate of a claim on each side: refuting a true claim, supporting one violated by the margin. */
    public static final double PER_CLAIM = 1e-9;

    private ErrorBudget() {}

    /** The error rate per side of part {@code part >= 1} of one of {@code instances >= 1} instances. */
    public static double share(int part, int instances) {
        if (part < 1) {
            throw new IllegalArgumentException("part = " + part + ": must be at least 1");
        }
        if (instances < 1) {
            throw new IllegalArgumentException("instances = " + instances + ": must be at least 1");
        }
        return PER_CLAIM / instances / ((double) part * (part + 1.0));
    }
}
