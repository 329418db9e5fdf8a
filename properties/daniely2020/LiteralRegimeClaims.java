package daniely2020;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * From which dimension on there is a network and a sample that Theorem 1 speaks of.
 *
 * <h2>Source</h2>
 *
 * D20, hypotheses of Theorem 1: {@code log^4 d <= q}, {@code m <= d q / log^4 d}; orthonormal rows add {@code q <= d}.
 *
 * <h2>Statement</h2>
 *
 * Such {@code q} and {@code m >= 1} exist iff {@code log^4 d <= d}: with the natural logarithm for {@code d <= 4} and for {@code d >= 5504}, with
 * base 2 for {@code d <= 2} and {@code d >= 65536}, with base 10 always. At {@code d = 5504} only {@code q = d}, {@code m <= d} is left.
 *
 * <h2>Instances</h2>
 *
 * Every d to 10 000 (natural), 70 000 (base 2) and 100 000 (base 10).
 *
 * <h2>How it is checked</h2>
 *
 * The sizes are searched: q from the least allowed to d, and {@code m = 1}, as fewer examples are always allowed. No d of the natural or the
 * decimal range has {@code log^4 d} within 1e-4 of d, so rounding plays no part; powers of 2 have exact binary logarithms.
 *
 * <h2>Falsifiers</h2>
 *
 * Thresholds one off, non-empty from 1000 on, empty for all {@code d < 5504}; the third power of the logarithm.
 */
class LiteralRegimeClaims {
    private static final String EXACT = "none: integers";

    private static double binaryLog(int d) {
        return Integer.bitCount(d) == 1 ? Integer.numberOfTrailingZeros(d) : Math.log(d) / Math.log(2);
    }

    /** Whether some q allows m = 1; {@code m log^4 d <= d q} avoids a division by zero at d = 1. */
    private static boolean nonEmpty(int d, double log, int power) {
        double least = Math.pow(log, power);
        for (int q = (int) Math.max(1, Math.ceil(least)); q <= d; q++) {
            if (least <= (double) d * q) {
                return true;
            }
        }
        return false;
    }

    private static Decision compare(int last, DoubleUnaryOperator log, int power, IntPredicate claimed) {
        double[] found = new double[last];
        double[] expected = new double[last];
        for (int d = 1; d <= last; d++) {
            found[d - 1] = nonEmpty(d, log.applyAsDouble(d), power) ? 1 : 0;
            expected[d - 1] = claimed.test(d) ? 1 : 0;
        }
        return Comparison.equal(found, expected, 0, EXACT);
    }

    @Claim(
            id = "D20.set.regime",
            statement = "\\{(q, m): \\ln^4 d \\le q \\le d,\\ 1 \\le m \\le dq/\\ln^4 d\\} \\ne \\emptyset"
                    + " \\iff d \\le 4 \\text{ or } d \\ge 5504",
            hypotheses = "$q \\le d$, as the rows of $W$ are orthonormal")
    void theoremSpeaksFromFiveThousandFiveHundredAndFourDimensions(ClaimRun run) {
        run.covers("natural logarithm").covers("base 2").covers("base 10").covers("d = 1");
        run.note(
                "For d <= 4 the sizes are degenerate, ln d being 0 at d = 1; an asymptotic theorem says nothing about them.");
        IntPredicate natural = d -> d <= 4 || d >= 5504;
        run.check("natural logarithm", natural, (claimed, lab) -> compare(10_000, Math::log, 4, claimed))
                .falsifiedBy("from 5503", d -> d <= 4 || d >= 5503)
                .falsifiedBy("from 5505", d -> d <= 4 || d >= 5505)
                .falsifiedBy("from 1000", d -> d <= 4 || d >= 1000)
                .falsifiedBy("empty below 5504", d -> d >= 5504);
        IntPredicate binary = d -> d <= 2 || d >= 65_536;
        run.check("base 2", binary, (claimed, lab) -> compare(70_000, d -> binaryLog((int) d), 4, claimed))
                .falsifiedBy("not at 2^16", d -> d <= 2 || d > 65_536);
        run.check("base 10", 1, (least, lab) -> compare(100_000, Math::log10, 4, d -> d >= least))
                .falsifiedBy("not at d = 1", 2);
        run.check("the power of the logarithm", 4, (power, lab) -> compare(10_000, Math::log, power, natural))
                .falsifiedBy("ln^3 d", 3)
                .falsifiedBy("ln^5 d", 5);
        run.check("where ln^4 d = d", 4.0, (power, lab) -> {
                    BrentSolver solver = new BrentSolver(1e-12, 1e-10);
                    DoubleUnaryOperator f = d -> power * Math.log(Math.log(d)) - Math.log(d);
                    return Comparison.equal(
                            new double[] {
                                solver.solve(200, f::applyAsDouble, 2, 20), solver.solve(200, f::applyAsDouble, 60, 1e6)
                            },
                            new double[] {4.17707743900015762646, 5503.66468907672361808},
                            1e-8,
                            "f is right to 1e-15, its slope is above 1e-4/d");
                })
                .falsifiedBy("power 3.9", 3.9);
        run.check("sizes at d = 5504", new double[] {5504, 5504, 5504}, (form, lab) -> {
                    double least = Math.pow(Math.log(5504), 4);
                    return Comparison.equal(
                            new double[] {Math.ceil(least), 5504, Math.floor(5504.0 * 5504 / least)}, form, 0, EXACT);
                })
                .falsifiedBy("q from 5503", new double[] {5503, 5504, 5504})
                .falsifiedBy("one example more", new double[] {5504, 5504, 5505});
    }
}
