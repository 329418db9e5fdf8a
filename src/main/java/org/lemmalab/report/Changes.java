package org.lemmalab.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.RunRecord;

/**
 * What a run has that an earlier one had not.
 *
 * @param baseline the earlier run; null when there is none to compare with, and then nothing has changed
 * @param verdicts claims with another verdict
 * @param moved checks whose interval has no point in common with the earlier one; without intervals, whose observed value differs
 * @param added claims that are new
 * @param gone claims that are no longer there
 * @param times claims that took more than twice as long or less than half, by a second or more
 */
public record Changes(
        @Nullable Baseline baseline,
        List<Row> verdicts,
        List<Row> moved,
        List<Row> added,
        List<Row> gone,
        List<Row> times) {
    private static final double FACTOR = 2;
    private static final double NOTICEABLE_SECONDS = 1;

    /** One line: the claim, and its check where it is about one, before and now. */
    public record Row(String claim, String check, String before, String now) {}

    /** Compares a run with an earlier one, if there is one. Claims that the run did not select are not gone. */
    public static Changes since(@Nullable Baseline baseline, RunRecord run, List<ClaimRecord> claims) {
        Changes changes = new Changes(
                baseline,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        if (baseline == null) {
            return changes;
        }
        Map<String, JsonNode> before = new LinkedHashMap<>(baseline.claims());
        for (ClaimRecord claim : claims) {
            JsonNode old = before.remove(claim.id());
            if (old == null) {
                changes.added.add(new Row(claim.id(), "", "", ReportSummary.words(claim.verdict())));
            } else {
                changes.compare(old, claim);
            }
        }
        if (run.selection().isBlank()) {
            before.forEach((id, old) -> changes.gone.add(new Row(id, "", verdict(old), "")));
        }
        return changes;
    }

    /** Whether nothing but times differs. */
    public boolean none() {
        return verdicts.isEmpty() && moved.isEmpty() && added.isEmpty() && gone.isEmpty();
    }

    /** What there is, by heading. */
    public Map<String, List<Row>> sections() {
        Map<String, List<Row>> sections = new LinkedHashMap<>();
        sections.put("Verdicts", verdicts);
        sections.put("Values that moved", moved);
        sections.put("New claims", added);
        sections.put("Claims that are gone", gone);
        sections.put("Times", times);
        return sections;
    }

    /** The counts in one line. */
    public String counts() {
        return verdicts.size() + " other verdicts, " + moved.size() + " values moved, " + added.size() + " new claims, "
                + gone.size() + " gone";
    }

    private void compare(JsonNode old, ClaimRecord claim) {
        if (!verdict(old).equals(ReportSummary.words(claim.verdict()))) {
            verdicts.add(new Row(claim.id(), "", verdict(old), ReportSummary.words(claim.verdict())));
        }
        for (CheckRecord check : claim.checks()) {
            for (JsonNode oldCheck : old.path("checks")) {
                if (oldCheck.path("part").asText().equals(check.part()) && hasMoved(oldCheck, check)) {
                    moved.add(new Row(claim.id(), check.part(), seen(oldCheck), seen(check)));
                }
            }
        }
        double seconds = old.path("seconds").asDouble(Double.NaN);
        double ratio = claim.seconds() / seconds;
        if (Math.abs(claim.seconds() - seconds) >= NOTICEABLE_SECONDS && (ratio > FACTOR || ratio < 1 / FACTOR)) {
            times.add(new Row(claim.id(), "", DisplayNumber.seconds(seconds), DisplayNumber.seconds(claim.seconds())));
        }
    }

    private static boolean hasMoved(JsonNode old, CheckRecord check) {
        Double low = number(old, "low");
        Double high = number(old, "high");
        if (low == null || high == null || check.low() == null || check.high() == null) {
            Double observed = number(old, "observed");
            return observed == null ? check.observed() != null : !observed.equals(check.observed());
        }
        return check.low() > high || check.high() < low;
    }

    private static String seen(JsonNode check) {
        return seen(number(check, "observed"), number(check, "low"), number(check, "high"));
    }

    private static String seen(CheckRecord check) {
        return seen(check.observed(), check.low(), check.high());
    }

    private static String seen(@Nullable Double observed, @Nullable Double low, @Nullable Double high) {
        String interval = DisplayNumber.interval(low, high);
        return DisplayNumber.of(observed) + (interval.equals(DisplayNumber.MISSING) ? "" : " " + interval);
    }

    private static @Nullable Double number(JsonNode check, String field) {
        return check.path(field).isNumber() ? check.path(field).asDouble() : null;
    }

    private static String verdict(JsonNode claim) {
        return claim.path("verdict").asText().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
