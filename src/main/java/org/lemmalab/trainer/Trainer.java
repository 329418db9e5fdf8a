package org.lemmalab.trainer;

/** Full-batch gradient descent on {@code Phi(W) = 1/2 |y - u|^2} with a fixed second layer (A19 (5)), one step at a time. */
public interface Trainer {

    /** Advances W by one step. */
    void step();

    /** Advances W by {@code count} steps. */
    default void steps(int count) {
        for (int k = 0; k < count; k++) {
            step();
        }
    }

    /** The number k of steps done. */
    int steps();

    /** The predictions {@code u(k)}; a new array. */
    double[] predictions();

    /** The residual {@code y - u(k)}; a new array. */
    double[] residual();

    /** The loss {@code Phi(W(k))}. */
    double loss();

    /** The distance {@code |W(k) - W(0)|_F}. */
    double movement();

    /** The largest {@code |w_r(k) - w_r(0)|} over the neurons r. */
    double largestNeuronMovement();
}
