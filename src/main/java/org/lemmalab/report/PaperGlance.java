package org.lemmalab.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.Kind;
import org.lemmalab.claim.RunRecord;
import org.lemmalab.claim.Verdict;

/**
 * A paper's state in one row.
 *
 * @param key its key
 * @param group its claims in the run, context entries included
 * @param coverage of its catalogue, or null when the run does not say
 */
public record PaperGlance(String key, List<ClaimRecord> group, RunRecord.@Nullable Coverage coverage) {
    /** From slack 1 at the left end of a strip to this at the right end. */
    private static final double WIDEST = 1000;

    /** Where a claim's least slack stands on a strip: 0 to 100, with what it is. */
    public record Tick(String percent, String label) {}

    /** Claims that were to be checked. */
    public long claims() {
        return group.size() - Digest.count(group, Verdict.CONTEXT);
    }

    public long supported() {
        return Digest.count(group, Verdict.SUPPORTED);
    }

    public long errata() {
        return group.stream().filter(ClaimRecord::erratum).count();
    }

    public long figures() {
        return group.stream().filter(claim -> claim.kind() == Kind.FIGURE).count();
    }

    public long context() {
        return coverage == null ? Digest.count(group, Verdict.CONTEXT) : coverage.context();
    }

    /** Entries of the catalogue without a property. */
    public int missing() {
        return coverage == null ? 0 : coverage.entries() - coverage.withProperty() - coverage.context();
    }

    /** The least slack of each claim that has one, on a logarithmic scale. */
    public List<Tick> strip() {
        return group.stream()
                .filter(claim -> Digest.slackOf(claim) != null)
                .map(claim -> {
                    Double slack = Digest.slackOf(claim);
                    double share = slack == null || slack <= 1 ? 0 : Math.log(slack) / Math.log(WIDEST);
                    return new Tick(
                            String.format(Locale.ROOT, "%.1f", 100 * Math.min(1, share)),
                            claim.id() + ": " + DisplayNumber.of(slack));
                })
                .toList();
    }

    /** The strip for those who do not see it. */
    public String stripInWords() {
        double[] slacks = group.stream()
                .map(Digest::slackOf)
                .filter(slack -> slack != null)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return slacks.length == 0
                ? "no slacks"
                : "least slacks of " + slacks.length + " claims: from " + DisplayNumber.of(slacks[0]) + ", median "
                        + DisplayNumber.of(slacks[slacks.length / 2]);
    }
}
