package org.lemmalab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimIndex;

/** {@code docs/errata.md} is generated from the claims with a correction. */
class ErrataDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "errata.md");
    private static final Path GENERATED = Path.of("target", "errata.md");

    private final Map<String, ClaimIndex.Entry> index =
            ClaimIndex.load().entries().stream().collect(Collectors.toMap(ClaimIndex.Entry::id, entry -> entry));

    @Test
    void everyErratumIsDerived() {
        assertThat(errata())
                .isNotEmpty()
                .allSatisfy(
                        claim -> assertThat(claim.derivation()).as(claim.id()).isNotBlank());
    }

    @Test
    void documentIsUpToDate() throws IOException {
        Files.createDirectories(GENERATED.getParent());
        Files.writeString(GENERATED, document());
        assertThat(DOCUMENT).as("copy %s to %s", GENERATED, DOCUMENT).hasSameTextualContentAs(GENERATED);
    }

    private String document() {
        StringBuilder text = new StringBuilder("""
                <!-- Generated from the claims; a test compares it. -->
                # Errata

                Statements of the papers, and steps of their proofs, that do not hold as printed. In every run the same check refutes the printed form and
                supports the corrected one; the report's page of errata has the numbers and the instances.
                """);
        Map<String, List<Claim>> papers = errata().stream()
                .collect(Collectors.groupingBy(
                        claim -> claim.id().substring(0, claim.id().indexOf('.')), TreeMap::new, Collectors.toList()));
        papers.forEach((paper, claims) -> {
            text.append("\n## ").append(Papers.reference(paper)).append('\n');
            claims.forEach(claim -> append(text, claim));
        });
        return text.toString();
    }

    private void append(StringBuilder text, Claim claim) {
        ClaimIndex.Entry entry = Objects.requireNonNull(index.get(claim.id()));
        text.append("\n### ").append(entry.printedAs()).append(": ").append(entry.title());
        text.append(" (`").append(claim.id()).append("`)\n\nPrinted:\n\n").append(display(claim.statement()));
        text.append("\nCorrected:\n\n").append(display(claim.correction()));
        if (!claim.hypotheses().isBlank()) {
            text.append("\nHypotheses: ").append(claim.hypotheses()).append(".\n");
        }
        text.append("\nWhy: ").append(claim.derivation()).append('\n');
    }

    /** A statement is TeX, or words with TeX between dollar signs. */
    private static String display(String statement) {
        return statement.contains("$") ? statement + "\n" : "$$" + statement + "$$\n";
    }

    private static List<Claim> errata() {
        return new ClassFileImporter()
                .importPackages("arora2019", "bubeck2020", "daniely2019", "daniely2020", "ghorbani2019").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Claim.class))
                        .map((JavaMethod method) -> method.reflect().getAnnotation(Claim.class))
                        .filter(claim -> !claim.correction().isEmpty())
                        .sorted(Comparator.comparing(Claim::id))
                        .toList();
    }
}
