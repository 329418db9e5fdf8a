package bubeck2020;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import org.apache.commons.math3.complex.Complex;

/** A polynomial with integer coefficients in exact arithmetic. */
final class IntegerPolynomial {
    private final BigInteger[] coefficients;

    private IntegerPolynomial(BigInteger[] coefficients) {
        this.coefficients = coefficients;
    }

    /** The polynomial with these coefficients, that of 1 first; at least one. */
    static IntegerPolynomial of(long... coefficients) {
        return new IntegerPolynomial(
                Arrays.stream(coefficients).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new));
    }

    /** {@code P_m} in {@code (-1)^m d^m/dx^m exp(-c x^2/2) = P_m(x) exp(-c x^2/2)}: {@code P_(m+1) = c x P_m - P_m'}. */
    static IntegerPolynomial derivativeOfTheGaussian(int m, long c) {
        IntegerPolynomial p = of(1);
        for (int i = 0; i < m; i++) {
            p = p.times(of(0, c)).plus(p.derivative().times(of(-1)));
        }
        return p;
    }

    IntegerPolynomial plus(IntegerPolynomial other) {
        BigInteger[] sum = new BigInteger[Math.max(coefficients.length, other.coefficients.length)];
        Arrays.setAll(sum, k -> coefficient(k).add(other.coefficient(k)));
        return new IntegerPolynomial(sum);
    }

    IntegerPolynomial times(IntegerPolynomial other) {
        BigInteger[] product = new BigInteger[coefficients.length + other.coefficients.length - 1];
        Arrays.fill(product, BigInteger.ZERO);
        for (int i = 0; i < coefficients.length; i++) {
            for (int k = 0; k < other.coefficients.length; k++) {
                product[i + k] = product[i + k].add(coefficients[i].multiply(other.coefficients[k]));
            }
        }
        return new IntegerPolynomial(product);
    }

    IntegerPolynomial power(int exponent) {
        IntegerPolynomial power = of(1);
        for (int i = 0; i < exponent; i++) {
            power = power.times(this);
        }
        return power;
    }

    IntegerPolynomial derivative() {
        BigInteger[] derivative = new BigInteger[Math.max(1, coefficients.length - 1)];
        Arrays.setAll(derivative, k -> coefficient(k + 1).multiply(BigInteger.valueOf(k + 1)));
        return new IntegerPolynomial(derivative);
    }

    /** The coefficient of {@code x^k}; 0 beyond the degree. */
    BigInteger coefficient(int k) {
        return k < coefficients.length ? coefficients[k] : BigInteger.ZERO;
    }

    /** {@code E p(G)}, G standard normal, from {@code E G^(2k) = (2k-1)!!}. */
    BigInteger gaussianMean() {
        BigInteger mean = BigInteger.ZERO;
        BigInteger moment = BigInteger.ONE;
        for (int k = 0; k < coefficients.length; k += 2) {
            mean = mean.add(coefficients[k].multiply(moment));
            moment = moment.multiply(BigInteger.valueOf(k + 1));
        }
        return mean;
    }

    /** The value at x, rounded once. */
    double at(double x) {
        return at(new Complex(x)).getReal();
    }

    /** The value at z, each part rounded once. */
    Complex at(Complex z) {
        BigDecimal x = new BigDecimal(z.getReal());
        BigDecimal y = new BigDecimal(z.getImaginary());
        MathContext digits = new MathContext(60); // of at most 25 decimals between the terms and the value
        BigDecimal re = BigDecimal.ZERO;
        BigDecimal im = BigDecimal.ZERO;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            BigDecimal next = re.multiply(x).subtract(im.multiply(y)).add(new BigDecimal(coefficients[k]));
            im = re.multiply(y).add(im.multiply(x)).round(digits);
            re = next.round(digits);
        }
        return new Complex(re.doubleValue(), im.doubleValue());
    }
}
