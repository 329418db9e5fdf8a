package daniely2020;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.random.RandomStream;

/** Steps on whole samples, each made once for a master seed and shared by the claims that look at it. */
final class SharedRuns<S, R> {
    private record Key<S>(long master, S step, long index) {}

    private final Map<Key<S>, R> made = new ConcurrentHashMap<>();
    private final Function<S, String> name;
    private final BiFunction<S, RandomStream, R> make;

    /**
     * @param name of a step's samples: steps with the same one meet the same samples
     * @param make makes a run from its step and stream
     */
    SharedRuns(Function<S, String> name, BiFunction<S, RandomStream, R> make) {
        this.name = name;
        this.make = make;
    }

    /** Run number {@code index} of a step. */
    R at(ClaimRun run, S step, long index) {
        return made.computeIfAbsent(new Key<>(run.settings().seed(), step, index), key -> {
            RandomStream samples = RandomStream.of(key.master, "D20 steps").part(name.apply(step));
            return make.apply(step, samples.trial(index));
        });
    }
}
