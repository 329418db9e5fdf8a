package org.lemmalab.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.RunRecord;

/** Writes the report of a run: {@code claims.json}, {@code summary.md} and the pages that start at {@code index.html}. */
public final class ReportWriter {

    private ReportWriter() {}

    /**
     * Writes or replaces the report. Files are moved into place one by one and atomically; pages and figures of an earlier run
     * that are not part of this one are removed, any other file in the folder (such as its README) stays.
     *
     * @param run settings and balance of the run
     * @param claims in the order of the report
     * @param reports the folder, made if need be
     * @throws UncheckedIOException with one line that names the folder when it cannot be written
     * @throws IllegalArgumentException when an id or a figure's name is not usable as a file name
     */
    public static void write(RunRecord run, List<ClaimRecord> claims, Path reports) {
        write(run, claims, null, reports);
    }

    /** The same with a page of what changed since an earlier run, if there is one to compare with. */
    public static void write(RunRecord run, List<ClaimRecord> claims, @Nullable Baseline baseline, Path reports) {
        Changes changes = Changes.since(baseline, run, claims);
        Path folder = reports.toAbsolutePath().normalize();
        try (Staging staging = new Staging(folder)) {
            ReportSite site = new ReportSite(new Digest(run, claims), changes, staging);
            site.write();
            staging.write("claims.json", ReportJson.of(run, claims));
            staging.write("summary.md", ReportSummary.markdown(run, claims, changes));
            site.writeIndex();
            staging.publish(List.of("claims", "figures", "assets/katex/fonts", "assets/prism"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report to " + folder + ": " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        String kind = e.getClass().getSimpleName().replaceAll("Exception$", "");
        return kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT) + ": " + e.getMessage();
    }
}
