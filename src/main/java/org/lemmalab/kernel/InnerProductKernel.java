package org.lemmalab.kernel;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.HermiteExpansion;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.Arguments;

/**
 * A kernel {@code k(x, y) = F(<x, y>)} on the unit sphere (D19, appendix A.1).
 *
 * @param profile F on [-1, 1]
 */
public record InnerProductKernel(DoubleUnaryOperator profile) implements Kernel {

    /**
     * {@code F(rho) = sum_n b_n rho^n}: a kernel when all {@code b_n >= 0}.
     *
     * @param coefficients {@code b_0, b_1, ...}; copied
     * @throws IllegalArgumentException when there is none or one is not finite
     */
    public static InnerProductKernel ofSeries(double... coefficients) {
        Arguments.atLeast("number of coefficients", coefficients.length, 1);
        double[] b = Arguments.finite("coefficients", coefficients).clone();
        return new InnerProductKernel(rho -> {
            double value = 0;
            for (int n = b.length - 1; n >= 0; n--) {
                value = value * rho + b[n];
            }
            return value;
        });
    }

    /** The hidden layer's limit kernel {@code rho E s'(X) s'(Y)} (D19 (1), {@code tk^h}), by quadrature. */
    public static InnerProductKernel tangent(Activation s) {
        DualActivation dual = DualActivation.ofDerivative(s);
        return new InnerProductKernel(rho -> rho * dual.at(rho));
    }

    /** Its coefficients {@code b_0 = 0, b_n = n a_n^2}, {@code count} of them. @throws IllegalArgumentException unless {@code 2 <= count <= 60} */
    public static double[] tangentSeries(Activation s, int count) {
        double[] a = HermiteExpansion.ofDerivative(s, Arguments.atLeast("count", count, 2) - 1);
        double[] b = new double[count];
        for (int n = 1; n < count; n++) {
            b[n] = a[n - 1] * a[n - 1];
        }
        return b;
    }

    @Override
    public DMatrixRMaj cross(DMatrixRMaj x, DMatrixRMaj y) {
        DMatrixRMaj values = LinearAlgebra.productTransB(x, y);
        for (int i = 0; i < values.getNumElements(); i++) {
            values.data[i] = profile.applyAsDouble(Math.max(-1, Math.min(1, values.data[i])));
        }
        return values;
    }

    @Override
    public DMatrixRMaj gram(DMatrixRMaj x) {
        DMatrixRMaj values = LinearAlgebra.gram(x);
        int n = values.numRows;
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                double value = profile.applyAsDouble(Math.max(-1, Math.min(1, values.data[i * n + j])));
                values.data[i * n + j] = value;
                values.data[j * n + i] = value;
            }
        }
        return values;
    }
}
