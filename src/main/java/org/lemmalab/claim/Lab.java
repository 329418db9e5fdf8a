package org.lemmalab.claim;

import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Proportion;
import org.lemmalab.stats.Terms;

/**
 * What one decision may use: its share of the error budget, its trial budget, and its own random stream. Trial number i always
 * draws from the i-th child of the stream, whatever thread runs it.
 *
 * @param stream of this claim, instance and part; the same for every form
 * @param terms error rate per side, trials, threads
 */
public record Lab(RandomStream stream, Terms terms) {
    /** Decides 'the event {@code failure} has probability at most {@code delta}' against 'at least {@code margin}'. */
    public Decision failsAtMost(double delta, double margin, Predicate<RandomStream> failure) {
        return Proportion.atMost(delta)
                .margin(margin)
                .decide(index -> failure.test(stream.trial(index)) ? 1 : 0, terms);
    }

    /** The same against twice the allowed probability. */
    public Decision failsAtMost(double delta, Predicate<RandomStream> failure) {
        return failsAtMost(delta, 2 * delta, failure);
    }

    /** Decides 'the mean is {@code target}' against 'it is off by {@code within} or more', under the named assumption. */
    public Decision meanEquals(
            double target, double within, Assumption assumption, ToDoubleFunction<RandomStream> trial) {
        return Mean.equalTo(target, within, assumption)
                .decide(index -> trial.applyAsDouble(stream.trial(index)), terms);
    }

    /** Decides 'the mean is at most {@code bound}' against 'it exceeds it by {@code margin}', under the named assumption. */
    public Decision meanAtMost(
            double bound, double margin, Assumption assumption, ToDoubleFunction<RandomStream> trial) {
        return Mean.atMost(bound, margin, assumption).decide(index -> trial.applyAsDouble(stream.trial(index)), terms);
    }
}
