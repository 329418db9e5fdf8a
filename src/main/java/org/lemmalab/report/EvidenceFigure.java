package org.lemmalab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.Figure;
import org.lemmalab.claim.Figure.Axis;
import org.lemmalab.claim.Figure.Series;
import org.lemmalab.claim.Figure.Style;
import org.lemmalab.stats.Decision.Look;
import org.lemmalab.stats.Decision.Path;

/** The plots of a sequential decision: how the evidence grew, and how the confidence sequence closed. */
final class EvidenceFigure {
    private static final Axis SAMPLES = new Axis("samples", true);

    private EvidenceFigure() {}

    /** Evidence against the claim, and for it: against violations by the margin; with the lines at which each decides. Cut off far below 0. */
    static Figure growth(String name, CheckRecord check) {
        Path path = check.path();
        double floor = -Math.max(path.refutes(), path.supports());
        List<Series> series = new ArrayList<>();
        series.add(line("for the claim", path, look -> Math.max(floor, look.log10For())));
        series.add(line("against the claim", path, look -> Math.max(floor, look.log10Against())));
        if (path.refutes() == path.supports()) {
            series.add(level("decides", path, path.supports()));
        } else {
            series.add(level("supports", path, path.supports()));
            series.add(level("refutes", path, path.refutes()));
        }
        return new Figure(name, check.part(), "", SAMPLES, new Axis("log10 of the evidence", false), series);
    }

    /** The mean with its confidence sequence, and what is claimed. */
    static Figure interval(String name, CheckRecord check) {
        Path path = check.path();
        List<Series> series = new ArrayList<>();
        series.add(new Series(
                "mean, confidence sequence",
                Style.POINTS,
                of(path, Look::samples),
                of(path, Look::mean),
                of(path, Look::low),
                of(path, Look::high)));
        if (check.claimed() != null) {
            series.add(level("claimed", path, check.claimed()));
        }
        return new Figure(name, check.part(), "", SAMPLES, new Axis("mean", false), series);
    }

    private static Series line(String label, Path path, ToDoubleFunction<Look> value) {
        return Series.line(label, of(path, Look::samples), of(path, value));
    }

    /** A horizontal line over all looks. */
    private static Series level(String label, Path path, double value) {
        List<Look> looks = path.looks();
        double[] ends = {looks.get(0).samples(), looks.get(looks.size() - 1).samples()};
        return new Series(label, Style.DASHED, ends, new double[] {value, value}, new double[0], new double[0]);
    }

    private static double[] of(Path path, ToDoubleFunction<Look> value) {
        return path.looks().stream().mapToDouble(value).toArray();
    }
}
