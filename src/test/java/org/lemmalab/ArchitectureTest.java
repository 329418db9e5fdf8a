package org.lemmalab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directions of dependency: mathematics below, statistics beside it, claims above both, the report above claims. */
class ArchitectureTest {
    private static final String ROOT = "org.lemmalab.";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.lemmalab");

    @ParameterizedTest
    @CsvSource({
        "numeric, linalg random activation loss kernel feature network complexity memorizer trainer risk data stats claim report",
        "linalg, random activation loss kernel feature network complexity memorizer trainer risk data stats claim report",
        "random, activation loss kernel feature network complexity memorizer trainer risk data stats claim report",
        "activation, linalg random loss kernel feature network complexity memorizer trainer risk data stats claim report",
        "loss, linalg random activation kernel feature network complexity memorizer trainer risk data stats claim report",
        "kernel, feature complexity memorizer trainer risk data stats claim report",
        "network, kernel feature complexity memorizer trainer risk data stats claim report",
        "feature, network complexity memorizer trainer risk data stats claim report",
        "risk, feature network complexity memorizer trainer stats claim report",
        "complexity, memorizer trainer risk data stats claim report",
        "trainer, complexity risk data stats claim report memorizer",
        "memorizer, kernel feature complexity trainer risk data stats claim report",
        "data, activation loss kernel feature network complexity memorizer trainer risk stats claim report",
        "stats, linalg random activation loss kernel feature network complexity memorizer trainer risk data claim report",
        "claim, activation loss kernel feature network complexity memorizer trainer risk data report",
        "report, numeric linalg random activation loss kernel feature network complexity memorizer trainer risk data"
    })
    void knowsNothingOf(String room, String others) {
        String[] forbidden = java.util.Arrays.stream(others.split(" "))
                .map(o -> ROOT + o + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void onlyClaimKnowsJqwik() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "claim..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.jqwik..", "org.junit..", "org.assertj..")
                .check(MAIN);
    }

    @Test
    void drawsOnlyFromNamedStreams() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .because("every number must follow from the master seed")
                .check(MAIN.that(com.tngtech.archunit.base.DescribedPredicate.not(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo(
                                org.lemmalab.claim.Settings.class)))); // -Dseed=random
    }

    @Test
    void hasNoCycles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + "(*)..")
                .should()
                .beFreeOfCycles()
                .check(MAIN);
    }
}
