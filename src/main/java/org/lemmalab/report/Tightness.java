package org.lemmalab.report;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.Kind;

/**
 * How near a check of a bound came to it.
 *
 * @param claim a claim that states a bound
 * @param check one of its checks
 * @param nearest the least ratio of bound to observation over the instances
 * @param median their median
 */
public record Tightness(ClaimRecord claim, CheckRecord check, double nearest, double median) {
    private static final Set<Kind> BOUNDS = Set.of(Kind.INEQUALITY, Kind.PROBABILITY, Kind.ALGORITHM, Kind.EXISTENCE);

    /** The checks of bounds in a run, the sharpest first. */
    public static List<Tightness> of(Digest digest) {
        return digest.claims().stream()
                .filter(claim -> BOUNDS.contains(claim.kind()))
                .flatMap(claim -> claim.checks().stream()
                        .filter(check -> !check.slacks().isEmpty())
                        .map(check -> of(claim, check)))
                .sorted(Comparator.comparingDouble(Tightness::nearest))
                .toList();
    }

    private static Tightness of(ClaimRecord claim, CheckRecord check) {
        List<Double> sorted = check.slacks().stream().sorted().toList();
        return new Tightness(claim, check, sorted.get(0), sorted.get(sorted.size() / 2));
    }

    /** The same in words. */
    public String words() {
        return nearest < 1.05
                ? "attained"
                : nearest < 2 ? "sharp up to a factor 2" : nearest < 10 ? "loose" : "very loose";
    }
}
