package org.lemmalab.numeric;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** Gauss-Hermite quadrature of expectations under N(0, 1): exact for polynomials of degree below twice the number of nodes. */
public final class GaussHermite {
    private static final GaussIntegratorFactory RULES = new GaussIntegratorFactory();

    private final double[] nodes;
    private final double[] weights;

    private GaussHermite(double[] nodes, double[] weights) {
        this.nodes = nodes;
        this.weights = weights;
    }

    /**
     * The rule with so many nodes.
     *
     * @param count 1 to 200: beyond, the weights at the ends leave the range of a double
     * @throws IllegalArgumentException when it is not
     */
    public static GaussHermite of(int count) {
        if (count < 1 || count > 200) {
            throw new IllegalArgumentException("count = " + count + ", allowed: 1 to 200");
        }
        GaussIntegrator rule = RULES.hermite(count); // for the weight exp(-z^2)
        double[] nodes = new double[count];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            nodes[i] = Math.sqrt(2) * rule.getPoint(i);
            weights[i] = rule.getWeight(i) / Math.sqrt(Math.PI);
        }
        return new GaussHermite(nodes, weights);
    }

    /** The nodes, ascending; a new array. */
    public double[] nodes() {
        return nodes.clone();
    }

    /** The weights, positive with sum 1; a new array. */
    public double[] weights() {
        return weights.clone();
    }

    /** {@code E f(G)}, G standard normal. */
    public double expectation(DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            sum += weights[i] * f.applyAsDouble(nodes[i]);
        }
        return sum;
    }
}
