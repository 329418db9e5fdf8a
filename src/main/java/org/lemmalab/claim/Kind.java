package org.lemmalab.claim;

/** The logical form of a claim, which decides how it is checked. */
public enum Kind {
    /** An equation, decided on each instance within a derived numerical tolerance. */
    IDENTITY(true),
    /** A deterministic inequality, decided on each instance. */
    INEQUALITY(true),
    /** An object that exists: constructed, then verified. */
    EXISTENCE(true),
    /** An event of probability at least 1 - delta. */
    PROBABILITY(false),
    /** The value of a mean. */
    EXPECTATION(false),
    /** An exponent or an order of growth, on a ladder of sizes. */
    RATE(false),
    /** A limit, approached along a ladder. */
    LIMIT(false),
    /** The behaviour of an algorithm. */
    ALGORITHM(false),
    /** A figure of the paper, drawn again. */
    FIGURE(false),
    /** Definitions, attributions, data that are not here: no check. */
    CONTEXT(true);

    private final boolean deterministic;

    Kind(boolean deterministic) {
        this.deterministic = deterministic;
    }

    /** Whether instances are decided one by one without sampling, so that jqwik may shrink a counterexample. */
    public boolean deterministic() {
        return deterministic;
    }
}
