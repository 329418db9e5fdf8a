package org.lemmalab.trainer;

import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.numeric.Arguments;

/** The gradient of a batch's mean loss in its predictions. */
final class BatchGradient {
    private BatchGradient() {}

    /** {@code -eta l'(u_i, y_i) / b}: what a step adds along each example's gradient. */
    static double[] steps(ConvexLoss loss, double eta, double[] predictions, double[] labels) {
        Arguments.same("length of labels", labels.length, "rows of points", predictions.length);
        double[] steps = new double[labels.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = -eta * loss.derivative(predictions[i], labels[i]) / steps.length;
        }
        return steps;
    }
}
