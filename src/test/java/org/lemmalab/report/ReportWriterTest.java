package org.lemmalab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.Kind;
import org.lemmalab.claim.Verdict;

class ReportWriterTest {

    private static final String NASTY = "<script>alert(1)</script> & \"quotes\" 'single' </td> ${x} @if $";

    @TempDir
    Path reports;

    @Test
    void writesOnePagePerClaimAndNothingTemporary() throws IOException {
        ReportWriter.write(SampleReport.RUN, SampleReport.claims(), reports);
        assertThat(reports)
                .isDirectoryContaining("glob:**/index.html")
                .isDirectoryContaining("glob:**/run.html")
                .isDirectoryContaining("glob:**/summary.md")
                .isDirectoryContaining("glob:**/claims.json");
        for (ClaimRecord claim : SampleReport.claims()) {
            assertThat(reports.resolve("claims/" + claim.id() + ".html")).exists();
        }
        assertThat(files()).noneMatch(name -> name.startsWith(".writing"));
        assertThat(reports.resolve("figures/D20.fig1a.csv"))
                .content()
                .startsWith("series,iteration k,relative loss,low,high\n\"measured, true labels\",0.0,1.0,0.9,1.1\n");
        assertThat(reports.resolve("assets/katex/fonts/KaTeX_Main-Regular.woff2"))
                .exists();
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        ReportWriter.write(SampleReport.RUN, SampleReport.claims(), reports);
        for (String name : files().filter(file -> file.endsWith(".html")).toList()) {
            Path page = reports.resolve(name);
            Matcher links = Pattern.compile("(?:href|src)=\"([^\"#]+)").matcher(Files.readString(page));
            while (links.find()) {
                assertThat(page.resolveSibling(links.group(1)).normalize())
                        .as(name)
                        .exists();
            }
        }
    }

    @Test
    void isTheSameTwice() throws IOException {
        ReportWriter.write(SampleReport.RUN, SampleReport.claims(), reports);
        Map<String, String> first = contents();
        ReportWriter.write(SampleReport.RUN, SampleReport.claims(), reports);
        assertThat(contents()).isEqualTo(first);
    }

