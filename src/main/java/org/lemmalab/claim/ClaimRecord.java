package org.lemmalab.claim;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lemmalab.stats.Decision;

/**
 * All that a run found out about one claim: one element of {@code claims} in {@code reports/claims.json}. Numbers that do not
 * apply are null.
 *
 * @param id the catalogue's id
 * @param paper the paper's key
 * @param title what the claim is about
 * @param printedAs where the paper states it
 * @param kind its logical form
 * @param statement the statement in TeX
 * @param hypotheses the hypotheses in TeX or words; may be empty
 * @param correction for an erratum, the corrected statement in TeX; the checks test that one
 * @param derivation for an erratum, why the corrected statement is the right one
 * @param verdict what the run says
 * @param erratum whether the printed form is refuted beside the corrected one
 * @param reason for CONTEXT, NOT_RUN and INCONCLUSIVE: why
 * @param checks one per part
 * @param falsifiers the wrong variants and what became of them
 * @param instances what was drawn: how often each named family of instances occurred
 * @param sizes the named sizes that the profile chose
 * @param notes remarks for the reader
 * @param figures paths of figures, relative to the report
 * @param source path of the claim's source file and its method, {@code properties/...java#method}
 * @param seconds wall time
 * @param reproduce the line that repeats this claim alone
 */
public record ClaimRecord(
        String id,
        String paper,
        String title,
        String printedAs,
        Kind kind,
        String statement,
        String hypotheses,
        @Nullable String correction,
        String derivation,
        Verdict verdict,
        boolean erratum,
        @Nullable String reason,
        List<CheckRecord> checks,
        List<FalsifierRecord> falsifiers,
        Map<String, Integer> instances,
        Map<String, String> sizes,
        List<String> notes,
        List<Figure> figures,
        String source,
        double seconds,
        String reproduce) {

    /**
     * One check of a claim, over all its instances; the numbers are those of the instance with the least slack.
     *
     * @param part name of the check
     * @param verdict its verdict
     * @param observed observed value
     * @param claimed claimed value or bound
     * @param slack ratio to refutation, {@code >= 1} when supported
     * @param low lower confidence limit
     * @param high upper confidence limit
     * @param log10E the deciding e-value's decimal logarithm
     * @param samples trials over all instances
     * @param invalid trials that threw or gave NaN
     * @param instances instances decided
     * @param detectable the smallest violation that would have been refuted
     * @param assumptions what the verdict rests on
     * @param tolerance derivation of the tolerance or of the sample size
     * @param alpha error rate spent, per side, over all instances
     * @param rungs the ladder of a rate or limit
     * @param path the evidence of the instance with the least slack, as it grew
     * @param slacks the slacks of all instances that have one, in the order of the instances, to four digits
     * @param detail one line for the reader
     * @param counterexample for REFUTED: the (shrunk) instance
     */
    public record CheckRecord(
            String part,
            Verdict verdict,
            @Nullable Double observed,
            @Nullable Double claimed,
            @Nullable Double slack,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double log10E,
            long samples,
            long invalid,
            int instances,
            @Nullable Double detectable,
            List<String> assumptions,
            String tolerance,
            double alpha,
            List<Decision.Rung> rungs,
            Decision.Path path,
            List<Double> slacks,
            String detail,
            @Nullable String counterexample) {}

    /**
     * A wrong variant of a claim, run through the same check.
     *
     * @param part name of the check
     * @param name what is wrong with it
     * @param printedForm whether it is the form that the paper prints
     * @param verdict REFUTED as it should be; anything else makes the claim VACUOUS
     * @param observed observed value at the refutation
     * @param claimed the value or bound that the variant claims
     * @param log10E the refuting e-value's decimal logarithm
     * @param samples trials until the refutation, over all instances tried
     * @param instances instances tried until the refutation
     * @param counterexample the instance that refuted it
     */
    public record FalsifierRecord(
            String part,
            String name,
            boolean printedForm,
            Verdict verdict,
            @Nullable Double observed,
            @Nullable Double claimed,
            @Nullable Double log10E,
            long samples,
            int instances,
            @Nullable String counterexample) {}
}
