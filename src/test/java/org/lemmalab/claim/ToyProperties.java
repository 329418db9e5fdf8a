package org.lemmalab.claim;

import java.io.UncheckedIOException;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.constraints.IntRange;
import org.lemmalab.stats.Comparison;

/** Claims about small integers and coins, with every fate that a claim can have. */
class ToyProperties {
    private static final String EXACT = "integers are exact";

    @Claim(id = "T.holds", statement = "n \\le 100")
    void holds(@ForAll @IntRange(min = 0, max = 100) int n, ClaimRun run) {
        run.covers(n % 2 == 0 ? "even" : "odd").note("numbers are small");
        atMost(run, n, 100).falsifiedBy("90 for 100", 90);
    }

    @Claim(id = "T.refuted", statement = "n \\le 70")
    void isRefutedAboveSeventy(@ForAll @IntRange(min = 0, max = 100) int n, ClaimRun run) {
        atMost(run, n, 70).falsifiedBy("60 for 70", 60);
    }

    @Claim(id = "T.no-falsifier", statement = "n \\le 100")
    void hasNoFalsifier(@ForAll @IntRange(min = 0, max = 100) int n, ClaimRun run) {
        atMost(run, n, 100);
    }

    @Claim(id = "T.surviving-falsifier", statement = "n \\le 100")
    void keepsItsFalsifier(@ForAll @IntRange(min = 0, max = 100) int n, ClaimRun run) {
        atMost(run, n, 100).falsifiedBy("110 for 100", 110);
    }

    @Claim(id = "T.throwing-falsifier", statement = "n \\le 100")
    void throwsInItsFalsifier(@ForAll @IntRange(min = 0, max = 100) int n, ClaimRun run) {
        run.check("bound", 100, (bound, lab) -> Comparison.atMost(n, 10_000 / bound, 0, EXACT))
                .falsifiedBy("0 for 100", 0);
    }

    @Claim(id = "T.throws", statement = "")
    void throwsAnException(@ForAll @IntRange(min = 0, max = 100) int n, ClaimRun run) {
        throw new IllegalStateException("no such thing as " + n);
    }

    @Claim(id = "T.out-of-memory", statement = "")
    void runsOutOfMemory(ClaimRun run) {
        throw new OutOfMemoryError("pretended");
    }

    @Claim(id = "T.no-data", statement = "")
    void missesItsData(ClaimRun run) {
        throw new UncheckedIOException("digits.gz is not there", new java.io.IOException());
    }

    @Claim(id = "T.nan", statement = "")
    void comesToNaN(ClaimRun run) {
        run.check("number", Double.NaN, (x, lab) -> Comparison.atMost(x, 1, 0, EXACT))
                .falsifiedBy("two", 2.0);
    }

    @Claim(id = "T.coin", statement = "P(\\text{heads}) \\le 1/2")
    void coinIsFair(@ForAll @IntRange(min = 1, max = 3) int coin, ClaimRun run) {
        run.check("heads", 0.5, (p, lab) -> lab.failsAtMost(p, p + 0.1, s -> s.uniform() < 0.5))
                .falsifiedBy("0.4 for 0.5", 0.4);
    }

    @Claim(id = "T.biased-coin", statement = "P(\\text{heads}) \\le 1/2")
    void coinIsBiased(ClaimRun run) {
        run.check("heads", 0.5, (p, lab) -> lab.failsAtMost(p, p + 0.1, s -> s.uniform() < 0.6))
                .falsifiedBy("0.4 for 0.5", 0.4);
    }

    @Claim(id = "T.coin-lost", statement = "")
    void coinIsLost(ClaimRun run) {
        run.check(
                        "heads",
                        0.5,
                        (p, lab) -> lab.failsAtMost(p, p + 0.1, s -> {
                            throw new IllegalStateException("lost");
                        }))
                .falsifiedBy("0.4 for 0.5", 0.4);
    }

    @Claim(id = "T.erratum", statement = "n \\le 50", correction = "n \\le 100")
    void printedFormIsRefuted(@ForAll @IntRange(min = 0, max = 100) int n, ClaimRun run) {
        atMost(run, n, 100).printedAs("50", 50);
    }

    @Claim(id = "T.discards", statement = "n \\le 100")
    void discardsSomeInstances(@ForAll @IntRange(min = 0, max = 100) int n, ClaimRun run) {
        Assume.that(n != 50);
        atMost(run, n, 100).falsifiedBy("90 for 100", 90);
    }

    @Claim(id = "T.not-selected", statement = "")
    void isNotSelected(ClaimRun run) {
        throw new IllegalStateException("must not run");
    }

    private static Check<Integer> atMost(ClaimRun run, int n, int bound) {
        return run.check("bound", bound, (b, lab) -> Comparison.atMost(n, b, 0, EXACT));
    }
}
