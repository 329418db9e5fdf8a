package org.lemmalab.numeric;

import java.math.BigDecimal;
import java.math.MathContext;

/** Elementary functions in decimal arithmetic of any precision, for systems that double precision cannot resolve. */
public final class DecimalFunctions {

    private static final int GUARD_DIGITS = 12;

    private DecimalFunctions() {}

    /** pi to the precision of {@code context}. */
    public static BigDecimal pi(MathContext context) {
        MathContext work = guarded(context);
        BigDecimal fifth = arctan(new BigDecimal("0.2"), work);
        BigDecimal small = arctan(BigDecimal.ONE.divide(new BigDecimal(239), work), work);
        return fifth.multiply(new BigDecimal(16))
                .subtract(small.multiply(new BigDecimal(4)))
                .round(context);
    }

    /**
     * arcsin(x) in radians, with an absolute error of a few units of the last digit of {@code context}.
     *
     * @throws IllegalArgumentException if {@code |x| >= 1}
     */
    public static BigDecimal arcsin(BigDecimal x, MathContext context) {
        if (x.abs().compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("x = " + x + ", allowed: -1 < x < 1");
        }
        MathContext work = guarded(context);
        BigDecimal cosine = BigDecimal.ONE.subtract(x.multiply(x)).sqrt(work);
        return arctan(x.divide(cosine, work), work).round(context);
    }

    /* Halves the angle by tan(a/2) = x / (1 + sqrt(1 + x^2)) until the series x - x^3/3 + ... gains four digits per term. */
    private static BigDecimal arctan(BigDecimal x, MathContext work) {
        BigDecimal limit = new BigDecimal("0.01");
        BigDecimal tangent = x;
        BigDecimal factor = BigDecimal.ONE;
        while (tangent.abs().compareTo(limit) > 0) {
            BigDecimal root = BigDecimal.ONE.add(tangent.multiply(tangent)).sqrt(work);
            tangent = tangent.divide(BigDecimal.ONE.add(root), work);
            factor = factor.add(factor);
        }
        BigDecimal square = tangent.multiply(tangent, work).negate();
        BigDecimal power = tangent;
        BigDecimal sum = tangent;
        BigDecimal negligible = BigDecimal.ONE.movePointLeft(work.getPrecision());
        for (int odd = 3; power.abs().compareTo(negligible) > 0; odd += 2) {
            power = power.multiply(square, work);
            sum = sum.add(power.divide(new BigDecimal(odd), work), work);
        }
        return sum.multiply(factor);
    }

    private static MathContext guarded(MathContext context) {
        return new MathContext(context.getPrecision() + GUARD_DIGITS, context.getRoundingMode());
    }
}
