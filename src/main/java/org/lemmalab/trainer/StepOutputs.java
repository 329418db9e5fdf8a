package org.lemmalab.trainer;

/**
 * What a gradient step does to the outputs at examples of its sample; every array has one entry per example.
 *
 * @param y labels
 * @param active whether the example took part in the step
 * @param before the output {@code h_W(x_k)}
 * @param leaveOneOut the output after the step of all others, {@code h_(W + eta G~)(x_k)} with {@code G~ = G - G^k} (D20, Lemma 7)
 * @param after the output {@code h_(W+)(x_k)}
 */
public record StepOutputs(double[] y, boolean[] active, double[] before, double[] leaveOneOut, double[] after) {

    /** The number of examples. */
    public int size() {
        return y.length;
    }

    /** What the example's own gradient adds in the direction of its label: {@code y_k (after_k - leaveOneOut_k)} (D20, Claim 13). */
    public double[] jumps() {
        double[] jumps = new double[size()];
        for (int k = 0; k < jumps.length; k++) {
            jumps[k] = y[k] * (after[k] - leaveOneOut[k]);
        }
        return jumps;
    }

    /** The margins {@code y_k after_k}: an example is memorised when its margin is positive. */
    public double[] margins() {
        double[] margins = new double[size()];
        for (int k = 0; k < margins.length; k++) {
            margins[k] = y[k] * after[k];
        }
        return margins;
    }

    /** The number of examples with a positive margin. */
    public int memorized() {
        int count = 0;
        for (double margin : margins()) {
            count += margin > 0 ? 1 : 0;
        }
        return count;
    }

    /** The number of examples that took part. */
    public int activeCount() {
        int count = 0;
        for (boolean one : active) {
            count += one ? 1 : 0;
        }
        return count;
    }
}
