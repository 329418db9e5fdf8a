package org.lemmalab.loss;

/** A loss that is convex and Lipschitz in the prediction, differentiable except at finitely many points for each label (D19 section 2.4). */
public interface ConvexLoss extends Loss {

    /** The derivative in the prediction u; at a kink the subgradient that the algorithms use. */
    double derivative(double u, double y);

    /** This loss times a factor. @throws IllegalArgumentException unless it is positive and finite */
    default ConvexLoss times(double factor) {
        return new ScaledLoss(this, factor);
    }
}
