package org.lemmalab.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the toy claims through jqwik, the hook and the store, and looks at what became of each. */
class ClaimHookTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private int failures;

    @AfterEach
    void leave() {
        Session.use(null);
    }

    @Test
    void givesEveryClaimItsVerdict() {
        Map<String, ClaimRecord> records = run("standard", 7, 2);

        assertThat(records.values().stream().collect(Collectors.toMap(ClaimRecord::id, ClaimRecord::verdict)))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("T.holds", Verdict.SUPPORTED),
                        Map.entry("T.refuted", Verdict.REFUTED),
                        Map.entry("T.no-falsifier", Verdict.VACUOUS),
                        Map.entry("T.surviving-falsifier", Verdict.VACUOUS),
                        Map.entry("T.throwing-falsifier", Verdict.VACUOUS),
                        Map.entry("T.throws", Verdict.INCONCLUSIVE),
                        Map.entry("T.out-of-memory", Verdict.INCONCLUSIVE),
                        Map.entry("T.no-data", Verdict.NOT_RUN),
                        Map.entry("T.nan", Verdict.INCONCLUSIVE),
                        Map.entry("T.coin", Verdict.SUPPORTED),
                        Map.entry("T.biased-coin", Verdict.REFUTED),
                        Map.entry("T.coin-lost", Verdict.INCONCLUSIVE),
                        Map.entry("T.erratum", Verdict.SUPPORTED),
                        Map.entry("T.discards", Verdict.SUPPORTED)));
        assertThat(failures).isEqualTo(10);
        assertThat(reason(records, "T.no-falsifier")).isEqualTo("the check 'bound' has no falsifier");
        assertThat(reason(records, "T.surviving-falsifier"))
                .isEqualTo("the falsifier '110 for 100' of 'bound' was not refuted");
        assertThat(reason(records, "T.throwing-falsifier")).contains("ArithmeticException");
        assertThat(reason(records, "T.throws")).contains("no such thing as");
        assertThat(reason(records, "T.out-of-memory")).contains("OutOfMemoryError: pretended");
        assertThat(reason(records, "T.no-data")).isEqualTo("digits.gz is not there");
        assertThat(reason(records, "T.nan")).contains("NaN");
        assertThat(reason(records, "T.coin-lost"))
                .contains("trials were invalid")
                .contains("lost");
    }

    @Test
    void recordsTheEvidence() {
        ClaimRecord holds = record(run("standard", 7, 2), "T.holds");

        assertThat(holds.instances().keySet()).containsExactly("even", "odd");
        assertThat(holds.instances().values().stream().mapToInt(i -> i).sum()).isEqualTo(200);
        assertThat(holds.notes()).containsExactly("numbers are small");
        assertThat(holds.checks()).singleElement().satisfies(check -> {
            assertThat(check.observed()).isEqualTo(100); // an edge case of the generator: the bound is sharp
            assertThat(check.slack()).isEqualTo(1);
            assertThat(check.instances()).isEqualTo(200);
        });
        assertThat(holds.falsifiers())
                .singleElement()
                .satisfies(falsifier -> assertThat(falsifier.verdict()).isEqualTo(Verdict.REFUTED));
        assertThat(holds.reproduce()).isEqualTo("mvn verify -Dclaims=T.holds -Dseed=0x7");
    }

    @Test
    void shrinksTheCounterexampleOfADeterministicClaim() {
        assertThat(record(run("standard", 7, 2), "T.refuted").checks())
                .singleElement()
                .satisfies(check -> assertThat(check.counterexample()).isEqualTo("71"));
    }

    @Test
    void marksAnErratumWhosePrintedFormIsRefuted() {
        ClaimRecord erratum = record(run("standard", 7, 2), "T.erratum");

        assertThat(erratum.erratum()).isTrue();
        assertThat(erratum.falsifiers())
                .singleElement()
                .satisfies(falsifier -> assertThat(falsifier.printedForm()).isTrue());
    }

    @Test
    void spendsNoMoreThanTheBudgetOfAClaim() {
        assertThat(record(run("standard", 7, 2), "T.coin").checks())
                .singleElement()
                .satisfies(check -> assertThat(check.alpha()).isPositive().isLessThanOrEqualTo(1e-9));
    }

    @Test
    void repeatsARunWhateverTheNumberOfThreads() {
        List<ClaimRecord> one = untimed(run("standard", 7, 1));
        List<ClaimRecord> two = untimed(run("standard", 7, 2));

        assertThat(two).isEqualTo(one);
        assertThat(untimed(run("standard", 8, 2))).isNotEqualTo(one);
    }

    @Test
    void takesItsSizesFromTheProfile() {
        assertThat(record(run("quick", 7, 2), "T.holds").checks().get(0).instances())
                .isEqualTo(40);
    }

    @Test
    void leavesNoTemporaryFile() throws Exception {
        run("quick", 7, 2);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(f -> assertThat(f.toString()).endsWith(".json"));
        }
    }

    @Test
    void showsProgressAndTheReasonOfADeviation() {
        run("quick", 7, 2);
        assertThat(console.toString(StandardCharsets.UTF_8))
                .contains("/14] ")
                .contains("    the falsifier '110 for 100' of 'bound' was not refuted; repeat: mvn verify"
                        + " -Dclaims=T.surviving-falsifier -Dseed=0x7 -Dprofile=quick");
    }

    private Map<String, ClaimRecord> run(String profile, long seed, int threads) {
        List<String> ids = Arrays.stream(ToyProperties.class.getDeclaredMethods())
                .filter(m -> m.isAnnotationPresent(Claim.class))
                .map(m -> m.getAnnotation(Claim.class).id())
                .sorted()
                .toList();
        ClaimIndex index = ClaimIndex.of(ids.stream()
                .map(id -> new ClaimIndex.Entry(
                        id,
                        id.contains("coin") ? Kind.PROBABILITY : Kind.INEQUALITY,
                        "Toy",
                        id,
                        ClaimIndex.State.PROPERTY,
                        ""))
                .toList());
        Properties properties = new Properties();
        properties.setProperty("lemmalab.profile", profile);
        properties.setProperty("lemmalab.seed", Long.toString(seed));
        properties.setProperty("lemmalab.threads", Integer.toString(threads));
        properties.setProperty(
                "lemmalab.claims",
                ids.stream().filter(id -> !id.equals("T.not-selected")).collect(Collectors.joining(",")));
        RunStore store = RunStore.at(directory);
        Settings settings = Settings.from(properties);
        store.open(settings, "none");
        PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
        Session.use(new Session(settings, index, store, new Progress(out)));
        execute();
        return ids.stream()
                .flatMap(id -> store.claim(id).stream())
                .collect(Collectors.toMap(ClaimRecord::id, Function.identity()));
    }

    private void execute() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(ToyProperties.class))
                .configurationParameter("jqwik.database", "")
                .build();
        failures = 0;
        PrintStream standard = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create().execute(request, new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    failures += result.getStatus() == TestExecutionResult.Status.FAILED ? 1 : 0;
                }
            });
        } finally {
            System.setOut(standard);
        }
    }

    private static ClaimRecord record(Map<String, ClaimRecord> records, String id) {
        return Objects.requireNonNull(records.get(id), id);
    }

    private static String reason(Map<String, ClaimRecord> records, String id) {
        return String.valueOf(record(records, id).reason());
    }

    private static List<ClaimRecord> untimed(Map<String, ClaimRecord> records) {
        return records.values().stream()
                .sorted(java.util.Comparator.comparing(ClaimRecord::id))
                .map(r -> new ClaimRecord(
                        r.id(),
                        r.paper(),
                        r.title(),
                        r.printedAs(),
                        r.kind(),
                        r.statement(),
                        r.hypotheses(),
                        r.correction(),
                        r.derivation(),
                        r.verdict(),
                        r.erratum(),
                        r.reason(),
                        r.checks(),
                        r.falsifiers(),
                        r.instances(),
                        r.sizes(),
                        r.notes(),
                        r.figures(),
                        r.source(),
                        0,
                        r.reproduce()))
                .toList();
    }
}
