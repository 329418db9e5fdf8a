package org.lemmalab.memorizer;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.lemmalab.linalg.LinearAlgebra;

/**
 * A rectified ridge {@code x -> max(w . x - B, 0)} of a complex neuron, found by scanning (B20, proof of Theorem 4): the complex neuron is a mixture
 * of such ridges with j = 0 .. m and {@code |B| <= 2M}, so the best of them correlates with the residual at least as well as the mixture does.
 *
 * @param weights w, length d
 * @param knot B
 * @param correlation {@code sum_i r_i max(w . x_i - B, 0)}
 * @param score what the selection maximises
 */
public record RidgeNeuron(double[] weights, double knot, double correlation, double score) {

    /** What makes one ridge better than another. */
    public enum Selection {
        /** Largest correlation: the choice of B20's proof. */
        CORRELATION,
        /** Largest correlation per {@code sqrt(|w|^2 + B^2)}: small total weight. */
        PER_WEIGHT,
        /** Largest correlation per norm of the outputs: few neurons. */
        PER_NORM
    }

    /**
     * The best ridge. As a function of B the correlation is linear between the values {@code w . x_i}, so that these and {@code -2M} are all knots to try.
     *
     * @param points n x d
     * @param residual r, length n, not zero; points with residual exactly 0 are left out
     * @return null if every ridge has zero correlation
     */
    public static @Nullable RidgeNeuron best(
            ComplexNeuron neuron, DMatrixRMaj points, double[] residual, Selection selection) {
        double reach = neuron.reach(points);
        double[] products = LinearAlgebra.product(points, neuron.real());
        double[] turn = LinearAlgebra.product(points, neuron.imaginary());
        RidgeNeuron best = null;
        for (int j = 0; j <= neuron.degree(); j++) {
            double[] p = products.clone();
            for (int i = 0; i < p.length; i++) {
                p[i] += j * turn[i];
            }
            RidgeNeuron found = scan(neuron.ridge(j), p, residual, reach, selection);
            if (found != null && (best == null || found.score > best.score)) {
                best = found;
            }
        }
        return best;
    }

    private static @Nullable RidgeNeuron scan(
            double[] weights, double[] p, double[] r, double reach, Selection selection) {
        double[] knots = p.clone();
        Arrays.sort(knots);
        double[] residualsAt = new double[p.length];
        int[] countAt = new int[p.length];
        for (int i = 0; i < p.length; i++) {
            if (r[i] != 0) {
                int k = Arrays.binarySearch(knots, p[i]);
                residualsAt[k] += r[i];
                countAt[k]++;
            }
        }
        double normSquared = LinearAlgebra.dot(weights, weights);
        double residuals = 0;
        double products = 0;
        double count = 0;
        double sum = 0;
        double squares = 0;
        RidgeNeuron best = null;
        for (int k = p.length - 1; k >= -1; k--) {
            double knot = k < 0 ? -2 * reach : knots[k];
            double correlation = products - knot * residuals;
            double score = Math.abs(correlation);
            if (selection == Selection.PER_WEIGHT) {
                score /= Math.sqrt(normSquared + knot * knot);
            } else if (selection == Selection.PER_NORM) {
                score /= Math.sqrt(squares - 2 * knot * sum + knot * knot * count);
            }
            if (Double.isFinite(score) && score > (best == null ? 0 : best.score)) {
                best = new RidgeNeuron(weights, knot, correlation, score);
            }
            if (k >= 0) {
                residuals += residualsAt[k];
                products += residualsAt[k] * knot;
                count += countAt[k];
                sum += countAt[k] * knot;
                squares += countAt[k] * knot * knot;
            }
        }
        return best;
    }
}
