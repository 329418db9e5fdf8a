package ghorbani2019;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;

/** A quadratic target or a mixture in few dimensions, and few weights: degenerate ones of every kind among them. */
record SmallProblem(int d, int n, int rank, Signs signs, Rows rows, long seed) {
    /** The signs of the eigenvalues. */
    enum Signs {
        POSITIVE,
        NEGATIVE,
        BOTH
    }

    /** How the weights are drawn. */
    enum Rows {
        GENERAL,
        ALIGNED,
        COLLINEAR,
        REPEATED
    }

    private RandomStream stream(String name) {
        return RandomStream.of(seed, "SmallProblem").part(name);
    }

    /** Eigenvalues of modulus 1, 2 or 3 as far as the rank goes. */
    private double[] eigenvalues(Signs of) {
        RandomStream stream = stream("eigenvalues");
        double[] values = new double[d];
        for (int i = 0; i < rank; i++) {
            double sign = switch (of) {
                case POSITIVE -> 1;
                case NEGATIVE -> -1;
                case BOTH -> i % 2 == 0 ? -1 : 1;
            };
            values[i] = sign * (1 + stream.integer(3));
        }
        return values;
    }

    private DMatrixRMaj matrix(Signs of, double scale) {
        DMatrixRMaj basis = OrthonormalRows.draw(d, d, stream("basis"));
        double[] values = eigenvalues(of);
        DMatrixRMaj scaled = basis.copy();
        for (int k = 0; k < scaled.getNumElements(); k++) {
            scaled.data[k] *= scale * values[k / d];
        }
        DMatrixRMaj matrix = LinearAlgebra.productTransA(basis, scaled);
        DMatrixRMaj transposed = CommonOps_DDRM.transpose(matrix, null);
        return CommonOps_DDRM.add(0.5, matrix, 0.5, transposed, null);
    }

    /** The centred target. */
    QuadraticTarget target(Signs of) {
        return QuadraticTarget.centred(matrix(of, 1));
    }

    /** {@code Sigma = I}, Delta with 0.3 times the eigenvalues. */
    GaussianMixture mixture() {
        return new GaussianMixture(CommonOps_DDRM.identity(d), matrix(signs, 0.3));
    }

    /** So many weights of this name. */
    DMatrixRMaj weights(String name, int count) {
        RandomStream stream = stream(name);
        DMatrixRMaj weights = new DMatrixRMaj(count, d, true, stream.gaussians(count * d));
        if (rows == Rows.ALIGNED) {
            DMatrixRMaj root = OrthonormalRows.draw(d, d, stream("basis"));
            DMatrixRMaj coefficients = weights.copy();
            double[] values = eigenvalues(Signs.POSITIVE);
            for (int k = 0; k < coefficients.getNumElements(); k++) {
                coefficients.data[k] *= 0.1 + values[k % d];
            }
            weights = LinearAlgebra.product(coefficients, root);
        }
        for (int k = d; k < count * d; k++) {
            weights.data[k] = switch (rows) {
                case COLLINEAR -> (k / d % 2 == 0 ? 0.5 : -2) * weights.data[k % d];
                case REPEATED -> weights.data[k % (d * ((count + 1) / 2))];
                default -> weights.data[k];
            };
        }
        CommonOps_DDRM.scale(1 / Math.sqrt(d), weights);
        return weights;
    }

    /** {@code min(N, rank)} unit weights along the eigenvectors of the target's eigenvalues of largest modulus. */
    DMatrixRMaj principal(QuadraticTarget target) {
        SymmetricEigen squares = LinearAlgebra.eigen(LinearAlgebra.product(target.matrix(), target.matrix()));
        return CommonOps_DDRM.extract(squares.vectors(), 0, Math.min(n, rank), 0, d);
    }

    SmallProblem covered(ClaimRun run) {
        run.covers("weights " + rows).covers("eigenvalues " + signs);
        run.covers(n < d ? "N < d" : n == d ? "N = d" : "N > d");
        run.covers(rank == 1 ? "B of rank one" : rank < d ? "B singular" : "B regular");
        return this;
    }
}
