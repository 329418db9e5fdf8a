package org.lemmalab.report;

import java.util.Comparator;
import java.util.List;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.ClaimRecord.FalsifierRecord;
import org.lemmalab.claim.Verdict;

/** A verdict in plain English, with its error rate and what would have been caught. */
public final class VerdictSentence {

    private VerdictSentence() {}

    /** The sentence that heads a claim's page. */
    public static String of(ClaimRecord claim) {
        return switch (claim.verdict()) {
            case SUPPORTED -> supported(claim);
            case REFUTED -> refuted(claim);
            case INCONCLUSIVE ->
                "Undecided: " + sentence(reason(claim)) + " This speaks neither for nor against the claim.";
            case VACUOUS -> "Without power: " + sentence(reason(claim)) + " That the claim passes means nothing.";
            case CONTEXT -> "Not checked: " + sentence(reason(claim));
            case NOT_RUN -> "Not run: " + sentence(reason(claim));
        };
    }

    /** Why a claim is not supported, in one line; empty for a supported one. */
    public static String reason(ClaimRecord claim) {
        if (claim.reason() != null && !claim.reason().isBlank()) {
            return claim.reason();
        }
        for (CheckRecord check : claim.checks()) {
            if (check.verdict() != Verdict.SUPPORTED && check.verdict() == claim.verdict()) {
                return check.detail().isBlank() ? check.part() : check.part() + ": " + check.detail();
            }
        }
        if (claim.verdict() == Verdict.VACUOUS) {
            return claim.falsifiers().stream()
                    .filter(falsifier -> falsifier.verdict() != Verdict.REFUTED)
                    .findFirst()
                    .map(falsifier -> "the wrong variant '" + falsifier.name() + "' is not refuted by the same check")
                    .orElse("the check has no wrong variant to refute");
        }
        return claim.verdict() == Verdict.SUPPORTED ? "" : "no reason recorded";
    }

    private static String supported(ClaimRecord claim) {
        StringBuilder text = new StringBuilder("Supported");
        text.append(claim.erratum() ? " in its corrected form; as printed it is refuted. " : ". ");
        List<CheckRecord> checks = claim.checks();
        double alpha = checks.stream().mapToDouble(CheckRecord::alpha).sum();
        int instances = checks.stream().mapToInt(CheckRecord::instances).max().orElse(0);
        long samples = checks.stream()
                .filter(check -> check.alpha() > 0)
                .mapToLong(CheckRecord::samples)
                .sum();
        text.append("It held on ").append(counted(instances, "instance"));
        if (alpha > 0) {
            String rate = DisplayNumber.probability(alpha);
            text.append(" with ").append(counted(samples, "trial")).append(". ").append(violation(checks));
            text.append(" would have passed with probability at most ").append(rate);
            text.append("; a true claim is refuted with probability at most ")
                    .append(rate)
                    .append(". ");
        } else {
            text.append(" within the tolerance derived below. ").append(violation(checks));
            text.append(" would have been refuted; nothing is sampled, so there is no error rate. ");
        }
        return text.append(caught(claim.falsifiers())).toString();
    }

    /** The least violation that is excluded: of the only check, or of the one with the least slack, a sampled one if there is any. */
    private static String violation(List<CheckRecord> checks) {
        boolean sampled = checks.stream().anyMatch(check -> check.alpha() > 0);
        CheckRecord tightest = checks.stream()
                .filter(check -> check.detectable() != null && sampled == check.alpha() > 0)
                .min(Comparator.comparingDouble(
                        check -> check.slack() == null ? Double.POSITIVE_INFINITY : check.slack()))
                .orElse(null);
        if (tightest == null) {
            return "A violation as far as 'caught from' says below";
        }
        String place = checks.size() == 1 ? "A" : "In the tightest check, '" + tightest.part() + "', a";
        return place + " true value of " + DisplayNumber.beside(tightest.claimed(), tightest.detectable())
                + " or worse"
                + (tightest.claimed() == null
                        ? ""
                        : ", where " + DisplayNumber.of(tightest.claimed()) + " is claimed,");
    }

    private static String caught(List<FalsifierRecord> falsifiers) {
        long refuted = falsifiers.stream()
                .filter(falsifier -> falsifier.verdict() == Verdict.REFUTED)
                .count();
        if (refuted < falsifiers.size()) {
            return "Of " + falsifiers.size() + " wrong variants the same checks refuted " + refuted + ".";
        }
        return switch (falsifiers.size()) {
            case 0 -> "No wrong variant was tried.";
            case 1 -> "The wrong variant was refuted by the same check.";
            case 2 -> "Both wrong variants were refuted by the same checks.";
            default -> "All " + falsifiers.size() + " wrong variants were refuted by the same checks.";
        };
    }

    private static String refuted(ClaimRecord claim) {
        String text = "Refuted. " + sentence(reason(claim));
        return claim.checks().stream()
                .filter(check -> check.verdict() == Verdict.REFUTED)
                .findFirst()
                .map(check -> text
                        + (check.alpha() > 0
                                ? " Were the claim true, this would have happened with probability at most "
                                        + DisplayNumber.probability(check.alpha()) + "."
                                : " The instance is below; no sampling is involved, so there is no error rate."))
                .orElse(text);
    }

    private static String counted(long count, String noun) {
        return DisplayNumber.count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    private static String sentence(String text) {
        String trimmed = text.strip();
        return trimmed.isEmpty() || ".!?".indexOf(trimmed.charAt(trimmed.length() - 1)) >= 0 ? trimmed : trimmed + ".";
    }
}
