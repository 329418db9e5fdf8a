package org.lemmalab.claim;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.ErrorBudget;
import org.lemmalab.stats.Outcome;
import org.lemmalab.stats.Terms;
import org.lemmalab.stats.TrialPool;

/** The protocol of one claim: what was decided on its instances, from which the verdict and the record follow. */
final class Protocol {
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private final ClaimIndex.Entry entry;
    private final Claim claim;
    private final String source;
    private final Settings settings;
    private final TrialPool pool;
    private final int plannedInstances;
    private final long startedAt = System.nanoTime();

    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Falsifier> falsifiers = new LinkedHashMap<>();
    private final Map<String, Integer> families = new TreeMap<>();
    private final Map<String, String> sizes = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private @Nullable String broke;
    private @Nullable String notRun;
    private volatile String status;

    Protocol(
            ClaimIndex.Entry entry,
            Claim claim,
            String source,
            Settings settings,
            TrialPool pool,
            int plannedInstances) {
        this.entry = entry;
        this.claim = claim;
        this.source = source;
        this.settings = settings;
        this.pool = pool;
        this.plannedInstances = plannedInstances;
        status = entry.id();
    }

    private static final class Part {
        private @Nullable Decision worst;
        private int instances;
        private long samples;
        private long invalid;
        private double alpha;
        private final List<Double> slacks = new ArrayList<>();
        private @Nullable String counterexample;
    }

    private static final class Falsifier {
        private final String part;
        private final String name;
        private final boolean printedForm;
        private @Nullable Decision decision;
        private int instances;
        private long samples;
        private @Nullable String counterexample;
        private @Nullable String broke;

        private Falsifier(String part, String name, boolean printedForm) {
            this.part = part;
            this.name = name;
            this.printedForm = printedForm;
        }

        private boolean refuted() {
            return decision != null && decision.isRefuted() && broke == null;
        }
    }

    Settings settings() {
        return settings;
    }

    /** The claim's stream: a hash of master seed and id, so that a new claim changes no other's numbers. */
    RandomStream stream() {
        return RandomStream.of(settings.seed(), entry.id());
    }

    /** The terms of the j-th part (from 1) on any instance: the claim's budget over all instances and parts. */
    Terms terms(int part) {
        return new Terms(
                ErrorBudget.share(settings.profile().alpha(), part, plannedInstances),
                settings.profile().maxTrials(),
                pool);
    }

    /** Where the claim stands: its id, the instances and the evidence of the last decision. */
    String status() {
        return status;
    }

    void decided(String name, Decision decision, String instance) {
        Part part = parts.computeIfAbsent(name, n -> new Part());
        part.instances++;
        part.samples += decision.samples();
        part.invalid += decision.invalid();
        part.alpha += decision.alpha();
        if (Double.isFinite(decision.slack())) {
            part.slacks.add(new BigDecimal(decision.slack()).round(FOUR_DIGITS).doubleValue());
        }
        if (decision.isRefuted() && part.counterexample == null && !instance.isEmpty()) {
            part.counterexample = instance;
        }
        if (part.worst == null || decision.isWorseThan(part.worst)) {
            part.worst = decision;
        }
        status = String.format(
                Locale.ROOT,
                "%s, instance %d of %d, '%s' %s%s",
                entry.id(),
                part.instances,
                plannedInstances,
                name,
                decision.outcome(),
                Double.isNaN(decision.log10E())
                        ? ""
                        : String.format(Locale.ROOT, " with log10 E = %.1f", decision.log10E()));
    }

    boolean isFalsified(String part, String name) {
        Falsifier falsifier = falsifiers.get(part + '\n' + name);
        return falsifier != null && falsifier.refuted();
    }

    void falsifierDecided(String part, String name, boolean printedForm, Decision decision, String instance) {
        Falsifier falsifier = falsifier(part, name, printedForm);
        falsifier.instances++;
        falsifier.samples += decision.samples();
        if (decision.isRefuted() || falsifier.decision == null) {
            falsifier.decision = decision;
            falsifier.counterexample = decision.isRefuted() && !instance.isEmpty() ? instance : null;
        }
    }

    void falsifierBroke(String part, String name, boolean printedForm, Throwable thrown, String instance) {
        Falsifier falsifier = falsifier(part, name, printedForm);
        falsifier.instances++;
        falsifier.broke = "ended by " + thrown + " at " + instance;
    }

    private Falsifier falsifier(String part, String name, boolean printedForm) {
        return falsifiers.computeIfAbsent(part + '\n' + name, key -> new Falsifier(part, name, printedForm));
    }

    /** A try ended by something else than a verdict. */
    void broke(Throwable thrown, String instance) {
        if (broke == null) {
            broke = "the check ended by " + thrown + (instance.isEmpty() ? "" : " at " + instance);
        }
    }

    /** The claim's data are not there. */
    void notRun(String reason) {
        notRun = reason;
    }

    /** jqwik found a smaller counterexample. */
    void shrunkTo(String instance) {
        parts.values().stream().filter(p -> p.counterexample != null).forEach(p -> p.counterexample = instance);
    }

    void cover(String family) {
        families.merge(family, 1, Integer::sum);
    }

    void size(String name, String value) {
        sizes.put(name, value);
    }

    void note(String remark) {
        notes.add(remark);
    }

    void figure(Figure figure) {
        figures.put(figure.name(), figure);
    }

