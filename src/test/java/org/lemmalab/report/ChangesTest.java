package org.lemmalab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.Kind;
import org.lemmalab.claim.RunRecord;
import org.lemmalab.claim.Verdict;

class ChangesTest {

    @TempDir
    Path folder;

    @Test
    void ofTheSameRunAreNone() throws IOException {
        Changes changes = Changes.since(baseline(SampleReport.claims()), SampleReport.RUN, SampleReport.claims());
        assertThat(changes.none()).isTrue();
        assertThat(changes.times()).isEmpty();
    }

    @Test
    void areFoundByKind() throws IOException {
        List<ClaimRecord> before = List.of(
                claim("A19.a")
                        .check(SampleReport.sampled("p", Verdict.SUPPORTED, ""))
                        .build(),
                claim("A19.b")
                        .check(SampleReport.exact("q", Verdict.SUPPORTED, null))
                        .build(),
                claim("A19.gone")
                        .check(SampleReport.exact("q", Verdict.SUPPORTED, null))
                        .build());
        String moved = ReportJson.of(SampleReport.RUN, before)
                .replace("\"low\" : 0.2451", "\"low\" : 0.1")
                .replace("\"high\" : 0.2553", "\"high\" : 0.2")
                .replaceFirst("\"seconds\" : 1.25", "\"seconds\" : 12.5");
        List<ClaimRecord> now = List.of(
                before.get(0),
                claim("A19.b")
                        .check(SampleReport.exact("q", Verdict.REFUTED, "n = 1"))
                        .build(),
                claim("A19.new")
                        .check(SampleReport.exact("q", Verdict.SUPPORTED, null))
                        .build());
        Changes changes = Changes.since(Baseline.read(write(moved)), SampleReport.RUN, now);
        assertThat(changes.verdicts()).containsExactly(new Changes.Row("A19.b", "", "supported", "refuted"));
        assertThat(changes.moved()).extracting(Changes.Row::claim).containsExactly("A19.a", "A19.b");
        assertThat(changes.moved().get(0).before()).isEqualTo("0.2502 [0.1, 0.2]");
        assertThat(changes.added()).extracting(Changes.Row::claim).containsExactly("A19.new");
        assertThat(changes.gone()).extracting(Changes.Row::claim).containsExactly("A19.gone");
        assertThat(changes.times()).containsExactly(new Changes.Row("A19.a", "", "12.5 s", "1.25 s"));
        assertThat(ReportSummary.markdown(SampleReport.RUN, now, changes))
                .contains(
                        "1 other verdicts, 2 values moved, 1 new claims, 1 gone",
                        "**A19.b** was supported, is refuted");
    }

    @Test
    void ofASelectionAreNotGone() throws IOException {
        RunRecord run = SampleReport.RUN;
        RunRecord selected = new RunRecord(
                run.profile(),
                run.seed(),
                "A19.eq14",
                run.commit(),
                run.jdk(),
                run.backend(),
                run.backendNote(),
                run.alphaSpent(),
                run.complete(),
                run.catalogue(),
                run.seconds(),
                run.startedAt(),
                run.machine());
        List<ClaimRecord> one = SampleReport.claims().subList(0, 1);
        assertThat(Changes.since(baseline(SampleReport.claims()), selected, one).gone())
                .isEmpty();
        assertThat(Changes.since(baseline(SampleReport.claims()), run, one).gone())
                .isNotEmpty();
    }

    @Test
    void needAReport() throws IOException {
        Path missing = folder.resolve("nowhere.json");
        assertThatThrownBy(() -> Baseline.read(missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("-Dbaseline=" + missing + " is not allowed: cannot be read: NoSuchFile");
        assertThatThrownBy(() -> Baseline.read(write("{\"schema\": \"other\"}")))
                .hasMessageContaining("its schema is 'other'");
        assertThatThrownBy(() -> Baseline.read(write("no json"))).hasMessageContaining("cannot be read: JsonParse");
    }

    private static SampleReport.Builder claim(String id) {
        return new SampleReport.Builder(id, "t", "p", Kind.IDENTITY);
    }

    private Baseline baseline(List<ClaimRecord> claims) throws IOException {
        return Baseline.read(write(ReportJson.of(SampleReport.RUN, claims)));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("claims.json"), text);
    }
}
