package org.lemmalab.stats;

/**
 * How much each decision may spend; the report's records are the ledger of what was spent.
 *
 * <p>A claim has its error rate on each side: refuting a true claim, supporting one violated by the margin. Each of its {@code N} instances has an equal part of that, and part
 * {@code j = 1, 2, ...} of an instance has the share {@code 1/(j (j+1))} of the instance's, so that the shares of any number of parts
 * sum to less than the whole.
 */
public final class ErrorBudget {
    private ErrorBudget() {}

    /**
     * The error rate per side of part {@code part >= 1} of one of {@code instances >= 1} instances.
     *
     * @param claim the claim's rate, in (0, 1)
     */
    public static double share(double claim, int part, int instances) {
        if (!(claim > 0 && claim < 1)) {
            throw new IllegalArgumentException("claim = " + claim + ": must be in (0, 1)");
        }
        if (part < 1) {
            throw new IllegalArgumentException("part = " + part + ": must be at least 1");
        }
        if (instances < 1) {
            throw new IllegalArgumentException("instances = " + instances + ": must be at least 1");
        }
        return claim / instances / ((double) part * (part + 1.0));
    }
}
