package org.lemmalab.assertions;

import org.assertj.core.api.AbstractAssert;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Outcome;

/** Assertions on decisions; messages say actual, expected and the evidence. */
public final class DecisionAssert extends AbstractAssert<DecisionAssert, Decision> {
    DecisionAssert(Decision actual) {
        super(actual, DecisionAssert.class);
    }

    /** The claim was supported. */
    public DecisionAssert supports() {
        return hasOutcome(Outcome.SUPPORTED);
    }

    /** The claim was refuted. */
    public DecisionAssert refutes() {
        return hasOutcome(Outcome.REFUTED);
    }

    private DecisionAssert hasOutcome(Outcome expected) {
        isNotNull();
        if (actual.outcome() != expected) {
            failWithMessage(
                    "%nExpecting the outcome%n  %s%nto be%n  %s%nobserved %s against %s, log10 E = %s after %s samples; %s",
                    actual.outcome(),
                    expected,
                    actual.observed(),
                    actual.claimed(),
                    actual.log10E(),
                    actual.samples(),
                    actual.detail());
        }
        return this;
    }
}
