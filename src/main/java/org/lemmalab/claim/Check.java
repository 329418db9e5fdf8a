package org.lemmalab.claim;

import org.lemmalab.stats.Decision;

/**
 * A check that has decided the claimed form and now takes wrong ones: each must end REFUTED by the same experiment on at least
 * one instance, or the claim is VACUOUS. A falsifier that was refuted is not run on later instances.
 *
 * @param <F> a form of the claim
 */
public final class Check<F> {
    private final Protocol protocol;
    private final String part;
    private final String instance;
    private final Experiment<F> experiment;
    private final Lab lab;
    private final boolean shrinking;

    Check(Protocol protocol, String part, String instance, Experiment<F> experiment, Lab lab, boolean shrinking) {
        this.protocol = protocol;
        this.part = part;
        this.instance = instance;
        this.experiment = experiment;
        this.lab = lab;
        this.shrinking = shrinking;
    }

    /** Runs a near miss of the claim through the same experiment. */
    public Check<F> falsifiedBy(String name, F wrong) {
        return falsify(name, wrong, false);
    }

    /** Runs the form that the paper prints, for a claim with a confirmed erratum. */
    public Check<F> printedAs(String name, F printed) {
        return falsify(name, printed, true);
    }

    /** Invalid trials count against what is tested, but broken code must not refute anything. */
    static Decision honest(Decision decision) {
        return decision.isRefuted() && decision.invalid() > 0
                ? decision.undecided(
                        decision.invalid() + " of " + decision.samples() + " trials were invalid; " + decision.detail())
                : decision;
    }

    private Check<F> falsify(String name, F wrong, boolean printedForm) {
        if (shrinking || protocol.isFalsified(part, name)) {
            return this;
        }
        try {
            Decision decision = honest(experiment.decide(wrong, lab));
            protocol.falsifierDecided(part, name, printedForm, decision, instance);
        } catch (RuntimeException | OutOfMemoryError e) { // an exception is no refutation
            protocol.falsifierBroke(part, name, printedForm, e, instance);
        }
        return this;
    }
}
