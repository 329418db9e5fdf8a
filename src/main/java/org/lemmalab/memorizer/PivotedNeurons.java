package org.lemmalab.memorizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRColPivDecompositionHouseholderColumn_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.linsol.svd.SolvePseudoInverseSvd_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.lemmalab.activation.Activation;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.numeric.Arguments;

/**
 * As many neurons as there are points, picked among candidates so that their values at the points are linearly independent: with these, n neurons
 * memorize any labels (B20 Proposition 2). They are picked by a QR decomposition with column pivoting of the candidates' values, normalised.
 */
public final class PivotedNeurons {
    private static final double CUT = 1e-9;

    private final TwoLayerNetwork chosen;
    private final DMatrixRMaj values;

    /**
     * Picks n candidates; those whose values at the points are all 0 or not finite are left out.
     *
     * @param points n x d
     * @param weights N x d, one candidate per row
     * @param biases length N
     * @throws IllegalArgumentException if shapes do not fit or fewer than n candidates are left
     */
    public PivotedNeurons(DMatrixRMaj points, DMatrixRMaj weights, double[] biases, Activation activation) {
        int n = points.numRows;
        double[] ones = new double[biases.length];
        Arrays.fill(ones, 1);
        DMatrixRMaj all = new TwoLayerNetwork(weights, biases, ones, activation).outputFeatures(points);
        List<Integer> usable = new ArrayList<>();
        for (int l = 0; l < biases.length; l++) {
            double norm = columnNorm(all, l);
            if (norm > 0 && norm < Double.POSITIVE_INFINITY) {
                usable.add(l);
            }
        }
        Arguments.atLeast("candidates with values", usable.size(), n);
        DMatrixRMaj columns = new DMatrixRMaj(n, usable.size());
        for (int c = 0; c < usable.size(); c++) {
            double norm = columnNorm(all, usable.get(c));
            for (int i = 0; i < n; i++) {
                columns.set(i, c, all.get(i, usable.get(c)) / norm);
            }
        }
        QRColPivDecompositionHouseholderColumn_DDRM qr = new QRColPivDecompositionHouseholderColumn_DDRM();
        qr.decompose(columns.copy());
        values = new DMatrixRMaj(n, n);
        DMatrixRMaj picked = new DMatrixRMaj(n, points.numCols);
        double[] pickedBiases = new double[n];
        double[] scales = new double[n];
        for (int j = 0; j < n; j++) {
            int column = qr.getColPivots()[j];
            int candidate = usable.get(column);
            System.arraycopy(weights.data, candidate * points.numCols, picked.data, j * points.numCols, points.numCols);
            pickedBiases[j] = biases[candidate];
            scales[j] = 1 / columnNorm(all, candidate);
            for (int i = 0; i < n; i++) {
                values.set(i, j, columns.get(i, column));
            }
        }
        chosen = new TwoLayerNetwork(picked, pickedBiases, scales, activation);
    }

    /** The smallest singular value of the picked neurons' normalised values over the largest one; 0, up to rounding, when no n candidates are independent. */
    public double conditioning() {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(values.numRows, values.numCols, false, false, true);
        svd.decompose(values.copy());
        double[] s = svd.getSingularValues();
        double least = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int j = 0; j < values.numRows; j++) {
            least = Math.min(least, s[j]);
            largest = Math.max(largest, s[j]);
        }
        return least / largest;
    }

    /**
     * The network of the first {@code count} picked neurons that fits labels best in the least squares sense; with all n of them it memorizes the labels, if they are
     * independent. If all n are not, singular values below 1e-9 of the largest count as 0.
     *
     * @param y labels, length n
     * @param count 1 to n
     * @throws IllegalArgumentException if an argument is not allowed
     */
    public TwoLayerNetwork fit(double[] y, int count) {
        int n = values.numRows;
        Arguments.same("length of y", y.length, "rows of points", n);
        Arguments.atLeast("count", count, 1);
        Arguments.atLeast("n - count", n - count, 0);
        DMatrixRMaj kept = CommonOps_DDRM.extract(values, 0, n, 0, count);
        DMatrixRMaj outputs = new DMatrixRMaj(count, 1);
        DMatrixRMaj labels = DMatrixRMaj.wrap(n, 1, y.clone());
        if (conditioning() <= CUT || !CommonOps_DDRM.solve(kept, labels, outputs)) {
            SolvePseudoInverseSvd_DDRM solver = new SolvePseudoInverseSvd_DDRM(n, count);
            solver.setThreshold(CUT);
            solver.setA(kept);
            solver.solve(labels, outputs);
        }
        for (int j = 0; j < count; j++) {
            outputs.data[j] *= chosen.outputs()[j];
        }
        return new TwoLayerNetwork(
                CommonOps_DDRM.extract(chosen.weights(), 0, count, 0, chosen.dimension()),
                Arrays.copyOf(chosen.biases(), count),
                outputs.data,
                chosen.activation());
    }

    private static double columnNorm(DMatrixRMaj a, int column) {
        double squares = 0;
        for (int i = 0; i < a.numRows; i++) {
            squares += a.get(i, column) * a.get(i, column);
        }
        return Math.sqrt(squares);
    }
}
