package org.lemmalab.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The ledger of error rates: how much each decision may spend, and what was spent. Thread-safe.
 *
 * <p>A claim has {@link #PER_CLAIM} on each side. Each of its {@code N} instances has an equal part of that, and part
 * {@code j = 1, 2, ...} of an instance has the share {@code 1/(j (j+1))} of the instance's, so that the shares of any number of parts
 * sum to less than the whole.
 */
public final class ErrorBudget {
    /** Error rate of a claim on each side: refuting a true claim, supporting one violated by the margin. */
    public static final double PER_CLAIM = 1e-9;

    private final List<Entry> entries = new ArrayList<>();

    /** One decision's spending, per side. */
    public record Entry(String what, double alpha) {}

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

    /** Records a decision with error rate {@code alpha} on each side. */
    public synchronized void spend(String what, double alpha) {
        entries.add(new Entry(what, Check.nonNegative("alpha", alpha)));
    }

    /** Everything recorded so far. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The sum over both sides of all decisions, the same in whatever order they were recorded. */
    public synchronized double spent() {
        return 2 * entries.stream().mapToDouble(Entry::alpha).sorted().sum();
    }

    @Override
    public synchronized String toString() {
        return String.format(Locale.ROOT, "alpha ledger: %.3g over %d decisions, both sides", spent(), entries.size());
    }
}
