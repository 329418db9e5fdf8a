package org.lemmalab.stats;

/** The line for the reader of a sequential decision. */
final class Details {
    private Details() {}

    static String of(TrialPool.Tally tally, boolean decided) {
        String budget = decided ? "" : "budget of " + tally.used() + " trials spent";
        String invalid = tally.invalid() == 0 ? "" : tally.invalid() + " invalid, first " + tally.firstInvalid();
        return budget.isEmpty() || invalid.isEmpty() ? budget + invalid : budget + "; " + invalid;
    }
}
