package org.lemmalab.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;

/**
 * What the page of one claim shows.
 *
 * @param claim the claim
 * @param previous the claim before it, or null for the first
 * @param next the claim after it, or null for the last
 */
public record ClaimPage(
        ClaimRecord claim,
        @Nullable ClaimRecord previous,
        @Nullable ClaimRecord next) {

    /** Families of instances and how often each was drawn, by name. */
    public Map<String, Integer> instances() {
        return new TreeMap<>(claim.instances());
    }

    /** Whether there is nothing to show. */
    public static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    /** Sizes by name, in one line. */
    public String sizes() {
        return new TreeMap<>(claim.sizes())
                .entrySet().stream()
                        .map(size -> size.getKey() + " = " + size.getValue())
                        .collect(Collectors.joining("; "));
    }

    /** Checks that climb a ladder of sizes. */
    public List<CheckRecord> ladders() {
        return claim.checks().stream().filter(check -> !check.rungs().isEmpty()).toList();
    }

    /** File name, without ending, of the plot of the k-th ladder, from 0 on. */
    public String ladderName(int k) {
        return claim.id() + ".ladder" + (k + 1);
    }
}