    @Test
    void removesWhatAnEarlierRunLeftButNotTheReadme() throws IOException {
        Files.writeString(reports.resolve("README.md"), "kept");
        ReportWriter.write(SampleReport.RUN, SampleReport.claims(), reports);
        ReportWriter.write(SampleReport.RUN, List.of(SampleReport.kernel()), reports);
        assertThat(reports.resolve("README.md")).hasContent("kept");
        try (Stream<Path> pages = Files.list(reports.resolve("claims"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrder("A19.kernel-closed.csv", "A19.kernel-closed.html");
        }
        try (Stream<Path> figures = Files.list(reports.resolve("figures"))) {
            assertThat(figures.map(figure -> figure.getFileName().toString()))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("A19.kernel-closed."));
        }
    }

    @Test
    void everyPageShowsItsPart() throws IOException {
        Path earlier = Files.writeString(
                reports.resolve("earlier.json"), ReportJson.of(SampleReport.RUN, List.of(SampleReport.kernel())));
        ReportWriter.write(SampleReport.RUN, SampleReport.claims(), Baseline.read(earlier), reports);
        assertPage("index", "id=\"search\"", "class=\"strip\"", "data-erratum=\"yes\"", "claims/A19.lemC1.html");
        assertPage("figures", "figures/D20.fig1a.svg", "relative loss against iteration k");
        assertPage("errata", "\\htmlClass{differs}", "Both sides scale with", "rate as printed");
        assertPage("power", "exponent -1", "upper bound 2", "not refuted");
        assertPage("tightness", "<td>decay</td>", "very loose");
        assertPage("run", SampleReport.RUN.seed(), "1.25 s");
        assertPage("changes", "New claims", "earlier.json", "A19.lemC1");
        ReportWriter.write(SampleReport.RUN, SampleReport.claims(), reports);
        assertPage("changes", "not compared with an earlier one");
    }

    private void assertPage(String name, String... parts) {
        assertThat(reports.resolve(name + ".html")).content().contains(parts);
    }

    @Test
    void claimPageShowsTheEvidence() throws IOException {
        ReportWriter.write(SampleReport.RUN, SampleReport.claims(), reports);
        assertThat(reports.resolve("claims/A19.kernel-closed.html"))
                .content()
                .contains(
                        "Closed form of the ReLU Gram matrix",
                        "eq. (3)",
                        "\\mathbb E_w[x^\\top x'",
                        "12,345",
                        "[0.2451, 0.2553]",
                        "10<sup>12.3</sup>",
                        "8 n 2^-53 = 3.2e-14 at n = 36",
                        "pi in place of 2 pi",
                        "near parallel",
                        "mvn verify -Dclaims=A19.kernel-closed -Dseed=0x5eed",
                        "href=\"A19.eq14.html\"");
        assertThat(reports.resolve("claims/A19.eq14.html")).content().contains("Erratum", "printed form");
        assertThat(reports.resolve("claims/A19.lemC1.html")).content().contains("A19.lemC1.ladder1.svg", "4,096");
    }

    @Test
    void escapesEveryString() throws IOException {
        ClaimRecord claim = new SampleReport.Builder("A19.nasty", NASTY, NASTY, Kind.IDENTITY)
                .statement(NASTY)
                .hypotheses(NASTY)
                .correction(NASTY)
                .reason(NASTY)
                .check(SampleReport.exact(NASTY, Verdict.REFUTED, NASTY))
                .falsifier(NASTY, NASTY, true, Verdict.REFUTED, NASTY)
                .note(NASTY)
                .build();
        ReportWriter.write(SampleReport.RUN, List.of(claim), reports);
        for (String name : List.of("index.html", "claims/A19.nasty.html")) {
            assertThat(reports.resolve(name))
                    .content()
                    .doesNotContain("<script>alert")
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        }
        assertThat(reports.resolve("summary.md")).content().contains("\\<script\\>alert(1)\\</script\\>");
    }

    @Test
    void refusesAnIdThatIsNoFileName() {
        ClaimRecord claim = new SampleReport.Builder("A19.../../x", "t", "p", Kind.CONTEXT)
                .verdict(Verdict.CONTEXT)
                .build();
        assertThatThrownBy(() -> ReportWriter.write(SampleReport.RUN, List.of(claim), reports))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'A19.../../x'");
        assertThat(reports).isEmptyDirectory();
    }

    @Test
    void saysInOneLineWhenTheFolderCannotBeWritten() throws IOException {
        Path file = Files.writeString(reports.resolve("taken"), "a file");
        assertThatThrownBy(() -> ReportWriter.write(SampleReport.RUN, SampleReport.claims(), file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot write the report to " + file.toAbsolutePath() + ": file already exists: "
                        + file.toAbsolutePath());
    }

    @Test
    void writesFiveHundredClaimsInSecondsAndMegabytes() throws IOException {
        List<ClaimRecord> claims = IntStream.range(0, 500)
                .mapToObj(i -> new SampleReport.Builder("A19.claim" + i, "Claim " + i, "eq.", Kind.EXPECTATION)
                        .check(SampleReport.sampled("mean", Verdict.SUPPORTED, ""))
                        .check(
                                i % 20 == 0
                                        ? SampleReport.rate().checks().get(0)
                                        : SampleReport.exact("e", Verdict.SUPPORTED, null))
                        .falsifier("mean", "twice", false, Verdict.REFUTED, null)
                        .build())
                .toList();
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long before = process.getProcessCpuTime();
        ReportWriter.write(SampleReport.RUN, claims, reports);
        // ten seconds of two cores
        assertThat(Duration.ofNanos(process.getProcessCpuTime() - before)).isLessThan(Duration.ofSeconds(20));
        long bytes = 0;
        for (String name : files().toList()) {
            bytes += Files.size(reports.resolve(name));
        }
        assertThat(bytes).isLessThan(25_000_000);
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> tree = Files.walk(reports)) {
            return tree
                    .filter(Files::isRegularFile)
                    .map(path -> reports.relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String name : files().filter(file -> !file.startsWith("assets/")).toList()) {
            contents.put(name, Files.readString(reports.resolve(name)));
        }
        return contents;
    }
}
