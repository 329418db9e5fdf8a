package arora2019;

import arora2019.QuadraticFunctionClaims.Quadratic;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.stats.Comparison;

/**
 * A quadratic function is a sum of squares of linear ones, whose coefficients have the trace norm as their absolute sum.
 *
 * <h2>Source</h2>
 *
 * A19, Example 6.2.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * A = sum_j alpha_j beta_j beta_j^T symmetric, orthonormal beta_j:   x^T A x = sum_j alpha_j (beta_j.x)^2,   sum_j |alpha_j| = |A|_*
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * The matrices and points of {@link QuadraticFunctionClaims}: general, of rank one, of trace zero, multiples of {@code x^2}.
 *
 * <h2>How it is checked</h2>
 *
 * {@code x^T A x} by products, {@code |A|_*} by singular values. With {@code u = 1.1e-16}, eigenvalues, singular values and products are
 * each exact to {@code 10 d u} of the Frobenius norm, by which both sides are divided.
 *
 * <h2>Falsifiers</h2>
 *
 * Terms without their sign, without their square; the trace and the Frobenius norm in place of the trace norm.
 */
class TraceNormClaims {
    private static final double EIGEN_ERROR = 20 * 6 * 0x1p-53;

    @Provide
    Arbitrary<Quadratic> quadratics() {
        return new QuadraticFunctionClaims().quadratics();
    }

    @Claim(
            id = "A19.ex6.2-equiv",
            statement =
                    "x^\\top A x = \\sum_{j=1}^d \\alpha_j (\\beta_j^\\top x)^2, \\qquad \\sum_{j=1}^d |\\alpha_j| = \\|A\\|_*",
            hypotheses = "$A = \\sum_j \\alpha_j \\beta_j \\beta_j^\\top$ symmetric, orthonormal $\\beta_j$")
    void quadraticFunctionIsASumOfSquares(@ForAll("quadratics") Quadratic drawn, ClaimRun run) {
        run.covers(drawn.set().d() == 1 ? "multiples of x^2" : drawn.family().label());
        SymmetricEigen eigen = LinearAlgebra.eigen(drawn.matrix());
        double size = LinearAlgebra.norm(eigen.values());
        double[] labels = Arrays.stream(drawn.labels()).map(y -> y / size).toArray();
        DMatrixRMaj projections = LinearAlgebra.productTransB(drawn.set().points(), eigen.vectors());
        DoubleBinaryOperator square = (alpha, projection) -> alpha * projection * projection;
        run.check(
                        "sum of squares",
                        square,
                        (term, lab) -> Comparison.equal(
                                IntStream.range(0, labels.length)
                                        .mapToDouble(i -> IntStream.range(0, eigen.values().length)
                                                        .mapToDouble(j -> term.applyAsDouble(
                                                                eigen.values()[j], projections.get(i, j)))
                                                        .sum()
                                                / size)
                                        .toArray(),
                                labels,
                                EIGEN_ERROR,
                                "20 d u of the Frobenius norm, d <= 6"))
                .falsifiedBy("|alpha_j|", (alpha, projection) -> Math.abs(alpha) * projection * projection)
                .falsifiedBy("no square", (alpha, projection) -> alpha * Math.abs(projection));
        double[] singular = singularValues(drawn.matrix());
        ToDoubleFunction<double[]> absolute =
                values -> Arrays.stream(values).map(Math::abs).sum();
        run.check(
                        "trace norm by singular values",
                        absolute,
                        (norm, lab) -> Comparison.equal(
                                norm.applyAsDouble(eigen.values()) / size,
                                Arrays.stream(singular).sum() / size,
                                6 * EIGEN_ERROR,
                                "20 d u of the Frobenius norm for each of d <= 6 values"))
                .falsifiedBy("|tr A|", values -> Math.abs(Arrays.stream(values).sum()))
                .falsifiedBy("Frobenius norm", LinearAlgebra::norm);
    }

    private static double[] singularValues(DMatrixRMaj matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, false, true);
        if (!svd.decompose(matrix)) {
            throw new IllegalStateException("no singular values of " + matrix);
        }
        return svd.getSingularValues();
    }
}
