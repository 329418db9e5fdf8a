package org.lemmalab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.Figure;
import org.lemmalab.claim.Figure.Axis;
import org.lemmalab.claim.Figure.Series;
import org.lemmalab.claim.Figure.Style;
import org.lemmalab.claim.Kind;
import org.lemmalab.stats.Decision.Rung;

/** The plot of a ladder: each rung's mean, with what lies between its low and its high end, against the size. */
final class LadderFigure {

    private LadderFigure() {}

    static Figure of(String name, ClaimRecord claim, CheckRecord check) {
        List<Rung> rungs = check.rungs();
        double[] sizes = rungs.stream().mapToDouble(Rung::size).toArray();
        double[] means = rungs.stream().mapToDouble(Rung::mean).toArray();
        double[] lows = rungs.stream().mapToDouble(Rung::low).toArray();
        double[] highs = rungs.stream().mapToDouble(Rung::high).toArray();
        boolean logarithmicSizes = DoubleStream.of(sizes).allMatch(size -> size > 0);
        boolean logarithmic = claim.kind() == Kind.RATE
                && logarithmicSizes
                && DoubleStream.of(means).allMatch(mean -> mean > 0);
        List<Series> series = new ArrayList<>();
        series.add(new Series("measured: mean, low to high", Style.POINTS, sizes, means, lows, highs));
        Double claimed = check.claimed();
        if (claimed != null && Double.isFinite(claimed)) {
            if (claim.kind() == Kind.LIMIT) {
                double[] limit = DoubleStream.of(sizes).map(size -> claimed).toArray();
                series.add(dashed("claimed limit " + DisplayNumber.of(claimed), sizes, limit));
            } else if (logarithmic && isExponent(check.observed(), sizes, means)) {
                series.add(dashed("slope " + DisplayNumber.of(claimed), sizes, power(claimed, sizes, means)));
            }
        }
        return new Figure(
                name, check.part(), "", new Axis("size", logarithmicSizes), new Axis("mean", logarithmic), series);
    }

    /** Whether an observed value is the ladder's exponent, that is near its secant's (and not, say, a limit). */
    private static boolean isExponent(@Nullable Double observed, double[] sizes, double[] means) {
        int last = sizes.length - 1;
        double secant = Math.log(means[last] / means[0]) / Math.log(sizes[last] / sizes[0]);
        return observed != null && Math.abs(observed - secant) < 0.25;
    }

    /** The power law with this exponent through the geometric centre of the points. */
    private static double[] power(double exponent, double[] sizes, double[] means) {
        double centre = 0;
        for (int i = 0; i < sizes.length; i++) {
            centre += (Math.log(means[i]) - exponent * Math.log(sizes[i])) / sizes.length;
        }
        double intercept = centre;
        return DoubleStream.of(sizes)
                .map(size -> Math.exp(intercept + exponent * Math.log(size)))
                .toArray();
    }

    private static Series dashed(String label, double[] x, double[] y) {
        return new Series(label, Style.DASHED, x, y, new double[0], new double[0]);
    }
}
