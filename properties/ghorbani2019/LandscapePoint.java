package ghorbani2019;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.risk.QuadraticNetworkLoss;

/**
 * A point of the landscape of {@link QuadraticNetworkLoss}, and two walks from it.
 *
 * @param weights N x d
 * @param offset c
 */
record LandscapePoint(DMatrixRMaj weights, double offset) {
    private static final int STEPS = 100;

    /** Curvatures below this part of the largest one do not count. */
    private static final double FLAT = 1e-9;

    /** The weights with their best offset. */
    static LandscapePoint of(QuadraticNetworkLoss loss, DMatrixRMaj weights) {
        return new LandscapePoint(weights, loss.bestOffset(weights));
    }

    double value(QuadraticNetworkLoss loss) {
        return loss.value(weights, offset);
    }

    /** The gradient: of the weights row by row, then of c. */
    double[] gradient(QuadraticNetworkLoss loss) {
        double[] gradient = Arrays.copyOf(loss.weightGradient(weights, offset).data, weights.getNumElements() + 1);
        gradient[gradient.length - 1] = loss.offsetDerivative(weights, offset);
        return gradient;
    }

    /** The least eigenvalue of the Hessian. */
    double leastCurvature(QuadraticNetworkLoss loss) {
        return LinearAlgebra.eigen(loss.hessian(weights, offset)).smallest();
    }

    /** This point moved by {@code factor} times a step. */
    LandscapePoint plus(double factor, double[] step) {
        DMatrixRMaj moved = weights.copy();
        for (int k = 0; k < moved.getNumElements(); k++) {
            moved.data[k] += factor * step[k];
        }
        return new LandscapePoint(moved, offset + factor * step[step.length - 1]);
    }

    /**
     * A descent: Newton's steps with the absolute values of the curvatures, which leave saddles, halved until they descend. At a minimum with
     * {@code k}-fold contact it multiplies the distance by {@code (k - 2) / (k - 1)}: 0 at a regular minimum, 2/3 at a quartic one.
     *
     * @return the points, the last one where a step gains less than {@code 1e-14 scale}
     */
    List<LandscapePoint> descend(QuadraticNetworkLoss loss, double scale) {
        List<LandscapePoint> path = new ArrayList<>(List.of(this));
        LandscapePoint point = this;
        double gain = Double.POSITIVE_INFINITY;
        for (int k = 0; k < STEPS && gain > 1e-14 * scale; k++) {
            double[] step = point.newtonStep(loss, true);
            LandscapePoint next = point.plus(1, step);
            for (double t = 0.5; t > 1e-9 && !(next.value(loss) < point.value(loss)); t /= 2) {
                next = point.plus(t, step);
            }
            gain = point.value(loss) - next.value(loss);
            if (gain > 0) {
                point = next;
                path.add(point);
            }
        }
        return path;
    }

    /** Newton's method for a zero of the gradient, of any index, with steps halved until the gradient falls. Returns the points. */
    List<LandscapePoint> seekCriticalPoint(QuadraticNetworkLoss loss) {
        List<LandscapePoint> path = new ArrayList<>(List.of(this));
        LandscapePoint point = this;
        double norm = LinearAlgebra.norm(gradient(loss));
        for (int k = 0; k < STEPS && norm > 1e-11; k++) {
            double[] step = point.newtonStep(loss, false);
            LandscapePoint next = point.plus(1, step);
            double nextNorm = LinearAlgebra.norm(next.gradient(loss));
            for (double t = 0.5; t > 1e-9 && !(nextNorm < norm); t /= 2) {
                next = point.plus(t, step);
                nextNorm = LinearAlgebra.norm(next.gradient(loss));
            }
            if (!(nextNorm < norm)) {
                return path;
            }
            point = next;
            norm = nextNorm;
            path.add(point);
        }
        return path;
    }

    private double[] newtonStep(QuadraticNetworkLoss loss, boolean absolute) {
        SymmetricEigen eigen = LinearAlgebra.eigen(loss.hessian(weights, offset));
        double largest = Math.max(Math.abs(eigen.largest()), Math.abs(eigen.smallest()));
        double[] coefficients = eigen.project(gradient(loss));
        for (int i = 0; i < coefficients.length; i++) {
            double curvature = eigen.values()[i];
            double size = Math.abs(curvature);
            coefficients[i] = size > FLAT * largest ? -coefficients[i] / (absolute ? size : curvature) : 0;
        }
        return eigen.combine(coefficients);
    }
}
