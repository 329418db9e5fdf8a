package org.lemmalab.stats;

import java.util.Arrays;

/**
 * Decides deterministic claims about numbers, up to a derived tolerance.
 *
 * <p>Of several numbers the worst decides: the one with the largest excess. A violation beyond the tolerance refutes. Numbers that are
 * not finite refute nothing: without a violation elsewhere they make the decision inconclusive, and they are counted as invalid. The
 * report's numbers: {@code samples} numbers were compared; {@code slack} is bound over observed (observed over bound for
 * {@code atLeast}) when both are positive, and tolerance over gap for identities; {@code detectable} is the claim moved by the
 * tolerance; {@code detail} is the index of the worst number.
 */
public final class Comparison {
    private Comparison() {}

    /** Decides {@code |actual - expected| <= tolerance}; {@code derivation} says where the tolerance comes from. */
    public static Decision equal(double actual, double expected, double tolerance, String derivation) {
        return equal(new double[] {actual}, new double[] {expected}, tolerance, derivation);
    }

    /** Decides {@code |actual[i] - expected[i]| <= tolerance} for all i. */
    public static Decision equal(double[] actual, double[] expected, double tolerance, String derivation) {
        return decide(Form.EQUAL, actual, expected, tolerance, derivation);
    }

    /** Decides {@code observed <= bound + tolerance}. */
    public static Decision atMost(double observed, double bound, double tolerance, String derivation) {
        return atMost(new double[] {observed}, new double[] {bound}, tolerance, derivation);
    }

    /** Decides {@code observed[i] <= bound + tolerance} for all i. */
    public static Decision atMost(double[] observed, double bound, double tolerance, String derivation) {
        return atMost(observed, constant(bound, observed.length), tolerance, derivation);
    }

    /** Decides {@code observed[i] <= bound[i] + tolerance} for all i. */
    public static Decision atMost(double[] observed, double[] bound, double tolerance, String derivation) {
        return decide(Form.AT_MOST, observed, bound, tolerance, derivation);
    }

    /** Decides {@code observed >= bound - tolerance}. */
    public static Decision atLeast(double observed, double bound, double tolerance, String derivation) {
        return atLeast(new double[] {observed}, new double[] {bound}, tolerance, derivation);
    }

    /** Decides {@code observed[i] >= bound - tolerance} for all i. */
    public static Decision atLeast(double[] observed, double bound, double tolerance, String derivation) {
        return atLeast(observed, constant(bound, observed.length), tolerance, derivation);
    }

    /** Decides {@code observed[i] >= bound[i] - tolerance} for all i. */
    public static Decision atLeast(double[] observed, double[] bound, double tolerance, String derivation) {
        return decide(Form.AT_LEAST, observed, bound, tolerance, derivation);
    }

    private static double[] constant(double value, int length) {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return values;
    }

    private enum Form {
        EQUAL {
            @Override
            double excess(double x, double claimed) {
                return Math.abs(x - claimed);
            }
        },
        AT_MOST {
            @Override
            double excess(double x, double claimed) {
                return x - claimed;
            }
        },
        AT_LEAST {
            @Override
            double excess(double x, double claimed) {
                return claimed - x;
            }
        };

        abstract double excess(double x, double claimed);

        double slack(double x, double claimed, double tolerance) {
            if (this == EQUAL) {
                return x == claimed ? Double.NaN : tolerance / Math.abs(x - claimed);
            }
            return !(x > 0) || !(claimed > 0) ? Double.NaN : this == AT_MOST ? claimed / x : x / claimed;
        }
    }

    private static Decision decide(Form form, double[] x, double[] claimed, double tolerance, String derivation) {
        Check.nonNegative("tolerance", tolerance);
        if (x.length != claimed.length || x.length == 0) {
            throw new IllegalArgumentException(
                    "lengths " + x.length + " and " + claimed.length + ": must be equal and positive");
        }
        int worst = -1;
        int bad = -1;
        long invalid = 0;
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(claimed[i])) {
                bad = bad < 0 ? i : bad;
                invalid++;
            } else if (worst < 0 || form.excess(x[i], claimed[i]) > form.excess(x[worst], claimed[worst])) {
                worst = i;
            }
        }
        boolean refuted = worst >= 0 && form.excess(x[worst], claimed[worst]) > tolerance;
        int shown = refuted || bad < 0 ? worst : bad;
        String notFinite = bad < 0 ? "" : x[bad] + " against " + claimed[bad] + " at index " + bad;
        String place = x.length == 1 || shown == bad ? "" : "worst at index " + shown;
        return new DecisionBuilder(refuted ? Outcome.REFUTED : bad < 0 ? Outcome.SUPPORTED : Outcome.INCONCLUSIVE)
                .observed(x[shown], claimed[shown])
                .slack(form.slack(x[shown], claimed[shown], tolerance))
                .samples(x.length, invalid)
                .detectable(form == Form.AT_LEAST ? claimed[shown] - tolerance : claimed[shown] + tolerance)
                .tolerance(derivation)
                .detail(place.isEmpty() || notFinite.isEmpty() ? place + notFinite : place + "; " + notFinite)
                .build();
    }
}
