package org.lemmalab.loss;

import org.lemmalab.numeric.Arguments;

/** A loss {@code l(u, y) >= 0} of a prediction u where the label is y (A19, section 5 and Definition B.1). */
public interface Loss {

    /** Name for reports, for instance {@code ramp}. */
    String name();

    /** The value {@code l(u, y)}. */
    double value(double u, double y);

    /** The smallest Lipschitz constant in u that serves every label {@code |y| <= 1}; infinite where there is none. */
    double lipschitz();

    /**
     * The empirical mean {@code L_S = 1/n sum_i l(u_i, y_i)}.
     *
     * @param u predictions, length n
     * @param y labels, length n
     * @throws IllegalArgumentException if the lengths differ or are 0
     */
    default double mean(double[] u, double[] y) {
        Arguments.atLeast("length of u", u.length, 1);
        Arguments.same("length of y", y.length, "length of u", u.length);
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += value(u[i], y[i]);
        }
        return sum / u.length;
    }
}
