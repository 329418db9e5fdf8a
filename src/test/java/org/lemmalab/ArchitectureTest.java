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
        "numeric, linalg random activation loss kernel feature network complexity memorizer trainer risk data stats claim report concentration",
        "concentration, linalg random activation loss kernel feature network complexity memorizer trainer risk data stats claim report",
        "linalg, random activation loss kernel feature network complexity memorizer trainer risk data stats claim report concentration",
        "random, activation loss kernel feature network complexity memorizer trainer risk data stats claim report concentration",
        "activation, linalg random loss kernel feature network complexity memorizer trainer risk data stats claim report concentration",
        "loss, linalg random activation kernel feature network complexity memorizer trainer risk data stats claim report concentration",
        "kernel, feature complexity memorizer trainer risk data stats claim report concentration",
        "network, kernel feature complexity memorizer trainer risk data stats claim report concentration",
        "feature, network complexity memorizer trainer risk data stats claim report concentration",
        "risk, feature network complexity memorizer trainer stats claim report concentration",
        "complexity, memorizer trainer risk data stats claim report concentration",
        "trainer, complexity risk data stats claim report memorizer concentration",
        "memorizer, kernel feature complexity trainer risk data stats claim report concentration",
        "data, activation loss kernel feature network complexity memorizer trainer risk stats claim report concentration",
        "stats, linalg random activation loss kernel feature network complexity memorizer trainer risk data claim report concentration",
        "claim, activation loss kernel feature network complexity memorizer trainer risk data report concentration",
        "report, numeric linalg random activation loss kernel feature network complexity memorizer trainer risk data concentration"
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
