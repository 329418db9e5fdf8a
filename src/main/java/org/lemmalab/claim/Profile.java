package org.lemmalab.claim;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much a run spends: the one place that sizes and budgets come from. */
public enum Profile {
    /** For editing: under two minutes for the whole suite. */
    QUICK(40, 1, 1e-5, 300_000),
    /** The default of {@code mvn verify}. */
    STANDARD(200, 6, 1e-9, 1_000_000),
    /** The papers' own sizes where the processor allows them. */
    DEEP(2_000, 20, 1e-9, 20_000_000);

    private final int deterministicInstances;
    private final int statisticalInstances;
    private final double alpha;
    private final long maxTrials;

    Profile(int deterministicInstances, int statisticalInstances, double alpha, long maxTrials) {
        this.deterministicInstances = deterministicInstances;
        this.statisticalInstances = statisticalInstances;
        this.alpha = alpha;
        this.maxTrials = maxTrials;
    }

    /** The profile of that name, in any case; throws {@link InvalidSettingException} for another one. */
    public static Profile named(String name) {
        return Arrays.stream(values())
                .filter(p -> p.label().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        "profile",
                        name,
                        Arrays.stream(values()).map(Profile::label).collect(Collectors.joining(", "))));
    }

    /** Its name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Instances to draw for a claim of this kind; {@code wanted > 0} is a claim's own number for the standard profile. */
    public int instances(Kind kind, int wanted) {
        int own = instances(kind);
        int scaled = wanted == 0 ? own : (int) Math.ceil((double) wanted * own / STANDARD.instances(kind));
        return Math.max(1, scaled);
    }

    private int instances(Kind kind) {
        return kind.deterministic() ? deterministicInstances : statisticalInstances;
    }

    /** A claim's error rate on each side. */
    public double alpha() {
        return alpha;
    }

    /** Trials that one decision may use at most. */
    public long maxTrials() {
        return maxTrials;
    }

    /** The value for this profile. */
    public <T> T choose(T quick, T standard, T deep) {
        return switch (this) {
            case QUICK -> quick;
            case STANDARD -> standard;
            case DEEP -> deep;
        };
    }
}
