package org.lemmalab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.Figure;
import org.lemmalab.claim.Figure.Axis;
import org.lemmalab.claim.Figure.Series;
import org.lemmalab.claim.Figure.Style;

/** The histogram of the slacks of a claim's instances, stacked by check. */
final class SlackFigure {
    /** Fewer slacks are no distribution. */
    static final int FEWEST = 5;

    private static final int BINS = 24;

    private SlackFigure() {}

    /** Positive slacks of all checks, which can be shown on a logarithmic axis. */
    static double[] slacks(ClaimRecord claim) {
        return claim.checks().stream()
                .flatMap(check -> check.slacks().stream())
                .mapToDouble(Double::doubleValue)
                .filter(slack -> slack > 0)
                .toArray();
    }

    static Figure of(String name, ClaimRecord claim) {
        double[] all = slacks(claim);
        double low = Math.log(Arrays.stream(all).min().orElse(1));
        double width = Math.max(0.05, (Math.log(Arrays.stream(all).max().orElse(1)) - low) / BINS);
        double[] centres = new double[BINS + 1];
        Arrays.setAll(centres, bin -> Math.exp(low + (bin + 0.5) * width));
        List<Series> series = new ArrayList<>();
        for (CheckRecord check : claim.checks()) {
            double[] counts = new double[BINS + 1];
            check.slacks().stream()
                    .filter(slack -> slack > 0)
                    .forEach(slack -> counts[(int) ((Math.log(slack) - low) / width)]++);
            if (Arrays.stream(counts).sum() > 0) {
                series.add(bars(check.part(), centres, counts, series.isEmpty()));
            }
        }
        return new Figure(
                name,
                "Slack of the instances",
                "",
                new Axis("slack: how many times the tolerance or bound exceeds what was seen", true),
                new Axis("instances", false),
                series);
    }

    /** The bars that are not empty; of the first series all, as the plotter takes the bars' width from the least gap. */
    private static Series bars(String label, double[] centres, double[] counts, boolean all) {
        int[] shown = IntStream.range(0, counts.length)
                .filter(bin -> all || counts[bin] > 0)
                .toArray();
        double[] x = Arrays.stream(shown).mapToDouble(bin -> centres[bin]).toArray();
        double[] y = Arrays.stream(shown).mapToDouble(bin -> counts[bin]).toArray();
        return new Series(label, Style.BARS, x, y, new double[0], new double[0]);
    }
}