    Verdict verdict() {
        if (notRun != null) {
            return Verdict.NOT_RUN;
        }
        if (parts.values().stream().anyMatch(p -> outcome(p) == Outcome.REFUTED)) {
            return Verdict.REFUTED;
        }
        if (broke != null || parts.values().stream().anyMatch(p -> outcome(p) == Outcome.INCONCLUSIVE)) {
            return Verdict.INCONCLUSIVE;
        }
        return vacuity() == null ? Verdict.SUPPORTED : Verdict.VACUOUS;
    }

    /** Why the checks have no power, or null when each of them refuted all its falsifiers. */
    private @Nullable String vacuity() {
        if (parts.isEmpty()) {
            return "nothing was checked";
        }
        for (String part : parts.keySet()) {
            List<Falsifier> own = falsifiers.values().stream()
                    .filter(f -> f.part.equals(part))
                    .toList();
            if (own.isEmpty()) {
                return "the check '" + part + "' has no falsifier";
            }
            for (Falsifier falsifier : own) {
                if (!falsifier.refuted()) {
                    return "the falsifier '" + falsifier.name + "' of '" + part + "' was not refuted"
                            + (falsifier.broke == null ? "" : ": " + falsifier.broke);
                }
            }
        }
        boolean printedForm = falsifiers.values().stream().anyMatch(f -> f.printedForm);
        if (printedForm == claim.correction().isEmpty()) {
            return printedForm
                    ? "a printed form is refuted but no correction is stated"
                    : "a correction is stated but the printed form is not tested";
        }
        return null;
    }

    private static Outcome outcome(Part part) {
        return part.worst == null ? Outcome.INCONCLUSIVE : part.worst.outcome();
    }

    private @Nullable String reason() {
        return switch (verdict()) {
            case NOT_RUN -> notRun;
            case VACUOUS -> vacuity();
            case INCONCLUSIVE ->
                broke != null
                        ? broke
                        : parts.entrySet().stream()
                                .filter(e -> outcome(e.getValue()) == Outcome.INCONCLUSIVE)
                                .map(e -> e.getKey() + ": "
                                        + (e.getValue().worst == null
                                                ? ""
                                                : e.getValue().worst.detail()))
                                .findFirst()
                                .orElse("undecided");
            case REFUTED ->
                parts.entrySet().stream()
                        .filter(e -> outcome(e.getValue()) == Outcome.REFUTED)
                        .map(e -> "the check '" + e.getKey() + "' was refuted")
                        .findFirst()
                        .orElse("refuted");
            case SUPPORTED, CONTEXT -> null;
        };
    }

    /** The message of a refutation, in a fixed order: what, observed, claimed, evidence, instance, how to repeat it. */
    String refutation(String part, Decision d, String instance) {
        return String.format(
                Locale.ROOT,
                "%s  REFUTED  (%s; %s)%n  check      %s%n  observed   %s%n  claimed    %s%n  evidence   log10 E = %s,"
                        + " %d samples; %s%n  instance   %s%n  repeat     %s",
                entry.id(),
                entry.printedAs(),
                entry.kind(),
                part,
                d.observed(),
                d.claimed(),
                Double.isNaN(d.log10E()) ? "-" : d.log10E(),
                d.samples(),
                d.detail(),
                instance,
                settings.reproduce(entry.id()));
    }

    ClaimRecord record() {
        return new ClaimRecord(
                entry.id(),
                entry.paper(),
                entry.title(),
                entry.printedAs(),
                entry.kind(),
                claim.statement(),
                claim.hypotheses(),
                claim.correction().isEmpty() ? null : claim.correction(),
                claim.derivation(),
                verdict(),
                !claim.correction().isEmpty() && verdict() == Verdict.SUPPORTED,
                reason(),
                parts.entrySet().stream()
                        .map(e -> record(e.getKey(), e.getValue()))
                        .toList(),
                falsifiers.values().stream().map(Protocol::record).toList(),
                families,
                sizes,
                new ArrayList<>(notes),
                figures.values().stream()
                        .sorted(Comparator.comparing(Figure::name))
                        .toList(),
                source,
                (System.nanoTime() - startedAt) / 1e9,
                settings.reproduce(entry.id()));
    }

    private static ClaimRecord.CheckRecord record(String name, Part part) {
        Decision d = part.worst;
        if (d == null) {
            throw new IllegalStateException("the part " + name + " was never decided");
        }
        return new ClaimRecord.CheckRecord(
                name,
                Verdict.valueOf(d.outcome().name()),
                finite(d.observed()),
                finite(d.claimed()),
                finite(d.slack()),
                finite(d.low()),
                finite(d.high()),
                finite(d.log10E()),
                part.samples,
                part.invalid,
                part.instances,
                finite(d.detectable()),
                d.assumptions(),
                d.tolerance(),
                part.alpha,
                d.rungs(),
                d.path(),
                List.copyOf(part.slacks),
                d.detail(),
                part.counterexample);
    }

    private static ClaimRecord.FalsifierRecord record(Falsifier f) {
        Decision d = f.decision;
        Verdict verdict = f.broke != null || d == null
                ? Verdict.INCONCLUSIVE
                : Verdict.valueOf(d.outcome().name());
        return new ClaimRecord.FalsifierRecord(
                f.part,
                f.name,
                f.printedForm,
                verdict,
                d == null ? null : finite(d.observed()),
                d == null ? null : finite(d.claimed()),
                d == null ? null : finite(d.log10E()),
                f.samples,
                f.instances,
                f.broke != null ? f.broke : f.counterexample);
    }

    private static @Nullable Double finite(double x) {
        return Double.isFinite(x) ? x : null;
    }
}
