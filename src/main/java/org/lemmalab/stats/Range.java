package org.lemmalab.stats;

/**
 * The range in which bets are placed.
 *
 * @param lo lower end of the values
 * @param hi upper end of the values, or where they are cut off
 * @param bias by how much the mean can exceed the mean of the values cut off at {@code hi}
 * @param cuts whether values above {@code hi} are allowed and cut off
 */
record Range(double lo, double hi, double bias, boolean cuts) {
    /** The range for a decision with this margin about means up to {@code top}. */
    static Range of(Assumption assumption, double margin, double top) {
        if (assumption instanceof Assumption.Bounded bounded) {
            return new Range(bounded.lo(), bounded.hi(), 0, false);
        }
        double v = ((Assumption.SecondMoment) assumption).v();
        double cut = Math.max(v / (2 * margin), 2 * top);
        return new Range(0, cut, v / (4 * cut), true);
    }

    boolean holds(double x) {
        return x >= lo && (cuts || x <= hi);
    }

    double cut(double x) {
        return Math.min(x, hi);
    }
}
