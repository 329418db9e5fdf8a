package org.lemmalab.claim;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * The options of a run, read once from the system properties {@code lemmalab.*}, which the build fills from {@code -Dclaims},
 * {@code -Dprofile}, {@code -Dseed}, {@code -Dbackend}, {@code -Ddata} and {@code -Dthreads}.
 *
 * @param selection terms of {@code -Dclaims}: ids, paper keys, {@code kind:NAME}, globs with {@code *}; empty selects everything
 * @param profile sizes and budgets
 * @param seed master seed of every stream
 * @param backend auto, openblas or ejml
 * @param data folder with the user's own images; empty for the packaged digits
 * @param threads threads of the trial pool, at least 1; results do not depend on it
 */
public record Settings(List<String> selection, Profile profile, long seed, String backend, String data, int threads) {
    /** The master seed of a run that names none. */
    public static final long DEFAULT_SEED = 0x1E33A1ABL;

    private static final Set<String> BACKENDS = Set.of("auto", "openblas", "ejml");

    private static final class Current {
        static final Settings VALUE = from(System.getProperties());
    }

    /** The settings of this virtual machine; throws {@link InvalidSettingException} on first use when one is not allowed. */
    public static Settings current() {
        return Current.VALUE;
    }

    /** Reads settings from properties; a missing or blank one takes its default. */
    public static Settings from(Properties properties) {
        String claims = value(properties, "claims", "");
        String backend = value(properties, "backend", "auto");
        if (!BACKENDS.contains(backend)) {
            throw new InvalidSettingException("backend", backend, "auto, openblas, ejml");
        }
        return new Settings(
                Arrays.stream(claims.split(","))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList(),
                Profile.named(value(properties, "profile", "standard")),
                seed(value(properties, "seed", Long.toString(DEFAULT_SEED))),
                backend,
                value(properties, "data", ""),
                threads(value(
                        properties,
                        "threads",
                        Integer.toString(Runtime.getRuntime().availableProcessors()))));
    }

    /** The seed as the command line takes it. */
    public String seedText() {
        return String.format("0x%X", seed);
    }

    /** The same with another master seed. */
    Settings withSeed(long other) {
        return new Settings(selection, profile, other, backend, data, threads);
    }

    /** The options that repeat one claim of this run. */
    public String reproduce(String id) {
        return "mvn verify -Dclaims=" + id + " -Dseed=" + seedText()
                + (profile == Profile.STANDARD ? "" : " -Dprofile=" + profile.label())
                + (backend.equals("auto") ? "" : " -Dbackend=" + backend)
                + (data.isEmpty() ? "" : " -Ddata=" + data);
    }

    private static String value(Properties properties, String key, String otherwise) {
        String value = properties.getProperty("lemmalab." + key, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    private static long seed(String text) {
        if (text.equals("random")) {
            return new SecureRandom().nextLong() & Long.MAX_VALUE;
        }
        try {
            long seed = Long.decode(text);
            if (seed >= 0) {
                return seed;
            }
        } catch (NumberFormatException notANumber) {
            // falls through to the one message
        }
        throw new InvalidSettingException(
                "seed", text, "random, or a whole number from 0 to 0x7FFFFFFFFFFFFFFF, decimal or 0x hexadecimal");
    }

    private static int threads(String text) {
        try {
            int threads = Integer.parseInt(text);
            if (threads >= 1 && threads <= 1024) {
                return threads;
            }
        } catch (NumberFormatException notANumber) {
            // falls through to the one message
        }
        throw new InvalidSettingException("threads", text, "a whole number from 1 to 1024");
    }
}
