package org.lemmalab.claim;

import org.jspecify.annotations.Nullable;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Decision;

/**
 * One instance of a claim being put to the test: the method of a claim receives it beside the instance that jqwik drew.
 *
 * <pre>{@code
 * run.check("part", claimedForm, (form, lab) -> decision)
 *    .falsifiedBy("what is wrong", wrongForm);
 * }</pre>
 */
public final class ClaimRun {
    private final Protocol protocol;
    private int index;
    private String instance = "";
    private boolean shrinking;
    private int parts;
    private @Nullable String refutation;

    ClaimRun(Protocol protocol) {
        this.protocol = protocol;
    }

    /** Turns to another instance; a shrinking one is only decided, not recorded. */
    void open(int index, String instance, boolean shrinking) {
        this.index = index;
        this.instance = instance;
        this.shrinking = shrinking;
        parts = 0;
        refutation = null;
    }

    /**
     * Puts the claimed form to the test at once. Each check needs at least one falsifier, or the claim is VACUOUS.
     *
     * @param part names the check; the same name on every instance
     * @param claimed the form that the claim states
     * @param experiment decides a form
     */
    public <F> Check<F> check(String part, F claimed, Experiment<F> experiment) {
        parts++;
        Lab lab = new Lab(stream().part(part), protocol.terms(parts));
        Decision decision = Check.honest(experiment.decide(claimed, lab));
        if (!shrinking) {
            protocol.decided(part, decision, instance);
        }
        if (decision.isRefuted() && refutation == null) {
            refutation = protocol.refutation(part, decision, instance);
        }
        return new Check<>(protocol, part, instance, experiment, lab, shrinking);
    }

    /** This instance's own stream, for what the claim itself draws at random outside its checks. */
    public RandomStream stream() {
        return protocol.stream().part("instance " + index);
    }

    /** Counts the instance under a named family, so that the report can say what was covered. */
    public ClaimRun covers(String family) {
        if (!shrinking) {
            protocol.cover(family);
        }
        return this;
    }

    /** A size that depends on the profile; recorded under its name. */
    public int size(String name, int quick, int standard, int deep) {
        int size = settings().profile().choose(quick, standard, deep);
        protocol.size(name, Integer.toString(size));
        return size;
    }

    /** The options of the run: profile, master seed (for objects that several claims share), threads. */
    public Settings settings() {
        return protocol.settings();
    }

    /** Adds a remark to the card, once. */
    public void note(String remark) {
        protocol.note(remark);
    }

    /** Adds a figure to the card. */
    public void figure(Figure figure) {
        protocol.figure(figure);
    }

    @Override
    public String toString() {
        return "run";
    }

    /** The message of the first refuted check of this instance, if any. */
    @Nullable
    String refutation() {
        return refutation;
    }
}
