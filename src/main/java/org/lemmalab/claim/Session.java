package org.lemmalab.claim;

import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.stats.TrialPool;

/** One virtual machine's share of a run: settings, index, trial pool, store and progress. */
final class Session {
    private static @Nullable Session current;

    private final Settings settings;
    private final ClaimIndex index;
    private final RunStore store;
    private final TrialPool pool;
    private final Progress progress;
    private final Set<String> selected;

    Session(Settings settings, ClaimIndex index, RunStore store, Progress progress) {
        this.settings = settings;
        this.index = index;
        this.store = store;
        this.progress = progress;
        pool = TrialPool.of(settings.threads());
        selected = index.select(settings.selection()).stream()
                .filter(e -> e.state() == ClaimIndex.State.PROPERTY)
                .map(ClaimIndex.Entry::id)
                .collect(Collectors.toSet());
        progress.expect(selected.size());
    }

    /** The session of this virtual machine, opened on first use. */
    static synchronized Session current() {
        if (current == null) {
            current = open();
        }
        return current;
    }

    /** Takes another session, for tests of the engine. */
    static synchronized void use(@Nullable Session session) {
        current = session;
    }

    private static Session open() {
        RunStore store = RunStore.at(RunStore.DEFAULT_DIRECTORY);
        Settings asked = Settings.current();
        Settings settings = System.getProperty("lemmalab.seed", "").strip().equals("random")
                ? asked.withSeed(store.seed().orElse(asked.seed()))
                : asked;
        String note = LinearAlgebra.fallbackReason().orElse(null);
        store.machine(new RunStore.Machine(
                LinearAlgebra.backend().name(),
                note,
                System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores, " + settings.threads() + " threads"));
        Progress progress = Progress.console();
        progress.say("lemmalab: profile " + settings.profile().label() + ", seed " + settings.seedText() + ", backend "
                + LinearAlgebra.backend().name() + (note == null ? "" : " (" + note + ")") + ", " + settings.threads()
                + " threads");
        Session session = new Session(settings, ClaimIndex.load(), store, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(session::shutDown, "lemmalab-shutdown"));
        return session;
    }

    private void shutDown() {
        if (!progress.complete()) {
            ServiceLoader.load(RunListener.class).forEach(listener -> listener.interrupted(store));
        }
    }

    Settings settings() {
        return settings;
    }

    ClaimIndex index() {
        return index;
    }

    TrialPool pool() {
        return pool;
    }

    boolean selects(String id) {
        return selected.contains(id);
    }

    void begins(Protocol protocol) {
        progress.begins(() -> protocol.status() + ", " + pool.drawn() + " trials drawn");
    }

    void ends(ClaimRecord record) {
        store.put(record);
        progress.ends(record);
    }
}
