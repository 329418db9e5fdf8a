package org.lemmalab.claim;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Marks a method as the property of one catalogue entry. Title, kind and place in the paper come from the {@link ClaimIndex};
 * the statement stands here, beside its check.
 *
 * <p>The method takes the instance ({@code @ForAll} parameters, drawn by jqwik) and a {@link ClaimRun}. The kind decides how many
 * instances are drawn and whether a counterexample is shrunk ({@link Kind#deterministic()}).
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Property
@AddLifecycleHook(ClaimHook.class)
public @interface Claim {
    /** The catalogue's id, such as {@code A19.thm4.1}. */
    String id();

    /** What is tested, in TeX; for an erratum, the statement as printed. */
    String statement();

    /** Under which hypotheses, in words with TeX between dollar signs; empty when the statement has them. */
    String hypotheses() default "";

    /** For a confirmed erratum: the corrected statement in TeX, which the checks test; the printed form is then a falsifier. */
    String correction() default "";

    /** For a confirmed erratum: why, in two lines of words with TeX between dollar signs. */
    String derivation() default "";

    /** Instances drawn in the standard profile; 0 takes the profile's number for the claim's kind. */
    int instances() default 0;
}
