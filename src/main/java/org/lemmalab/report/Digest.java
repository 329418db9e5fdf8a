package org.lemmalab.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.ClaimRecord.FalsifierRecord;
import org.lemmalab.claim.Kind;
import org.lemmalab.claim.RunRecord;
import org.lemmalab.claim.Verdict;

/**
 * A run and its claims, counted and grouped as the report shows them.
 *
 * @param run settings and balance
 * @param claims in the order of the report
 */
public record Digest(RunRecord run, List<ClaimRecord> claims) {

    /** The verdicts in the order of the report's columns. */
    public static final List<Verdict> COLUMNS = List.of(
            Verdict.SUPPORTED,
            Verdict.REFUTED,
            Verdict.VACUOUS,
            Verdict.INCONCLUSIVE,
            Verdict.NOT_RUN,
            Verdict.CONTEXT);

    public Digest {
        claims = List.copyOf(claims);
    }

    /** Claims of each paper, papers in the order of their first claim. */
    public Map<String, List<ClaimRecord>> byPaper() {
        Map<String, List<ClaimRecord>> papers = new LinkedHashMap<>();
        for (ClaimRecord claim : claims) {
            papers.computeIfAbsent(claim.paper(), key -> new ArrayList<>()).add(claim);
        }
        return papers;
    }

    /** How many claims have the verdict. */
    public long count(Verdict verdict) {
        return count(claims, verdict);
    }

    /** How many of these claims have the verdict. */
    public static long count(List<ClaimRecord> claims, Verdict verdict) {
        return claims.stream().filter(claim -> claim.verdict() == verdict).count();
    }

    /** Claims that are neither supported nor context, the gravest verdict first. */
    public List<ClaimRecord> deviations() {
        return claims.stream()
                .filter(claim -> claim.verdict() != Verdict.SUPPORTED && claim.verdict() != Verdict.CONTEXT)
                .sorted(Comparator.comparingInt(claim -> COLUMNS.indexOf(claim.verdict())))
                .toList();
    }

    /** All claims: those that deviate, then the others in the order of the report. */
    public List<ClaimRecord> deviationsFirst() {
        List<ClaimRecord> ordered = new ArrayList<>(deviations());
        claims.stream().filter(claim -> !ordered.contains(claim)).forEach(ordered::add);
        return ordered;
    }

    /** The kinds that occur. */
    public List<Kind> kinds() {
        return claims.stream().map(ClaimRecord::kind).distinct().sorted().toList();
    }

    /** Claims with figures. */
    public List<ClaimRecord> withFigures() {
        return claims.stream().filter(claim -> !claim.figures().isEmpty()).toList();
    }

    /** Each paper's state. */
    public List<PaperGlance> glances() {
        return byPaper().entrySet().stream()
                .map(paper -> new PaperGlance(
                        paper.getKey(), paper.getValue(), run.catalogue().get(paper.getKey())))
                .toList();
    }

    /** Claims whose printed form is refuted beside the corrected one. */
    public List<ClaimRecord> errata() {
        return claims.stream().filter(ClaimRecord::erratum).toList();
    }

    /** Number of decisions: instances over all checks. */
    public long decisions() {
        return claims.stream().mapToLong(Digest::instancesOf).sum();
    }

    /** Claims that were checked, the slowest first. */
    public List<ClaimRecord> slowestFirst() {
        return claims.stream()
                .filter(claim -> !claim.checks().isEmpty())
                .sorted(Comparator.comparingDouble(ClaimRecord::seconds).reversed())
                .toList();
    }

    /** Coverage of each paper's catalogue, by key. */
    public Map<String, RunRecord.Coverage> coverage() {
        return new TreeMap<>(run.catalogue());
    }

    /** Error rate spent by the checks of a claim, both sides. */
    public static double alphaOf(ClaimRecord claim) {
        return 2 * claim.checks().stream().mapToDouble(CheckRecord::alpha).sum();
    }

    /** Instances decided over all checks of a claim. */
    public static long instancesOf(ClaimRecord claim) {
        return claim.checks().stream().mapToLong(CheckRecord::instances).sum();
    }

    /** Samples over all checks of a claim. */
    public static long sampleCount(ClaimRecord claim) {
        return claim.checks().stream().mapToLong(CheckRecord::samples).sum();
    }

    /** Samples over all checks of a claim, for people; a dash when there is no check. */
    public static String samplesOf(ClaimRecord claim) {
        return claim.checks().isEmpty() ? DisplayNumber.MISSING : DisplayNumber.count(sampleCount(claim));
    }

    /** A claim's wrong variants, by check. */
    public static Map<String, List<FalsifierRecord>> falsifiersByCheck(ClaimRecord claim) {
        return claim.falsifiers().stream()
                .collect(Collectors.groupingBy(FalsifierRecord::part, LinkedHashMap::new, Collectors.toList()));
    }

    /** The least slack over the checks of a claim, or null. */
    public static @Nullable Double slackOf(ClaimRecord claim) {
        Double least = null;
        for (CheckRecord check : claim.checks()) {
            Double slack = check.slack();
            if (slack != null && (least == null || slack < least)) {
                least = slack;
            }
        }
        return least;
    }
}
