package org.lemmalab.trainer;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.lemmalab.linalg.Backend;

/** Consecutive neurons of {@link SampleSpaceGradientDescent}: their rows of P(0), P and C, and their share in the output. */
final class NeuronBlock {

    private final Backend backend;
    private final DMatrixRMaj start;
    private final DMatrixRMaj now;
    private final DMatrixRMaj coefficients;
    private final double[] signs;
    private final double[] output;
    private double @Nullable [] counted;

    /** The neurons {@code from}, ..., {@code to - 1} of a network with these pre-activations (m x n, copied) and signs. */
    NeuronBlock(Backend backend, DMatrixRMaj preactivations, double[] signs, int from, int to) {
        this.backend = backend;
        int n = preactivations.numCols;
        this.start = new DMatrixRMaj(to - from, n);
        for (int k = 0; k < start.data.length; k++) {
            start.data[k] = preactivations.data[from * n + k] + 0.0; // no -0.0: the indicator reads the sign bit
        }
        this.now = start.copy();
        this.coefficients = new DMatrixRMaj(to - from, n);
        this.signs = Arrays.copyOfRange(signs, from, to);
        this.output = new double[n];
        refreshOutput();
    }

    /** {@code C_ri += a_r increment_i 1{P_ri >= 0}}, {@code P = P(0) + C K}. */
    void advance(double[] increment, DMatrixRMaj gram) {
        int n = output.length;
        double[] p = now.data;
        double[] c = coefficients.data;
        for (int r = 0; r < signs.length; r++) {
            double sign = signs[r];
            for (int i = 0, at = r * n; i < n; i++, at++) { // branch-free: half of the indicators are 0, at random
                long active = ~(Double.doubleToRawLongBits(p[at]) >> 63);
                c[at] += Double.longBitsToDouble(Double.doubleToRawLongBits(sign * increment[i]) & active);
            }
        }
        backend.multiply(false, false, 1, coefficients, gram, 0, now);
        for (int k = 0; k < p.length; k++) {
            p[k] += start.data[k];
        }
        refreshOutput();
    }

    private void refreshOutput() {
        int n = output.length;
        Arrays.fill(output, 0);
        for (int r = 0; r < signs.length; r++) {
            for (int i = 0; i < n; i++) {
                output[i] += signs[r] * Math.max(now.data[r * n + i], 0);
            }
        }
    }

    /** Adds {@code sum_r a_r relu(P_ri)} of these neurons. */
    void addOutput(double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += output[i];
        }
    }

    int neurons() {
        return signs.length;
    }

    /** {@code |w_r(k) - w_r(0)|^2 = c_r K c_r = c_r . (P - P(0))_r}. */
    double movementSquared(int r) {
        int n = output.length;
        double sum = 0;
        for (int k = r * n; k < (r + 1) * n; k++) {
            sum += coefficients.data[k] * (now.data[k] - start.data[k]);
        }
        return Math.max(sum, 0);
    }

    /** Adds to each point the number of indicators that differ from step 0. */
    void countFlips(long[] flips) {
        for (int r = 0, at = 0; r < signs.length; r++) {
            for (int i = 0; i < flips.length; i++, at++) { // branch-free, as neither has a -0.0
                flips[i] +=
                        (Double.doubleToRawLongBits(now.data[at]) ^ Double.doubleToRawLongBits(start.data[at])) >>> 63;
            }
        }
    }

    /** Brings up to date, for each pair of points, the number of neurons active at both; it was at the last call, at first 0. */
    void updateCoactivations(double[] counts) {
        int n = output.length;
        if (counted == null) {
            counted = new double[now.data.length];
            Arrays.fill(counted, -1);
        }
        for (int r = 0; r < signs.length; r++) {
            if (hasFlipped(counted, r)) {
                addCoactivations(counted, r, -1, counts);
                addCoactivations(now.data, r, 1, counts);
                System.arraycopy(now.data, r * n, counted, r * n, n);
            }
        }
    }

    private boolean hasFlipped(double[] before, int r) {
        int n = output.length;
        long different = 0;
        for (int k = r * n; k < (r + 1) * n; k++) {
            different |= Double.doubleToRawLongBits(now.data[k]) ^ Double.doubleToRawLongBits(before[k]);
        }
        return different < 0;
    }

    private void addCoactivations(double[] preactivations, int r, int sign, double[] counts) {
        int n = output.length;
        for (int i = 0; i < n; i++) {
            if (preactivations[r * n + i] >= 0) {
                for (int j = 0; j < n; j++) {
                    counts[i * n + j] += preactivations[r * n + j] >= 0 ? sign : 0;
                }
            }
        }
    }

    void copyPreactivations(double[] target, int at) {
        System.arraycopy(now.data, 0, target, at, now.data.length);
    }

    void copyCoefficients(double[] target, int at) {
        System.arraycopy(coefficients.data, 0, target, at, coefficients.data.length);
    }
}
