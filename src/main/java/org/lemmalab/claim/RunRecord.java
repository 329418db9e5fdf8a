package org.lemmalab.claim;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings and the balance of a run: {@code run} in {@code reports/claims.json}.
 *
 * @param profile quick, standard or deep
 * @param seed master seed, hexadecimal
 * @param selection the terms of {@code -Dclaims}, or empty
 * @param commit the checkout's commit, or unknown
 * @param jdk version of the Java runtime
 * @param backend openblas or ejml, which did the linear algebra
 * @param backendNote why the fallback is in use, if it is
 * @param alphaSpent sum of the error rates of all decisions, both sides
 * @param complete whether every selected claim was carried out
 * @param catalogue per paper: entries in its catalogue and how many of them are in this report
 * @param seconds wall time
 * @param startedAt ISO instant
 * @param machine processor, cores and threads used
 */
public record RunRecord(
        String profile,
        String seed,
        String selection,
        String commit,
        String jdk,
        String backend,
        @Nullable String backendNote,
        double alphaSpent,
        boolean complete,
        Map<String, Coverage> catalogue,
        double seconds,
        String startedAt,
        String machine) {

    /** How much of a paper's catalogue the suite covers: entries, those with a property, those that are context. */
    public record Coverage(int entries, int withProperty, int context) {}
}
