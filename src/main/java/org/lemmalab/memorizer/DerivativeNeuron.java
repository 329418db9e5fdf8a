package org.lemmalab.memorizer;

import java.util.Collections;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.numeric.Arguments;

/**
 * The derivative neuron {@code f(x) = [s((u + delta v).x - (b + delta c)) - s(u.x - b)] / delta} of an activation s: two neurons with output
 * weights {@code 1/delta} and {@code -1/delta} (B20 (2), where {@code c = 0}). As delta tends to 0 it tends to
 * {@code s'(u.x - b) (v.x - c)} wherever s is differentiable at {@code u.x - b} (B20 (3)).
 *
 * @param u the weights of the base neuron, length d; kept, not copied
 * @param b its threshold: the bias is {@code -b}
 * @param v the direction in which the weights are perturbed, length d; kept, not copied
 * @param c the direction in which the threshold is perturbed
 * @param delta the size of the perturbation, above 0
 */
public record DerivativeNeuron(double[] u, double b, double[] v, double c, double delta) {

    /** @throws IllegalArgumentException if a number is not finite, the lengths of u and v differ or delta is not positive */
    public DerivativeNeuron {
        Arguments.finite("u", u);
        Arguments.finite("b and c", new double[] {b, c});
        Arguments.finite("v", v);
        Arguments.same("length of v", v.length, "length of u", u.length);
        Arguments.positive("delta", delta);
    }

    /**
     * The derivative neuron with the delta of {@link #exactDelta}: with ReLU it equals {@code 1{u.x_i > b} (v.x_i - c)} at every point.
     *
     * @throws IllegalArgumentException as {@link #exactDelta} does
     */
    public static DerivativeNeuron exact(DMatrixRMaj points, double[] u, double b, double[] v, double c) {
        return new DerivativeNeuron(u, b, v, c, exactDelta(points, u, b, v, c));
    }

    /**
     * The step {@code delta = 1/2 min_i |u.x_i - b| / |v.x_i - c|} over the points with {@code v.x_i != c}, and 1 if there is none (B20 (4)):
     * no argument of the ReLU changes its sign between u and {@code u + delta v}.
     *
     * @param points n x d, one point per row
     * @throws IllegalArgumentException if the points are empty or not finite, a length is not d, or {@code u.x_i = b} at a point with
     *     {@code v.x_i != c}
     */
    public static double exactDelta(DMatrixRMaj points, double[] u, double b, double[] v, double c) {
        Arguments.matrix("points", points);
        Arguments.same("length of u", u.length, "columns of points", points.numCols);
        Arguments.same("length of v", v.length, "columns of points", points.numCols);
        return exactDelta(arguments(points, u, b), arguments(points, v, c));
    }

    /** The same from the arguments {@code u.x_i - b} and the slopes {@code v.x_i - c}. */
    static double exactDelta(double[] arguments, double[] slopes) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < arguments.length; i++) {
            if (slopes[i] != 0) {
                if (arguments[i] == 0) {
                    throw new IllegalArgumentException("u.x - b = 0 at row " + i + " of points, where v.x - c = "
                            + slopes[i] + ", allowed: points off the hyperplane u.x = b");
                }
                least = Math.min(least, Math.abs(arguments[i] / slopes[i]));
            }
        }
        return least < Double.POSITIVE_INFINITY ? least / 2 : 1;
    }

    /** {@code (w.x_i - offset)_i}. */
    private static double[] arguments(DMatrixRMaj points, double[] w, double offset) {
        double[] result = LinearAlgebra.product(points, w);
        for (int i = 0; i < result.length; i++) {
            result[i] -= offset;
        }
        return result;
    }

    /**
     * The limits {@code s'(u.x_i - b) (v.x_i - c)} as delta tends to 0, length n.
     *
     * @param points n x d, one point per row
     * @throws IllegalArgumentException if d is not the length of u
     */
    public double[] limit(Activation activation, DMatrixRMaj points) {
        return limit(activation, arguments(points, u, b), arguments(points, v, c));
    }

    /** The same from the arguments {@code u.x_i - b} and the slopes {@code v.x_i - c}. */
    static double[] limit(Activation activation, double[] arguments, double[] slopes) {
        double[] values = new double[slopes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = activation.derivative(arguments[i]) * slopes[i];
        }
        return values;
    }

    /** This neuron as a network of width 2. */
    public TwoLayerNetwork network(Activation activation) {
        return sum(Collections.singletonList(this), new double[] {1}, activation);
    }

    /**
     * The network {@code sum_s coefficient_s f_s} of width {@code 2 neurons.size()}; rows 2s and 2s + 1 are
     * {@code (u + delta v, -(b + delta c))} and {@code (u, -b)} of neuron s.
     *
     * @throws IllegalArgumentException if there is no neuron or not one coefficient per neuron, or the dimensions differ
     */
    public static TwoLayerNetwork sum(List<DerivativeNeuron> neurons, double[] coefficients, Activation activation) {
        Arguments.atLeast("number of neurons", neurons.size(), 1);
        Arguments.same("length of coefficients", coefficients.length, "number of neurons", neurons.size());
        int d = neurons.get(0).u.length;
        DMatrixRMaj weights = new DMatrixRMaj(2 * neurons.size(), d);
        double[] biases = new double[2 * neurons.size()];
        double[] outputs = new double[2 * neurons.size()];
        for (int s = 0; s < neurons.size(); s++) {
            DerivativeNeuron f = neurons.get(s);
            Arguments.same("dimension of neuron " + s, f.u.length, "dimension of neuron 0", d);
            for (int k = 0; k < d; k++) {
                weights.set(2 * s, k, f.u[k] + f.delta * f.v[k]);
                weights.set(2 * s + 1, k, f.u[k]);
            }
            biases[2 * s] = -(f.b + f.delta * f.c);
            biases[2 * s + 1] = -f.b;
            outputs[2 * s] = coefficients[s] / f.delta;
            outputs[2 * s + 1] = -coefficients[s] / f.delta;
        }
        return new TwoLayerNetwork(weights, biases, outputs, activation);
    }
}
