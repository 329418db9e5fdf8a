package org.lemmalab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.ClaimRecord.FalsifierRecord;
import org.lemmalab.claim.RunRecord;
import org.lemmalab.stats.Decision.Look;
import org.lemmalab.stats.Decision.Rung;

/**
 * The text of {@code claims.json}, schema {@value #SCHEMA}: everything a run found out, in a stable order.
 *
 * <p>Two runs of one seed differ only in the fields {@code seconds}, {@code startedAt} and {@code machine}. Numbers are
 * written by {@link Double#toString}; what is missing or not finite is null.
 */
final class ReportJson {

    static final String SCHEMA = "lemmalab-report/1";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReportJson() {}

    static String of(RunRecord run, List<ClaimRecord> claims) {
        ObjectNode root = NODES.objectNode().put("schema", SCHEMA);
        root.set("run", run(run));
        ArrayNode list = root.putArray("claims");
        claims.forEach(claim -> list.add(claim(claim)));
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT);
        try {
            return MAPPER.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the report's own tree is not valid JSON", e);
        }
    }

    private static ObjectNode run(RunRecord run) {
        ObjectNode node = NODES.objectNode()
                .put("profile", run.profile())
                .put("seed", run.seed())
                .put("selection", run.selection())
                .put("commit", run.commit())
                .put("jdk", run.jdk())
                .put("backend", run.backend())
                .put("backendNote", run.backendNote())
                .put("alphaSpent", finite(run.alphaSpent()))
                .put("complete", run.complete());
        ObjectNode catalogue = node.putObject("catalogue");
        new TreeMap<>(run.catalogue())
                .forEach((paper, coverage) -> catalogue
                        .putObject(paper)
                        .put("entries", coverage.entries())
                        .put("withProperty", coverage.withProperty())
                        .put("context", coverage.context()));
        return node.put("seconds", finite(run.seconds()))
                .put("startedAt", run.startedAt())
                .put("machine", run.machine());
    }

    private static ObjectNode claim(ClaimRecord claim) {
        ObjectNode node = NODES.objectNode()
                .put("id", claim.id())
                .put("paper", claim.paper())
                .put("title", claim.title())
                .put("printedAs", claim.printedAs())
                .put("kind", claim.kind().name())
                .put("statement", claim.statement())
                .put("hypotheses", claim.hypotheses())
                .put("correction", claim.correction())
                .put("derivation", claim.derivation())
                .put("verdict", claim.verdict().name())
                .put("erratum", claim.erratum())
                .put("reason", claim.reason());
        ArrayNode checks = node.putArray("checks");
        claim.checks().forEach(check -> checks.add(check(check)));
        ArrayNode falsifiers = node.putArray("falsifiers");
        claim.falsifiers().forEach(falsifier -> falsifiers.add(falsifier(falsifier)));
        ObjectNode instances = node.putObject("instances");
        new TreeMap<>(claim.instances()).forEach(instances::put);
        ObjectNode sizes = node.putObject("sizes");
        new TreeMap<String, String>(claim.sizes()).forEach(sizes::put);
        strings(node.putArray("notes"), claim.notes());
        strings(
                node.putArray("figures"),
                claim.figures().stream()
                        .map(figure -> "figures/" + figure.name() + ".svg")
                        .toList());
        return node.put("source", claim.source())
                .put("seconds", finite(claim.seconds()))
                .put("reproduce", claim.reproduce());
    }

    private static ObjectNode check(CheckRecord check) {
        ObjectNode node = NODES.objectNode()
                .put("part", check.part())
                .put("verdict", check.verdict().name())
                .put("observed", finite(check.observed()))
                .put("claimed", finite(check.claimed()))
                .put("slack", finite(check.slack()))
                .put("low", finite(check.low()))
                .put("high", finite(check.high()))
                .put("log10E", finite(check.log10E()))
                .put("samples", check.samples())
                .put("invalid", check.invalid())
                .put("instances", check.instances())
                .put("detectable", finite(check.detectable()));
        strings(node.putArray("assumptions"), check.assumptions());
        node.put("tolerance", check.tolerance()).put("alpha", finite(check.alpha()));
        ArrayNode rungs = node.putArray("rungs");
        for (Rung rung : check.rungs()) {
            rungs.addObject()
                    .put("size", finite(rung.size()))
                    .put("low", finite(rung.low()))
                    .put("mean", finite(rung.mean()))
                    .put("high", finite(rung.high()));
        }
        ObjectNode path = node.putObject("path")
                .put("refutes", finite(check.path().refutes()))
                .put("supports", finite(check.path().supports()));
        ArrayNode looks = path.putArray("looks");
        for (Look look : check.path().looks()) {
            looks.addObject()
                    .put("samples", look.samples())
                    .put("mean", finite(look.mean()))
                    .put("low", finite(look.low()))
                    .put("high", finite(look.high()))
                    .put("log10Against", finite(look.log10Against()))
                    .put("log10For", finite(look.log10For()));
        }
        ArrayNode slacks = node.putArray("slacks");
        check.slacks().forEach(slacks::add);
        return node.put("detail", check.detail()).put("counterexample", check.counterexample());
    }

    private static ObjectNode falsifier(FalsifierRecord falsifier) {
        return NODES.objectNode()
                .put("part", falsifier.part())
                .put("name", falsifier.name())
                .put("printedForm", falsifier.printedForm())
                .put("verdict", falsifier.verdict().name())
                .put("observed", finite(falsifier.observed()))
                .put("claimed", finite(falsifier.claimed()))
                .put("log10E", finite(falsifier.log10E()))
                .put("samples", falsifier.samples())
                .put("instances", falsifier.instances())
                .put("counterexample", falsifier.counterexample());
    }

    private static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    private static @Nullable Double finite(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }
}
