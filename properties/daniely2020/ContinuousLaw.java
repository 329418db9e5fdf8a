package daniely2020;

import org.apache.commons.math3.special.Erf;
import org.lemmalab.concentration.OrliczNorm;

/** Laws with closed forms: {@code E exp(|X|/t)}, {@code E exp(X^2/t^2)} and tails. */
enum ContinuousLaw {
    /** N(0, 1). */
    NORMAL {
        @Override
        double psi1Moment(double t) {
            return halfNormalMoment(1 / t);
        }

        @Override
        double psi2Moment(double t) {
            return t * t > 2 ? 1 / Math.sqrt(1 - 2 / (t * t)) : Double.POSITIVE_INFINITY;
        }

        @Override
        double logTail(double t) {
            return Math.log(Erf.erfc(t / Math.sqrt(2)));
        }
    },
    /** {@code |N| - E|N|}: its psi_2 moment jumps from infinity to {@code e^(1/pi)} at {@code t = sqrt(2)}. */
    CENTERED_HALF_NORMAL {
        @Override
        double psi1Moment(double t) {
            double a = 1 / t;
            double above = Math.exp(-a * HALF_MEAN) * cumulative(a - HALF_MEAN);
            double below = Math.exp(a * HALF_MEAN) * (cumulative(HALF_MEAN + a) - cumulative(a));
            return 2 * Math.exp(a * a / 2) * (above + below);
        }

        @Override
        double psi2Moment(double t) { // 2 int_0^infinity phi(x) exp(s (x - HALF_MEAN)^2) dx
            double s = 1 / (t * t);
            double k = Math.sqrt(Math.max(0, 1 - 2 * s));
            if (s > 0.5 * (1 + 0x1p-50)) {
                return Double.POSITIVE_INFINITY;
            }
            double z = 2 * s * HALF_MEAN; // Mills: exp(x^2/2) P(N > x) / k at x = z/k
            double x = z / k;
            double mills = x > 25
                    ? (1 - 1 / (x * x)) / (z * Math.sqrt(2 * Math.PI))
                    : Math.exp(x * x / 2) * cumulative(-x) / k;
            return 2 * Math.exp(s * HALF_MEAN * HALF_MEAN) * mills;
        }

        @Override
        double logTail(double t) {
            double below = t < HALF_MEAN ? Erf.erf((HALF_MEAN - t) / Math.sqrt(2)) : 0;
            return Math.log(Erf.erfc((HALF_MEAN + t) / Math.sqrt(2)) + below);
        }
    },
    /** Uniform on [-1, 1]. */
    UNIFORM {
        @Override
        double psi1Moment(double t) {
            return t * Math.expm1(1 / t);
        }

        @Override
        double psi2Moment(double t) { // int_0^1 exp(x^2/t^2) dx by its series, positive terms
            double term = 1;
            double sum = 1;
            for (int k = 1; term > 1e-18 * sum && sum < 1e100; k++) {
                term /= k * t * t;
                sum += term / (2 * k + 1);
            }
            return sum;
        }

        @Override
        double logTail(double t) {
            return Math.log(Math.max(0, 1 - t));
        }
    },
    /** Exp(1); |X| of the two-sided law too. */
    EXPONENTIAL {
        @Override
        double psi1Moment(double t) {
            return t > 1 ? 1 / (1 - 1 / t) : Double.POSITIVE_INFINITY;
        }

        @Override
        double logTail(double t) {
            return -t;
        }
    },
    /** {@code Exp(1) - 1}. */
    CENTERED_EXPONENTIAL {
        @Override
        double psi1Moment(double t) {
            double below = (Math.exp(1 / t) - Math.exp(-1)) / (1 + 1 / t);
            return t > 1 ? below + Math.exp(-1) / (1 - 1 / t) : Double.POSITIVE_INFINITY;
        }

        @Override
        double logTail(double t) {
            return t < 1 ? Math.log(Math.exp(-1 - t) - Math.expm1(t - 1)) : -1 - t;
        }
    },
    /** The square of N(0, 1). */
    CHI_SQUARE {
        @Override
        double psi1Moment(double t) {
            return t > 2 ? 1 / Math.sqrt(1 - 2 / t) : Double.POSITIVE_INFINITY;
        }

        @Override
        double logTail(double t) {
            return Math.log(Erf.erfc(Math.sqrt(t / 2)));
        }
    };

    /** {@code E|N|} for N standard normal. */
    static final double HALF_MEAN = Math.sqrt(2 / Math.PI);

    /** {@code E exp(|X|/t)}. */
    abstract double psi1Moment(double t);

    /** {@code E exp(X^2/t^2)}. */
    double psi2Moment(double t) {
        return Double.POSITIVE_INFINITY;
    }

    /** {@code ln P(|X| >= t)} for {@code t > 0}. */
    abstract double logTail(double t);

    double psi1() {
        return OrliczNorm.ofMoment(this::psi1Moment);
    }

    double psi2() {
        return OrliczNorm.ofMoment(this::psi2Moment);
    }

    /** {@code P(N <= x)}. */
    static double cumulative(double x) {
        return Erf.erfc(-x / Math.sqrt(2)) / 2;
    }

    /** {@code E exp(a |N|)} for any real a. */
    static double halfNormalMoment(double a) {
        return 2 * Math.exp(a * a / 2) * cumulative(a);
    }

    /** {@code E exp(a |XY|)}, X and Y standard normal with correlation r, by the two pairs of quadrants; infinite where it is. */
    static double productMoment(double r, double a) {
        if (a * (1 + Math.abs(r)) >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        return quadrants(r, a) + quadrants(-r, a);
    }

    private static double quadrants(double r, double a) {
        double angle = Math.PI / 2 + Math.asin(Math.max(-1, Math.min(1, r + a * (1 - r * r))));
        return angle / Math.PI / Math.sqrt((1 - a * (1 + r)) * (1 + a * (1 - r)));
    }
}
