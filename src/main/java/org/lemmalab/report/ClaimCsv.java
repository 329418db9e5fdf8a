package org.lemmalab.report;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.ClaimRecord.FalsifierRecord;

/** The numbers of a claim as comma-separated values: one line per check and per wrong variant, empty cells for what does not apply. */
final class ClaimCsv {
    private static final String HEAD =
            "claim,check,variant,verdict,observed,claimed,slack,low,high,log10E,samples,invalid,instances,detectable,alpha\n";

    private ClaimCsv() {}

    static String of(ClaimRecord claim) {
        StringBuilder text = new StringBuilder(HEAD);
        for (CheckRecord c : claim.checks()) {
            text.append(line(
                    claim.id(),
                    c.part(),
                    "",
                    c.verdict(),
                    c.observed(),
                    c.claimed(),
                    c.slack(),
                    c.low(),
                    c.high(),
                    c.log10E(),
                    c.samples(),
                    c.invalid(),
                    c.instances(),
                    c.detectable(),
                    c.alpha()));
        }
        for (FalsifierRecord f : claim.falsifiers()) {
            text.append(line(
                    claim.id(),
                    f.part(),
                    f.name(),
                    f.verdict(),
                    f.observed(),
                    f.claimed(),
                    null,
                    null,
                    null,
                    f.log10E(),
                    f.samples(),
                    null,
                    f.instances(),
                    null,
                    null));
        }
        return text.toString();
    }

    private static String line(@Nullable Object... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell == null ? "" : FigureCsv.quoted(cell.toString()))
                .collect(Collectors.joining(",", "", "\n"));
    }
}
