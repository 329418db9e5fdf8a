package org.lemmalab.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files through which a run passes its results on: one JSON per claim, written whole or not at all, so that a crash or an
 * interruption loses nothing that was done.
 */
public final class RunStore {
    /** Where a build keeps its run, relative to the project. */
    public static final Path DEFAULT_DIRECTORY = Path.of("target", "lemmalab");

    private static final String CLOSED = "closed.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;

    private RunStore(Path directory) {
        this.directory = directory;
    }

    /** What the opening of a run fixes. */
    record Opening(
            List<String> selection,
            String profile,
            long seed,
            String backend,
            String data,
            String commit,
            String jdk,
            String startedAt) {}

    /** What did the linear algebra, and where. */
    record Machine(String backend, @Nullable String backendNote, String description) {}

    /** The store in a directory, which need not exist yet. */
    public static RunStore at(Path directory) {
        return new RunStore(directory);
    }

    /** Begins a run: what an earlier one left is removed. */
    public void open(Settings settings, String commit) {
        try {
            Files.createDirectories(claimsDirectory());
            try (Stream<Path> old = Files.list(claimsDirectory())) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
            Files.deleteIfExists(directory.resolve("machine.json"));
            Files.deleteIfExists(directory.resolve(CLOSED));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + directory.toAbsolutePath() + ": " + e.getMessage(), e);
        }
        write(
                directory.resolve("run.json"),
                new Opening(
                        settings.selection(),
                        settings.profile().label(),
                        settings.seed(),
                        settings.backend(),
                        settings.data(),
                        commit,
                        System.getProperty("java.version"),
                        Instant.now().toString()));
    }

    /** Ends the run: no claim will be put to the test any more. */
    public void close() {
        write(directory.resolve(CLOSED), Map.of("closedAt", Instant.now().toString()));
    }

    /** Whether the run has not ended. */
    public boolean isOpen() {
        return !Files.exists(directory.resolve(CLOSED));
    }

    /** The seed that the run was opened with, when there is one: {@code -Dseed=random} is drawn only once. */
    Optional<Long> seed() {
        return read("run.json", Opening.class).map(Opening::seed);
    }

    /** Says what computes. */
    void machine(Machine machine) {
        write(directory.resolve("machine.json"), machine);
    }

    /** Stores the record of a finished claim. */
    public void put(ClaimRecord claim) {
        write(claimsDirectory().resolve(claim.id() + ".json"), claim);
    }

    /**
     * The records of all selected claims in the order of the catalogues: finished ones, context entries with their reason, and
     * those that were not carried out.
     */
    public List<ClaimRecord> claims() {
        Opening opening = opening();
        return ClaimIndex.load().select(opening.selection()).stream()
                .map(entry -> claim(entry.id()).orElseGet(() -> unchecked(entry, opening)))
                .toList();
    }

    /** The record of a claim, when it is done. */
    Optional<ClaimRecord> claim(String id) {
        return read("claims/" + id + ".json", ClaimRecord.class);
    }

    /** The settings and the balance of the run so far. */
    public RunRecord run() {
        Opening opening = opening();
        Machine machine = read("machine.json", Machine.class).orElse(new Machine("none", null, "unknown"));
        List<ClaimRecord> claims = claims();
        double alpha = claims.stream()
                .flatMap(c -> c.checks().stream())
                .mapToDouble(c -> 2 * c.alpha())
                .sum();
        double seconds = Duration.between(Instant.parse(opening.startedAt()), Instant.now())
                        .toMillis()
                / 1e3;
        return new RunRecord(
                opening.profile(),
                String.format("0x%X", opening.seed()),
                String.join(",", opening.selection()),
                opening.commit(),
                opening.jdk(),
                machine.backend(),
                machine.backendNote(),
                alpha,
                claims.stream().noneMatch(c -> c.verdict() == Verdict.NOT_RUN),
                ClaimIndex.load().coverage(),
                seconds,
                opening.startedAt(),
                machine.description());
    }

    private static ClaimRecord unchecked(ClaimIndex.Entry entry, Opening opening) {
        boolean context = entry.state() == ClaimIndex.State.CONTEXT;
        Settings settings = new Settings(
                opening.selection(),
                Profile.named(opening.profile()),
                opening.seed(),
                opening.backend(),
                opening.data(),
                1);
        return new ClaimRecord(
                entry.id(),
                entry.paper(),
                entry.title(),
                entry.printedAs(),
                entry.kind(),
                "",
                "",
                null,
                "",
                context ? Verdict.CONTEXT : Verdict.NOT_RUN,
                false,
                context ? entry.reason() : "the run ended before this claim did",
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                "",
                0,
                settings.reproduce(entry.id()));
    }

    private Opening opening() {
        return read("run.json", Opening.class)
                .orElseThrow(() -> new IllegalStateException(
                        "no run was opened in " + directory.toAbsolutePath() + "; mvn verify opens one"));
    }

    private Path claimsDirectory() {
        return directory.resolve("claims");
    }

    private <T> Optional<T> read(String name, Class<T> type) {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), type));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.toAbsolutePath() + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, Object content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(temporary, JSON.writeValueAsString(content));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + content.getClass() + " as JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file.toAbsolutePath() + ": " + e.getMessage(), e);
        }
    }
}
