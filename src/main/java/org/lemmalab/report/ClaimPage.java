package org.lemmalab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.Figure;
import org.lemmalab.stats.Decision;

/**
 * What the page of one claim shows.
 *
 * @param claim the claim
 * @param previous the claim before it, or null for the first
 * @param next the claim after it, or null for the last
 * @param source its property as it stands in its file
 * @param related ids of claims that it uses or that use it
 */
public record ClaimPage(
        ClaimRecord claim,
        @Nullable ClaimRecord previous,
        @Nullable ClaimRecord next,
        ClaimSource source,
        List<String> related) {

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

    /** A picture of the evidence and what it shows, in words. */
    public record Picture(Figure figure, String alt) {}

    /** How the evidence of each sampled check grew, its confidence sequence, and the slacks of the instances when there are several. */
    public List<Picture> evidence() {
        List<Picture> pictures = new ArrayList<>();
        List<CheckRecord> checks = claim.checks();
        for (int k = 0; k < checks.size(); k++) {
            CheckRecord check = checks.get(k);
            if (!check.path().looks().isEmpty()) {
                String name = claim.id() + ".check" + (k + 1);
                Decision.Look last =
                        check.path().looks().get(check.path().looks().size() - 1);
                pictures.add(new Picture(
                        EvidenceFigure.growth(name + "-evidence", check),
                        "evidence against samples: after " + DisplayNumber.count(last.samples())
                                + " samples 10 to the " + DisplayNumber.of(last.log10For())
                                + " for the claim and 10 to the "
                                + DisplayNumber.of(last.log10Against()) + " against it"));
                pictures.add(new Picture(
                        EvidenceFigure.interval(name + "-interval", check),
                        "confidence sequence against samples: at the end the mean is "
                                + DisplayNumber.of(last.mean()) + " in "
                                + DisplayNumber.interval(last.low(), last.high())));
            }
        }
        double[] slacks = SlackFigure.slacks(claim);
        if (slacks.length >= SlackFigure.FEWEST) {
            pictures.add(new Picture(
                    SlackFigure.of(claim.id() + ".slack", claim),
                    "histogram of " + DisplayNumber.count(slacks.length) + " slacks, the least "
                            + DisplayNumber.of(Arrays.stream(slacks).min().orElseThrow()) + ", the median "
                            + DisplayNumber.of(Arrays.stream(slacks).sorted().toArray()[slacks.length / 2])));
        }
        return pictures;
    }

    /** File name, without ending, of the plot of the k-th ladder, from 0 on. */
    public String ladderName(int k) {
        return claim.id() + ".ladder" + (k + 1);
    }
}
