package org.lemmalab.memorizer;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;

/**
 * How well a network reproduces labels.
 *
 * @param error {@code max_i |f(x_i) - y_i|}
 * @param rounding what rounding can do to an exact construction of width k: {@code 8 (d + k) 2^-52 sum_l |a_l| (|w_l| max |x_i| + |b_l|)}.
 *     One {@code (d + k) 2^-52} is for the evaluation (sums of d + 1 and of k terms in any order), the rest for the roundings of the weights
 *     and for the linear systems that they solve, whose residuals are a few {@code d 2^-52 |v| |x_i|} with
 *     {@code |v| <= (|u + delta v| + |u|) / delta}
 * @param scale the largest label in absolute value, and 1 if all are 0
 */
public record Memorization(double error, double rounding, double scale) {

    /** Relative to the largest label: above it a network is of no use, whatever its rounding. */
    private static final double USEFUL = 1e-6;

    /** Measures a network on labeled points, one point per row. */
    public static Memorization of(TwoLayerNetwork network, DMatrixRMaj points, double[] labels) {
        double[] values = network.predict(points);
        double error = 0;
        double scale = 0;
        double radius = 0;
        for (int i = 0; i < labels.length; i++) {
            int from = i * points.numCols;
            radius = Math.max(radius, LinearAlgebra.dot(points.data, from, points.data, from, points.numCols));
            error = Math.max(error, Math.abs(values[i] - labels[i]));
            scale = Math.max(scale, Math.abs(labels[i]));
        }
        double sum = 0;
        for (int l = 0; l < network.width(); l++) {
            double bias = Math.abs(network.biases()[l]);
            double weight = Math.sqrt(Math.max(0, square(network.neuronNorm(l)) - bias * bias));
            sum += Math.abs(network.outputs()[l]) * (weight * Math.sqrt(radius) + bias);
        }
        double rounding = 8 * (points.numCols + network.width()) * Math.ulp(1.0) * sum;
        return new Memorization(error, rounding, scale > 0 ? scale : 1);
    }

    /** Whether the error is rounding and below a millionth of the largest label. */
    public boolean exact() {
        return error <= Math.min(rounding, USEFUL * scale);
    }

    /** The network, when it memorizes the labels. */
    static TwoLayerNetwork checked(TwoLayerNetwork network, DMatrixRMaj points, double[] labels) {
        Memorization reached = of(network, points, labels);
        if (!reached.exact()) {
            throw reached.inexact();
        }
        return network;
    }

    /** What to throw when the construction is lost in rounding. */
    ArithmeticException inexact() {
        return new ArithmeticException(
                "the network reproduces the labels only within " + error + ", allowed: rounding = "
                        + rounding + " and " + USEFUL + " times the largest label = " + USEFUL * scale
                        + "; the points are too close to a degenerate position for double precision");
    }

    private static double square(double x) {
        return x * x;
    }
}
