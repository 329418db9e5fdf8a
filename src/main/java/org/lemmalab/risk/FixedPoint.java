package org.lemmalab.risk;

import org.lemmalab.numeric.Arguments;

/**
 * The equation that determines {@code psi} (G19 (9) and (14)), multiplied by psi:
 *
 * <pre>{@code
 * g(psi) = l~ psi + int l_1^2 t psi / (1 + l_1^2 t psi) D(dt) = rho
 * }</pre>
 *
 * g increases from 0 to infinity, so that there is exactly one solution, and {@code rho / (l~ + l_1^2 E_D t) <= psi <= rho / l~}.
 *
 * @param hermite1 {@code l_1}
 * @param nonlinearity {@code l~}, positive
 * @param spectrum D
 */
public record FixedPoint(double hermite1, double nonlinearity, Spectrum spectrum) {

    /** @throws IllegalArgumentException unless {@code l_1} is finite and {@code l~} positive and finite */
    public FixedPoint {
        Arguments.finite("hermite1", new double[] {hermite1});
        Arguments.positive("nonlinearity", nonlinearity);
    }

    /** {@code g(psi)}, psi at least 0. */
    public double ratio(double psi) {
        double square = hermite1 * hermite1;
        return nonlinearity * psi + spectrum.mean(t -> square * t * psi / (1 + square * t * psi));
    }

    /**
     * The solution psi for {@code rho = N/d}, by bisection of the bracket down to neighbouring doubles.
     *
     * @throws IllegalArgumentException unless rho is positive and finite
     */
    public double psi(double rho) {
        Arguments.positive("rho", rho);
        double square = hermite1 * hermite1;
        double low = rho / (nonlinearity + square * spectrum.mean(t -> t));
        double high = rho / nonlinearity;
        while (true) {
            double middle = low + (high - low) / 2;
            if (!(low < middle && middle < high)) {
                return middle;
            }
            if (ratio(middle) < rho) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }
}
