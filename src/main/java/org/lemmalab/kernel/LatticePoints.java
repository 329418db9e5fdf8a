package org.lemmalab.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.numeric.Arguments;
import org.lemmalab.numeric.DecimalFunctions;

/**
 * Unit vectors {@code x_jc = (t_j, sqrt(1 - t_j^2) e_jc)}, c = 1..N, with orthonormal {@code e_jc}: the points that attain the
 * constants of A19, Theorem 6.1.
 *
 * <p>Labels that depend on t alone have, with one row per node instead of N,
 *
 * <pre>{@code
 * Q(y) = y_t^T (k(t_j t_j') + D / N)^-1 y_t,   D_jj = 1/2 - k(t_j^2),
 * }</pre>
 *
 * <p>which tends to {@code sum_j c_j^2 / b_j} for {@code g(t) = sum_j c_j t^j} as N grows and the nodes fill [-1, 1]. The condition
 * number grows like N, so the reduced system is set up and solved in decimals: 40 digits more than the condition number has, which
 * leaves at least 30 correct digits before the result is rounded to a double. Nodes and coefficients are taken as the exact values of
 * the doubles given.
 */
public final class LatticePoints {

    private static final int SPARE_DIGITS = 40;

    private final double[] nodes;

    /**
     * @param nodes the {@code t_j}; copied
     * @throws IllegalArgumentException if there is none or one is not in (-1, 1)
     */
    public LatticePoints(double... nodes) {
        Arguments.atLeast("number of nodes", nodes.length, 1);
        for (double t : nodes) {
            if (!(Math.abs(t) < 1)) {
                throw new IllegalArgumentException("node t = " + t + ", allowed: -1 < t < 1");
            }
        }
        this.nodes = nodes.clone();
    }

    /** The nodes {@code cos((j + 1/2) pi / q)}, j = 0..q-1, which fill [-1, 1] as q grows. */
    public static LatticePoints chebyshev(int q) {
        double[] nodes = new double[Arguments.atLeast("q", q, 1)];
        for (int j = 0; j < q; j++) {
            nodes[j] = StrictMath.cos((j + 0.5) * Math.PI / q);
        }
        return new LatticePoints(nodes);
    }

    /** The polynomial {@code g(t) = sum_j c_j t^j}, evaluated without rounding. */
    public static UnaryOperator<BigDecimal> polynomial(double... coefficients) {
        double[] c = Arguments.finite("coefficients", coefficients.clone());
        return t -> {
            BigDecimal sum = BigDecimal.ZERO;
            for (int j = c.length - 1; j >= 0; j--) {
                sum = sum.multiply(t).add(new BigDecimal(c[j]));
            }
            return sum;
        };
    }

    /** The limit {@code sum_j c_j^2 / b_j} of Q for a polynomial; infinite if it has a constant or an odd power above 1. */
    public static double limit(double... coefficients) {
        double sum = 0;
        for (int j = 0; j < coefficients.length; j++) {
            if (coefficients[j] != 0) {
                sum += coefficients[j] * coefficients[j] / ReluGramMatrix.seriesCoefficient(j);
            }
        }
        return sum;
    }

    /** The nodes; a new array. */
    public double[] nodes() {
        return nodes.clone();
    }

    /**
     * The points themselves, node by node.
     *
     * @param copies N
     * @return (q N) x (1 + q N), one unit vector per row
     * @throws IllegalArgumentException if {@code copies < 1}
     */
    public DMatrixRMaj points(int copies) {
        int n = Math.multiplyExact(nodes.length, Arguments.atLeast("copies", copies, 1));
        DMatrixRMaj points = new DMatrixRMaj(n, n + 1);
        for (int i = 0; i < n; i++) {
            double t = nodes[i / copies];
            points.set(i, 0, t);
            points.set(i, i + 1, Math.sqrt((1 - t) * (1 + t)));
        }
        return points;
    }

    /** The labels {@code g(t)} of {@link #points}. */
    public double[] labels(UnaryOperator<BigDecimal> g, int copies) {
        double[] y = new double[Math.multiplyExact(nodes.length, Arguments.atLeast("copies", copies, 1))];
        for (int i = 0; i < y.length; i++) {
            y[i] = g.apply(new BigDecimal(nodes[i / copies])).doubleValue();
        }
        return y;
    }

    /**
     * {@code Q(y)} for the labels {@code y = g(t)} by the reduced system.
     *
     * @param g the target; exact, as {@link #polynomial}, because errors of y are magnified up to N times
     * @param copies N, any number {@code > 0} up to 1e300
     * @throws IllegalArgumentException if {@code copies} is not a finite number {@code > 0}
     */
    public double quadraticForm(UnaryOperator<BigDecimal> g, double copies) {
        BigDecimal divisor = new BigDecimal(Arguments.positive("copies", copies));
        int q = nodes.length;
        double smallest = 1; // of D; 1/2 - k(s) >= (1 - s)/4
        for (double t : nodes) {
            smallest = Math.min(smallest, (1 - t) * (1 + t) / 4);
        }
        int digits = SPARE_DIGITS + (int) Math.ceil(Math.max(0, Math.log10(copies)) + Math.log10(q / smallest));
        MathContext context = new MathContext(digits);
        BigDecimal twoPi = DecimalFunctions.pi(context).multiply(BigDecimal.valueOf(2));
        BigDecimal[][] system = new BigDecimal[q][q];
        BigDecimal[] y = new BigDecimal[q];
        for (int i = 0; i < q; i++) {
            BigDecimal t = new BigDecimal(nodes[i]);
            y[i] = g.apply(t);
            for (int j = 0; j <= i; j++) {
                system[i][j] = kernel(t.multiply(new BigDecimal(nodes[j])), twoPi, context);
            }
            BigDecimal rest = new BigDecimal("0.5").subtract(system[i][i]);
            system[i][i] = system[i][i].add(rest.divide(divisor, context), context);
        }
        return quadraticForm(system, y, context).doubleValue();
    }

    private static BigDecimal kernel(BigDecimal t, BigDecimal twoPi, MathContext context) {
        BigDecimal slope =
                new BigDecimal("0.25").add(DecimalFunctions.arcsin(t, context).divide(twoPi, context));
        return t.multiply(slope, context);
    }

    /** {@code y^T S^-1 y = sum_i z_i^2 / p_i} with {@code S = L diag(p) L^T}, {@code L z = y}; S in its lower triangle, overwritten. */
    private static BigDecimal quadraticForm(BigDecimal[][] s, BigDecimal[] z, MathContext context) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < i; j++) { // rows of s: first L p, then L
                for (int k = 0; k < j; k++) {
                    s[i][j] = s[i][j].subtract(s[i][k].multiply(s[j][k], context), context);
                }
            }
            for (int j = 0; j < i; j++) {
                BigDecimal ratio = s[i][j].divide(s[j][j], context);
                s[i][i] = s[i][i].subtract(ratio.multiply(s[i][j], context), context);
                z[i] = z[i].subtract(ratio.multiply(z[j], context), context);
                s[i][j] = ratio;
            }
            sum = sum.add(z[i].multiply(z[i], context).divide(s[i][i], context), context);
        }
        return sum;
    }
}
