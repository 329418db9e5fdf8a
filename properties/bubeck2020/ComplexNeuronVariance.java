package bubeck2020;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/**
 * The second moment of one value of the complex neuron at orthonormal points: {@code g = Re(conj(a) phi(G + a tau h_(m-1)(G)))}, G standard normal, a
 * uniform on the circle. With {@code phi(G + a V) = sum_b c_b a^b},
 *
 * <pre>{@code
 * E g^2 = E[c_1^2 + (c_0 + c_2)^2 / 2 + sum_(b >= 3) c_b^2 / 2],
 * E c_b^2   = tau^(2b) E[He_(m-b)^2 He_(m-1)^(2b)] m! / (m ((m-b)! b!)^2 (m-1)!^b)
 * E c_0 c_2 = tau^2 E[He_m He_(m-2) He_(m-1)^2] / (2m (m-2)! (m-1)!)
 * }</pre>
 *
 * from integer moments of normal variables.
 */
final class ComplexNeuronVariance {
    private final double[] coefficients;

    /** @param cross factor of {@code E c_0 c_2}, 1 */
    ComplexNeuronVariance(int m, double cross) {
        coefficients = new double[m + 1];
        BigInteger[] step = hermite(m - 1);
        BigInteger[] power = {BigInteger.ONE};
        for (int b = 0; b <= m; b++) {
            BigInteger[] own = hermite(m - b);
            BigInteger up = mean(times(times(own, own), power)).multiply(factorial(m));
            BigInteger down = factorial(m - b)
                    .multiply(factorial(b))
                    .pow(2)
                    .multiply(factorial(m - 1).pow(b))
                    .multiply(BigInteger.valueOf(m));
            coefficients[b] += ratio(up, down) * (b == 1 ? 1 : 0.5);
            power = times(times(power, step), step);
        }
        BigInteger mixed = mean(times(times(hermite(m), hermite(m - 2)), times(step, step)));
        coefficients[1] +=
                cross * ratio(mixed, factorial(m - 2).multiply(factorial(m - 1)).multiply(BigInteger.valueOf(2L * m)));
    }

    /** {@code E g^2}, m at least 2. */
    static ComplexNeuronVariance of(int m) {
        return new ComplexNeuronVariance(m, 1);
    }

    /** {@code E g^2} at {@code tau^2 = y_j^2 / (n gamma^2)}. */
    double at(double tauSquared) {
        double sum = 0;
        for (int b = coefficients.length - 1; b >= 0; b--) {
            sum = sum * tauSquared + coefficients[b];
        }
        return sum;
    }

    private static double ratio(BigInteger up, BigInteger down) {
        return new BigDecimal(up)
                .divide(new BigDecimal(down), MathContext.DECIMAL64)
                .doubleValue();
    }

    private static BigInteger factorial(int n) {
        BigInteger product = BigInteger.ONE;
        for (int k = 2; k <= n; k++) {
            product = product.multiply(BigInteger.valueOf(k));
        }
        return product;
    }

    /** Coefficients of {@code He_k}, the constant first. */
    private static BigInteger[] hermite(int k) {
        BigInteger[] last = {BigInteger.ZERO};
        BigInteger[] value = {BigInteger.ONE};
        for (int i = 0; i < k; i++) {
            BigInteger[] next = new BigInteger[value.length + 1];
            for (int j = 0; j < next.length; j++) {
                BigInteger up = j > 0 ? value[j - 1] : BigInteger.ZERO;
                BigInteger down = j < last.length ? last[j] : BigInteger.ZERO;
                next[j] = up.subtract(down.multiply(BigInteger.valueOf(i)));
            }
            last = value;
            value = next;
        }
        return value;
    }

    private static BigInteger[] times(BigInteger[] p, BigInteger[] q) {
        BigInteger[] product = new BigInteger[p.length + q.length - 1];
        Arrays.fill(product, BigInteger.ZERO);
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < q.length; j++) {
                product[i + j] = product[i + j].add(p[i].multiply(q[j]));
            }
        }
        return product;
    }

    /** {@code E p(G)}: {@code E G^(2k) = (2k - 1)!!}. */
    private static BigInteger mean(BigInteger[] p) {
        BigInteger moment = BigInteger.ONE;
        BigInteger sum = p[0];
        for (int k = 2; k < p.length; k += 2) {
            moment = moment.multiply(BigInteger.valueOf(k - 1));
            sum = sum.add(p[k].multiply(moment));
        }
        return sum;
    }
}
