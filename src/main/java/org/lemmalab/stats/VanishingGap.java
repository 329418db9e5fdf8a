package org.lemmalab.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.lemmalab.stats.Assumption.Bounded;

/**
 * Decides 'the mean gap between a finite-size value and its limit vanishes like {@code size^-g}', by Richardson's extrapolation from the first
 * and the last rung of a ladder:
 *
 * <pre>{@code
 * R = (q X_last - X_first) / (q - 1),   q = (last / first)^g
 * }</pre>
 *
 * A gap {@code a size^-g} cancels, whatever a is; what stays is of higher order. {@code |E R| <= tolerance} is claimed, against more by
 * {@code margin}, so a formula that is off by {@code tolerance + margin} at all sizes is refuted however fast its gap falls otherwise. Gaps are
 * clipped to {@code [-clip, clip]}, which makes R bounded. The rungs between are shown only. {@link Limit} estimates its own bias and needs some
 * ten times the repetitions.
 */
public final class VanishingGap {
    private final double factor;
    private final double tolerance;
    private final double margin;
    private final double clip;
    private final double[] sizes;

    /**
     * The claim for these sizes.
     *
     * @param order {@code g > 0}
     * @param tolerance what the corrections of higher order may leave of the extrapolated gap, positive
     * @param margin what is told apart beyond it, positive
     * @param clip largest modulus of a gap, above {@code tolerance + margin}
     * @param sizes at least two, increasing
     * @throws IllegalArgumentException when an argument is not as said
     */
    public VanishingGap(double order, double tolerance, double margin, double clip, double... sizes) {
        this.sizes = Check.sizes(sizes, 2);
        this.factor = Math.pow(sizes[sizes.length - 1] / sizes[0], Check.positive("order", order));
        this.tolerance = Check.positive("tolerance", tolerance);
        this.margin = Check.positive("margin", margin);
        this.clip = Check.positive("clip", clip);
        if (!(clip > tolerance + margin)) {
            throw new IllegalArgumentException("clip = " + clip + ": must be above " + (tolerance + margin));
        }
    }

    /**
     * Decides by repetitions of the whole ladder: the gaps at all sizes.
     *
     * @throws DesignException when gaps that are all zero could not be supported within the budget
     */
    public Decision decide(LadderTrial gaps, Terms terms) {
        double reach = clip * (factor + 1) / (factor - 1);
        ConcurrentMap<Long, double[]> seen = new ConcurrentHashMap<>();
        Decision decision = Mean.near(0, tolerance, margin, new Bounded(-reach, reach))
                .decide(
                        index -> {
                            double[] values = gaps.at(index).clone();
                            for (int j = 0; j < values.length; j++) {
                                values[j] = Math.max(-clip, Math.min(clip, values[j]));
                            }
                            seen.put(index, values);
                            return (factor * values[values.length - 1] - values[0]) / (factor - 1);
                        },
                        terms);
        return decision.withRungs(rungs(seen, decision.samples(), terms.alpha()));
    }

    private List<Decision.Rung> rungs(ConcurrentMap<Long, double[]> seen, long samples, double alpha) {
        List<Decision.Rung> rungs = new ArrayList<>();
        for (int j = 0; j < sizes.length; j++) {
            ConfidenceSequence sequence = ConfidenceSequence.bounded(-clip, clip, alpha);
            for (long i = 0; i < samples; i++) {
                double[] values = seen.get(i);
                if (values == null || Double.isNaN(values[j])) {
                    sequence.addInvalid();
                } else {
                    sequence.add(values[j]);
                }
            }
            Interval interval = sequence.interval();
            rungs.add(new Decision.Rung(sizes[j], interval.low(), sequence.mean(), interval.high()));
        }
        return rungs;
    }
}
