package org.lemmalab.numeric;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.analysis.polynomials.PolynomialFunction;

/**
 * A function that is a polynomial on each of finitely many adjacent intervals and 0 outside. On the interval {@code [c - h, c + h]} it is kept as a polynomial
 * in {@code u = (t - c) / h}, so that derivatives and integrals are exact up to rounding.
 */
public final class PiecewisePolynomial {
    private final double[] ends;
    private final PolynomialFunction[] pieces;

    private PiecewisePolynomial(double[] ends, PolynomialFunction[] pieces) {
        this.ends = ends;
        this.pieces = pieces;
    }

    /**
     * The function with the given pieces.
     *
     * @param ends of the intervals, increasing
     * @param pieces one for each interval, as polynomials in u, which goes from -1 to 1
     * @throws IllegalArgumentException unless the ends increase, are finite and one more than the pieces
     */
    public static PiecewisePolynomial of(double[] ends, PolynomialFunction... pieces) {
        Arguments.finite("ends", ends);
        Arguments.atLeast("number of pieces", pieces.length, 1);
        Arguments.same("number of ends", ends.length, "pieces + 1", pieces.length + 1);
        for (int k = 0; k < pieces.length; k++) {
            if (!(ends[k] < ends[k + 1])) {
                throw new IllegalArgumentException(
                        "ends[" + (k + 1) + "] = " + ends[k + 1] + ", allowed: > " + ends[k]);
            }
        }
        return new PiecewisePolynomial(ends.clone(), pieces.clone());
    }

    /**
     * The polynomial p(t) on [lo, hi], 0 outside.
     *
     * @throws IllegalArgumentException unless {@code lo < hi} are finite
     */
    public static PiecewisePolynomial restriction(PolynomialFunction p, double lo, double hi) {
        return of(new double[] {lo, hi}, new PolynomialFunction(new double[] {1}))
                .times(p);
    }

    /** The value at t; at an end that two intervals share, that of the left one. */
    public double value(double t) {
        for (int k = 0; k < pieces.length; k++) {
            if (t >= ends[k] && t <= ends[k + 1]) {
                return pieces[k].value(local(k, t));
            }
        }
        return 0;
    }

    /** The product with the polynomial p(t). */
    public PiecewisePolynomial times(PolynomialFunction p) {
        PolynomialFunction[] products = new PolynomialFunction[pieces.length];
        double[] c = p.getCoefficients();
        for (int k = 0; k < pieces.length; k++) {
            PolynomialFunction t = new PolynomialFunction(new double[] {centre(k), half(k)});
            PolynomialFunction moved = new PolynomialFunction(new double[] {0});
            for (int i = c.length - 1; i >= 0; i--) {
                moved = moved.multiply(t).add(new PolynomialFunction(new double[] {c[i]}));
            }
            products[k] = pieces[k].multiply(moved);
        }
        return new PiecewisePolynomial(ends, products);
    }

    /** The derivative inside the intervals; jumps at their ends are left out. */
    public PiecewisePolynomial derivative() {
        PolynomialFunction[] slopes = new PolynomialFunction[pieces.length];
        for (int k = 0; k < pieces.length; k++) {
            slopes[k] = pieces[k].polynomialDerivative().multiply(new PolynomialFunction(new double[] {1 / half(k)}));
        }
        return new PiecewisePolynomial(ends, slopes);
    }

    /** The integral over [lo, hi]; 0 when it is empty. */
    public double integral(double lo, double hi) {
        double sum = 0;
        for (int k = 0; k < pieces.length; k++) {
            double[] range = range(k, lo, hi);
            sum += range[0] < range[1] ? half(k) * integral(pieces[k], range[0], range[1]) : 0;
        }
        return sum;
    }

    /** The integral of the absolute value over [lo, hi]; 0 when it is empty. */
    public double absoluteIntegral(double lo, double hi) {
        double sum = 0;
        for (int k = 0; k < pieces.length; k++) {
            double[] range = range(k, lo, hi);
            if (range[0] < range[1]) {
                List<Double> cuts = cuts(pieces[k], range[0], range[1]);
                for (int i = 0; i + 1 < cuts.size(); i++) {
                    sum += half(k) * Math.abs(integral(pieces[k], cuts.get(i), cuts.get(i + 1)));
                }
            }
        }
        return sum;
    }

    /** Where its intervals begin and end; a new array. */
    public double[] ends() {
        return ends.clone();
    }

    private double[] range(int k, double lo, double hi) {
        return new double[] {local(k, Math.max(lo, ends[k])), local(k, Math.min(hi, ends[k + 1]))};
    }

    private double local(int k, double t) {
        return (t - centre(k)) / half(k);
    }

    private double centre(int k) {
        return (ends[k] + ends[k + 1]) / 2;
    }

    private double half(int k) {
        return (ends[k + 1] - ends[k]) / 2;
    }

    private static double integral(PolynomialFunction p, double lo, double hi) {
        double[] c = p.getCoefficients();
        double low = 0;
        double high = 0;
        for (int i = c.length - 1; i >= 0; i--) {
            low = lo * (low + c[i] / (i + 1));
            high = hi * (high + c[i] / (i + 1));
        }
        return high - low;
    }

    /** The ends lo and hi and, between them, where p changes its sign: once at most where its derivative keeps its own. */
    private static List<Double> cuts(PolynomialFunction p, double lo, double hi) {
        List<Double> cuts = new ArrayList<>(List.of(lo));
        if (p.degree() > 0) {
            List<Double> turns = cuts(p.polynomialDerivative(), lo, hi);
            for (int i = 0; i + 1 < turns.size(); i++) {
                if (p.value(turns.get(i)) * p.value(turns.get(i + 1)) < 0) {
                    cuts.add(bisect(p, turns.get(i), turns.get(i + 1)));
                }
            }
        }
        cuts.add(hi);
        return cuts;
    }

    private static double bisect(PolynomialFunction p, double from, double to) {
        double a = from;
        double b = to;
        boolean rising = p.value(b) > 0;
        for (double middle = (a + b) / 2; middle > a && middle < b; middle = (a + b) / 2) {
            if (p.value(middle) > 0 == rising) {
                b = middle;
            } else {
                a = middle;
            }
        }
        return a;
    }
}
