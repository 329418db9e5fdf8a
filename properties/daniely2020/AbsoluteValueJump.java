package daniely2020;

import java.util.function.DoubleBinaryOperator;
import org.apache.commons.math3.special.Erf;
import org.lemmalab.numeric.GaussianIntegral;

/**
 * Exact means at finite d for the absolute value with signs that cancel, every example taking part. Given the example x, the shifts of its pre-activations u by the
 * others are {@code N(0, rho^2 |x|^2/d)}, its own are {@code y a_j t (|x|^2/d) sign(u)}; u is one coordinate of x.
 *
 * @param d dimension, at least 64
 * @param rho {@code ((m-1) ln^2 d/(d q))^(1/2)}, positive
 * @param t {@code ln d/sqrt q}, positive
 */
record AbsoluteValueJump(int d, double rho, double t) {
    AbsoluteValueJump(StepSetting setting) {
        this(setting.d(), Math.sqrt(setting.shiftVariance()), setting.ownShift());
    }

    /** The mean jump over {@code ln d}. */
    double ratio() {
        return mean((u, scale) -> {
                    double deviation = rho * Math.sqrt(scale);
                    return folded(Math.abs(u) + t * scale, deviation) - folded(Math.abs(u) - t * scale, deviation);
                })
                / (2 * t);
    }

    /** The probability that the others change the sign of a pre-activation. */
    double flipProbability() {
        return mean((u, scale) -> Erf.erfc(Math.abs(u) / (rho * Math.sqrt(2 * scale))) / 2);
    }

    /** {@code E |a + s G|}. */
    private static double folded(double a, double s) {
        double z = a / s;
        return s * Math.sqrt(2 / Math.PI) * Math.exp(-z * z / 2) + a * Erf.erf(z / Math.sqrt(2));
    }

    /**
     * {@code E f(u, |x|^2/d)}, f even in u with a scale of rho or t: the trapezoidal rule over the chi-square law of {@code |x|^2 - u^2}, in steps of half its
     * deviation from 8 below to 12 above its mean.
     */
    private double mean(DoubleBinaryOperator f) {
        double half = (d - 1) / 2.0;
        double step = Math.sqrt((d - 1) / 2.0);
        double sum = 0;
        double weights = 0;
        for (int i = -16; i <= 24; i++) {
            double rest = d - 1 + i * step;
            if (rest <= 0) {
                continue;
            }
            double log = (half - 1) * Math.log(rest / (d - 1)) - (rest - (d - 1)) / 2;
            double weight = Math.exp(log);
            weights += weight;
            sum += weight
                    * GaussianIntegral.expectation(
                            u -> f.applyAsDouble(u, (u * u + rest) / d),
                            0,
                            t,
                            -t,
                            t + rho,
                            -t - rho,
                            rho,
                            -rho,
                            3 * rho,
                            -3 * rho,
                            t + 3 * rho,
                            -t - 3 * rho);
        }
        return sum / weights;
    }
}
