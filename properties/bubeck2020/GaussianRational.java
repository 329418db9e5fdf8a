package bubeck2020;

import org.apache.commons.math3.fraction.BigFraction;

/** A complex number with rational parts, exactly. */
record GaussianRational(BigFraction re, BigFraction im) {
    static final GaussianRational ONE = of(1, 0);
    static final GaussianRational I = of(0, 1);

    static GaussianRational of(int re, int im) {
        return new GaussianRational(new BigFraction(re), new BigFraction(im));
    }

    GaussianRational plus(GaussianRational other) {
        return new GaussianRational(re.add(other.re), im.add(other.im));
    }

    GaussianRational times(GaussianRational other) {
        return new GaussianRational(
                re.multiply(other.re).subtract(im.multiply(other.im)),
                re.multiply(other.im).add(im.multiply(other.re)));
    }

    GaussianRational times(BigFraction factor) {
        return new GaussianRational(re.multiply(factor), im.multiply(factor));
    }

    GaussianRational power(int exponent) {
        GaussianRational power = ONE;
        for (int i = 0; i < exponent; i++) {
            power = power.times(this);
        }
        return power;
    }

    GaussianRational conjugate() {
        return new GaussianRational(re, im.negate());
    }
}
