package org.lemmalab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.Kind;
import org.lemmalab.claim.Verdict;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Decision.Rung;

class ReportJsonTest {

    @Test
    void hasTheFieldsOfTheSchemaInTheirOrder() throws IOException {
        JsonNode root = tree(SampleReport.claims());
        assertThat(root.get("schema").textValue()).isEqualTo("lemmalab-report/1");
        assertThat(names(root.get("run")))
                .containsExactly(
                        "profile",
                        "seed",
                        "selection",
                        "commit",
                        "jdk",
                        "backend",
                        "backendNote",
                        "alphaSpent",
                        "complete",
                        "catalogue",
                        "seconds",
                        "startedAt",
                        "machine");
        JsonNode claim = root.get("claims").get(0);
        assertThat(names(claim))
                .containsExactly(
                        "id",
                        "paper",
                        "title",
                        "printedAs",
                        "kind",
                        "statement",
                        "hypotheses",
                        "correction",
                        "derivation",
                        "verdict",
                        "erratum",
                        "reason",
                        "checks",
                        "falsifiers",
                        "instances",
                        "sizes",
                        "notes",
                        "figures",
                        "source",
                        "seconds",
                        "reproduce");
        assertThat(names(claim.get("checks").get(0)))
                .containsExactly(
                        "part",
                        "verdict",
                        "observed",
                        "claimed",
                        "slack",
                        "low",
                        "high",
                        "log10E",
                        "samples",
                        "invalid",
                        "instances",
                        "detectable",
                        "assumptions",
                        "tolerance",
                        "alpha",
                        "rungs",
                        "path",
                        "slacks",
                        "detail",
                        "counterexample");
        assertThat(names(claim.get("falsifiers").get(0)))
                .containsExactly(
                        "part",
                        "name",
                        "printedForm",
                        "verdict",
                        "observed",
                        "claimed",
                        "log10E",
                        "samples",
                        "instances",
                        "counterexample");
    }

    @Test
    void hasTheValuesOfTheRecords() throws IOException {
        JsonNode claim = tree(SampleReport.claims()).get("claims").get(0);
        JsonNode check = claim.get("checks").get(0);
        assertThat(claim.get("id").textValue()).isEqualTo("A19.kernel-closed");
        assertThat(claim.get("correction").isNull()).isTrue();
        assertThat(claim.get("instances").toString())
                .isEqualTo("{\"near parallel\":40,\"orthogonal\":60,\"random\":100}");
        assertThat(check.get("observed").doubleValue()).isEqualTo(0.2502);
        assertThat(check.get("samples").longValue()).isEqualTo(12345);
        assertThat(check.get("assumptions").toString()).isEqualTo("[\"values in [0,1]\"]");
        assertThat(ReportJson.of(SampleReport.RUN, SampleReport.claims())).contains("\"alpha\" : 1.0E-9");
        assertThat(tree(List.of(SampleReport.figure()))
                        .at("/claims/0/figures/0")
                        .textValue())
                .isEqualTo("figures/D20.fig1a.svg");
    }

    @Test
    void writesNullForWhatIsNotFinite() throws IOException {
        CheckRecord check = new CheckRecord(
                "part",
                Verdict.INCONCLUSIVE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0,
                3,
                1,
                Double.NaN,
                List.of(),
                "",
                Double.NaN,
                List.of(new Rung(8, Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY)),
                Decision.Path.NONE,
                List.of(),
                "NaN",
                null);
        ClaimRecord claim = new SampleReport.Builder("A19.nan", "t", "p", Kind.LIMIT)
                .check(check)
                .build();
        String text = ReportJson.of(SampleReport.RUN, List.of(claim));
        assertThat(text).doesNotContain(": NaN", "Infinity", "\"NaN\",\n          \"verdict");
        assertThat(tree(List.of(claim)).at("/claims/0/checks/0/rungs/0").toString())
                .isEqualTo("{\"size\":8.0,\"low\":null,\"mean\":null,\"high\":null}");
        assertThat(tree(List.of(claim)).at("/claims/0/checks/0/observed").isNull())
                .isTrue();
    }

    private static JsonNode tree(List<ClaimRecord> claims) throws IOException {
        return new ObjectMapper().readTree(ReportJson.of(SampleReport.RUN, claims));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
