package org.lemmalab.activation;

/** An activation function: a function of one variable, differentiable except at finitely many kinks; all but {@link Threshold} are continuous. */
public interface Activation {

    /** Name for reports, for instance {@code relu}. */
    String name();

    /** The value at {@code z}. */
    double value(double z);

    /** The derivative at {@code z}; at a kink the value that the papers' algorithms use. */
    double derivative(double z);

    /** The smallest Lipschitz constant; {@link Double#POSITIVE_INFINITY} when there is none. */
    double lipschitz();

    /** The points without a derivative, ascending; a new array. */
    double[] kinks();
}
