package org.lemmalab.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimIndexTest {
    private static final List<String> PAPERS =
            List.of("arora2019", "bubeck2020", "daniely2019", "daniely2020", "ghorbani2019");

    private final ClaimIndex index = ClaimIndex.load();

    @Test
    void agreesWithThePropertiesBothWays() {
        List<String> withProperty = index.entries().stream()
                .filter(e -> e.state() == ClaimIndex.State.PROPERTY)
                .map(ClaimIndex.Entry::id)
                .toList();

        assertThat(claims().stream().map(m -> m.getAnnotationOfType(Claim.class).id()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(withProperty);
    }

    @Test
    void findsEveryClaimInAClassThatTheBuildRuns() {
        assertThat(claims())
                .allSatisfy(m -> assertThat(m.getOwner().getSimpleName()).endsWith("Claims"));
    }

    @Test
    void holdsTheFiveCatalogues() {
        assertThat(index.entries()).hasSize(497);
        assertThat(index.coverage()).containsOnlyKeys("A19", "B20", "D19", "D20", "G19");
    }

    @ParameterizedTest
    @CsvSource({"A19.lemE.1, 1", "a19.leme.1, 1", "A19.lemC3*, 3", "*.lemE*, 3"})
    void selects(String term, int entries) {
        assertThat(index.select(List.of(term))).hasSize(entries);
    }

    @Test
    void selectsByPaperAndKind() {
        assertThat(index.select(List.of("A19")))
                .isNotEmpty()
                .allMatch(e -> e.paper().equals("A19"));
        assertThat(index.select(List.of())).containsAll(index.select(List.of("A19")));
        assertThat(index.select(List.of("kind:FIGURE"))).isNotEmpty().allMatch(e -> e.kind() == Kind.FIGURE);
    }

    @ParameterizedTest
    @CsvSource({"A19.thm99", "Z99", "kind:RUMOUR", "A19"})
    void refusesATermThatNamesNothing(String term) {
        String asked = term.equals("A19") ? "A19.lemE.1x" : term;
        assertThatThrownBy(() -> index.select(List.of("A19.lemE.1", asked)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("-Dclaims=" + asked)
                .hasMessageContaining("nothing has that name");
    }

    @Test
    void refusesAnIdTwiceAndContextWithoutReason() {
        ClaimIndex.Entry open = new ClaimIndex.Entry("T.a", Kind.IDENTITY, "", "", ClaimIndex.State.OPEN, "");
        ClaimIndex.Entry context = new ClaimIndex.Entry("T.b", Kind.CONTEXT, "", "", ClaimIndex.State.CONTEXT, "");

        assertThatThrownBy(() -> ClaimIndex.of(List.of(open, open))).hasMessageContaining("T.a stands there twice");
        assertThatThrownBy(() -> ClaimIndex.of(List.of(context))).hasMessageContaining("T.b has no reason");
        assertThatThrownBy(() -> ClaimIndex.of(List.of(open)).select(List.of("T.a")))
                .hasMessageContaining("no property yet for T.a");
    }

    private static List<JavaMethod> claims() {
        JavaClasses classes = new ClassFileImporter().importPackages(PAPERS);
        return classes.stream()
                .flatMap(c -> c.getMethods().stream())
                .filter(m -> m.isAnnotatedWith(Claim.class))
                .toList();
    }
}
