package org.lemmalab.claim;

import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.ParameterResolutionContext;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.ResolveParameterHook;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.jspecify.annotations.Nullable;
import org.lemmalab.random.RandomStream;

/**
 * Runs a method that carries {@link Claim}: jqwik draws the instances, this hook sets how many and from which seed, opens a
 * {@link ClaimRun} on each, and turns the protocol into a verdict and a stored record.
 */
final class ClaimHook implements AroundPropertyHook, AroundTryHook, ResolveParameterHook, SkipExecutionHook {
    /** Shrinking stops after so many tries: by count and not by time, so that it is reproducible. */
    private static final int SHRINKING_TRIES = 500;

    /** What is known of the claim while its instances are tried. */
    private static final class Trying {
        private final Protocol protocol;
        private final ClaimRun run;
        private final PropertyAttributes attributes;
        private int tries;
        private int shrinkingTries;
        private int falsifiedTry = -1;

        private Trying(Protocol protocol, PropertyAttributes attributes) {
            this.protocol = protocol;
            run = new ClaimRun(protocol);
            this.attributes = attributes;
        }
    }

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        return Session.current().selects(claim(context).id())
                ? SkipResult.doNotSkip()
                : SkipResult.skip("not selected by -Dclaims");
    }

    @Override
    public Optional<ParameterSupplier> resolve(ParameterResolutionContext parameter, LifecycleContext context) {
        return parameter.typeUsage().isOfType(ClaimRun.class)
                ? Optional.of(aTry -> Store.<Trying>get(ClaimHook.class).get().run)
                : Optional.empty();
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property)
            throws Throwable {
        Session session = Session.current();
        Claim claim = claim(context);
        ClaimIndex.Entry entry = session.index().entry(claim.id());
        Method method = context.targetMethod();
        int instances =
                takesInstances(method) ? session.settings().profile().instances(entry.kind(), claim.instances()) : 1;
        Protocol protocol =
                new Protocol(entry, claim, source(context, method), session.settings(), session.pool(), instances);
        session.begins(protocol);
        configure(context.attributes(), entry, session.settings(), instances);
        Trying trying = new Trying(protocol, context.attributes());
        Store.getOrCreate(ClaimHook.class, Lifespan.PROPERTY, () -> trying);
        PropertyExecutionResult result = property.execute();
        if (result.status() == PropertyExecutionResult.Status.FAILED) {
            result.falsifiedParameters().ifPresent(sample -> protocol.shrunkTo(instance(sample)));
            result.throwable().filter(t -> !(t instanceof RefutedError)).ifPresent(t -> protocol.broke(t, ""));
        }
        ClaimRecord record = protocol.record();
        session.ends(record);
        return record.verdict() == Verdict.SUPPORTED
                ? result.mapToSuccessful()
                : result.mapToFailed(new RefutedError(record.verdict() + " " + record.id() + ": " + record.reason()
                        + message(result) + "\n  repeat: " + record.reproduce()));
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        Trying trying = Store.<Trying>get(ClaimHook.class).get();
        boolean shrinking = trying.falsifiedTry >= 0;
        if (shrinking && trying.shrinkingTries++ >= SHRINKING_TRIES) {
            return TryExecutionResult.satisfied();
        }
        int index =
                shrinking ? trying.falsifiedTry : trying.tries++; // a shrunk instance keeps the stream of its origin
        String instance = instance(parameters);
        ClaimRun run = trying.run;
        run.open(index, instance, shrinking);
        TryExecutionResult result = execute(aTry, parameters);
        if (result.isSatisfied() && run.refutation() != null) {
            result = TryExecutionResult.falsified(new RefutedError(run.refutation()));
        }
        if (result.isFalsified() && !shrinking) {
            trying.falsifiedTry = index;
            Throwable thrown = result.throwable().orElse(null);
            if (!(thrown instanceof RefutedError)) {
                trying.attributes.setShrinking(ShrinkingMode.OFF);
                recordBreak(trying.protocol, thrown, instance);
            }
        }
        return result;
    }

    private static TryExecutionResult execute(TryExecutor aTry, List<Object> parameters) {
        try {
            return aTry.execute(parameters);
        } catch (Throwable error) { // jqwik lets errors such as OutOfMemoryError end the whole virtual machine
            return TryExecutionResult.falsified(new IllegalStateException("ended by " + error, error));
        }
    }

    private static void recordBreak(Protocol protocol, @Nullable Throwable thrown, String instance) {
        if (thrown instanceof UncheckedIOException) {
            protocol.notRun(String.valueOf(thrown.getMessage()));
        } else if (thrown != null) {
            protocol.broke(thrown.getCause() instanceof Error ? thrown.getCause() : thrown, instance);
        }
    }

    private static void configure(
            PropertyAttributes attributes, ClaimIndex.Entry entry, Settings settings, int instances) {
        boolean deterministic = entry.kind().deterministic();
        attributes.setTries(instances);
        attributes.setEdgeCases(deterministic ? EdgeCasesMode.MIXIN : EdgeCasesMode.NONE);
        attributes.setShrinking(deterministic ? ShrinkingMode.FULL : ShrinkingMode.OFF);
        attributes.setGeneration(GenerationMode.RANDOMIZED);
        attributes.setAfterFailure(AfterFailureMode.RANDOM_SEED);
        attributes.setSeed(Long.toString(
                RandomStream.of(settings.seed(), entry.id()).part("instances").seed()));
    }

    private static Claim claim(LifecycleContext context) {
        return context.findAnnotation(Claim.class)
                .orElseThrow(() -> new IllegalStateException(context.label() + " carries no @Claim"));
    }

    private static boolean takesInstances(Method method) {
        return Arrays.stream(method.getParameters()).anyMatch(p -> p.isAnnotationPresent(ForAll.class));
    }

    private static String source(PropertyLifecycleContext context, Method method) {
        return "properties/" + context.containerClass().getName().replace('.', '/') + ".java#" + method.getName();
    }

    private static String instance(List<Object> parameters) {
        return parameters.stream()
                .filter(p -> !(p instanceof ClaimRun))
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    private static String message(PropertyExecutionResult result) {
        return result.throwable()
                .filter(RefutedError.class::isInstance)
                .map(t -> "\n" + t.getMessage())
                .orElse("");
    }
}
