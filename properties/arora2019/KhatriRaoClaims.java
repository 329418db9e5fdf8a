package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.stats.Comparison;

/**
 * Entrywise powers of the points' Gram matrix are Gram matrices of their tensor powers.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Theorem 6.1.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * K = X^T X, columns x_i;   X_l = (x_1 (x) ... (x) x_1, ..., x_n (x) ... (x) x_n), the l-fold Khatri-Rao power
 *   K_ij^l = (X_l^T X_l)_ij,  and the matrix of these powers is >= 0
 *   P_(X_l^T X_l) X_l^T = X_l^T,    X_l (X_l^T X_l)^+ X_l^T = P_(X_l X_l^T)      (P: projection on the range)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Points of every geometry, up to 10 of them in up to 3 dimensions, {@code l = 1, 2, 3, 4}: singular Gram matrices wherever
 * {@code n > d} or points repeat. 18 equispaced points of the circle join in.
 *
 * <h2>How it is checked</h2>
 *
 * With {@code u = 1.1e-16}. Powers: products of at most 81 numbers with 4 factors each, of unit vectors: {@code 100 u}. Eigenvalues of
 * an n x n matrix of norm n at most: {@code 10 n^2 u}.
 *
 * <p>Projections keep eigenvalues above {@code c = 10^-9} of the largest. What they drop has a norm of at most {@code sqrt(n c)}, and
 * what they keep is exact to {@code 10 n u / c}.
 *
 * <h2>Falsifiers</h2>
 *
 * The entrywise power of X itself; absolute values of the cosines; a definite matrix. The projection of K for the powers' features;
 * I and {@code X_l X_l^T} in place of the
 * projection on its range.
 */
class KhatriRaoClaims {
    private static final double CUT = 1e-9;
    private static final int[] POWERS = {1, 2, 3, 4};
    private static final DMatrixRMaj CIRCLE = circle(18);

    @Provide
    Arbitrary<PointSet> points() {
        return PointSets.any(10, 3);
    }

    /** A matrix of the points and l. */
    private interface Form {
        DMatrixRMaj of(DMatrixRMaj points, int l);
    }

    @Claim(
            id = "A19.KR",
            statement =
                    "[K^{\\circ \\ell}]_{ij} = \\langle x_i, x_j \\rangle^\\ell = [(X^{\\odot \\ell})^\\top X^{\\odot \\ell}]_{ij},"
                            + " \\qquad K^{\\circ \\ell} \\succeq 0")
    void entrywisePowersAreGramMatricesOfTensorPowers(@ForAll("points") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label());
        run.note(
                "The proof once prints $(X^{\\circ \\ell})^\\top X^{\\circ \\ell}$, the entrywise power of $X$; the Khatri-Rao power"
                        + " $X^{\\odot \\ell}$, which it uses elsewhere, is meant.");
        DMatrixRMaj[] sets = {set.points(), CIRCLE};
        Form tensors = KhatriRaoClaims::khatriRaoPower;
        Form powers = (points, l) -> map(LinearAlgebra.gram(points), t -> Math.pow(t, l));
        run.check(
                        "Gram matrix",
                        tensors,
                        (features, lab) -> Comparison.equal(
                                all((points, l) -> LinearAlgebra.gram(features.of(points, l)), sets),
                                all(powers, sets),
                                100 * 0x1p-53,
                                "100 u"))
                .falsifiedBy("entrywise power of X", (points, l) -> map(points, value -> Math.pow(value, l)));
        run.check(
                        "positive semidefinite",
                        powers,
                        (form, lab) -> Comparison.atLeast(
                                all((points, l) -> leastEigenvalue(form.of(points, l)), sets),
                                0,
                                10 * 18 * 18 * 0x1p-53,
                                "10 n^2 u, n <= 18"))
                .falsifiedBy("absolute values", (points, l) -> map(powers.of(points, l), Math::abs))
                .falsifiedBy("definite, by 0.01", (points, l) -> {
                    DMatrixRMaj identity = CommonOps_DDRM.identity(points.numRows);
                    return CommonOps_DDRM.add(1, powers.of(points, l), -0.01, identity, null);
                });
    }

    @Claim(
            id = "A19.thm6.1-proj",
            statement = "P_K X^\\top = X^\\top, \\quad X K^{+} X^\\top = P_{X X^\\top}, \\quad"
                    + " \\text{and the same with } X^{\\odot 2\\ell},\\; K^{\\circ 2\\ell}")
    void featuresLieInTheRangeOfTheirGramMatrix(@ForAll("points") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label()).covers(set.n() > set.d() ? "n > d" : "n <= d");
        DMatrixRMaj[] sets = {set.points(), CIRCLE};
        Form projected = (points, l) -> projection(LinearAlgebra.gram(khatriRaoPower(points, l)));
        run.check(
                        "features in the range",
                        projected,
                        (projection, lab) -> Comparison.equal(
                                all(
                                        (points, l) -> LinearAlgebra.product(
                                                projection.of(points, l), khatriRaoPower(points, l)),
                                        sets),
                                all(KhatriRaoClaims::khatriRaoPower, sets),
                                1.6e-4,
                                "sqrt(n c) + 10 n u / c, n <= 18"))
                .falsifiedBy("P_K for every power", (points, l) -> projected.of(points, 1));
        Form range = (points, l) -> projection(covariance(points, l));
        run.check(
                        "projection on the features' span",
                        range,
                        (right, lab) -> Comparison.equal(
                                all(KhatriRaoClaims::sandwich, sets), all(right, sets), 1.6e-4, "as before"))
                .falsifiedBy("I", (points, l) -> CommonOps_DDRM.identity(covariance(points, l).numRows))
                .falsifiedBy("X X^T", KhatriRaoClaims::covariance);
    }

    /** The tensor powers of the rows: row i is {@code x_i (x) ... (x) x_i}, {@code [a (x) b]_((i-1) n_2 + j) = a_i b_j}. */
    private static DMatrixRMaj khatriRaoPower(DMatrixRMaj points, int l) {
        DMatrixRMaj result = points;
        for (int power = 2; power <= l; power++) {
            DMatrixRMaj longer = new DMatrixRMaj(points.numRows, result.numCols * points.numCols);
            for (int row = 0, at = 0; row < points.numRows; row++) {
                for (int i = 0; i < result.numCols; i++) {
                    for (int j = 0; j < points.numCols; j++, at++) {
                        longer.data[at] = result.get(row, i) * points.get(row, j);
                    }
                }
            }
            result = longer;
        }
        return result;
    }

    /** {@code X_l X_l^T}. */
    private static DMatrixRMaj covariance(DMatrixRMaj points, int l) {
        DMatrixRMaj rows = khatriRaoPower(points, l);
        return LinearAlgebra.productTransA(rows, rows);
    }

    /** {@code X_l (X_l^T X_l)^+ X_l^T}. */
    private static DMatrixRMaj sandwich(DMatrixRMaj points, int l) {
        DMatrixRMaj rows = khatriRaoPower(points, l);
        DMatrixRMaj inverse = LinearAlgebra.eigen(LinearAlgebra.gram(rows)).pseudoInverse(CUT);
        return LinearAlgebra.product(LinearAlgebra.productTransA(rows, inverse), rows);
    }

    private static DMatrixRMaj projection(DMatrixRMaj gram) {
        SymmetricEigen eigen = LinearAlgebra.eigen(gram);
        return eigen.apply(value -> value > CUT * eigen.largest() ? 1 : 0);
    }

    /** The entries of a form for every set and power. */
    private static double[] all(Form form, DMatrixRMaj... sets) {
        return Arrays.stream(sets)
                .flatMapToDouble(points -> IntStream.of(POWERS)
                        .mapToObj(l -> form.of(points, l).data)
                        .flatMapToDouble(Arrays::stream))
                .toArray();
    }

    private static DMatrixRMaj leastEigenvalue(DMatrixRMaj matrix) {
        return DMatrixRMaj.wrap(1, 1, new double[] {LinearAlgebra.eigen(matrix).smallest()});
    }

    private static DMatrixRMaj map(DMatrixRMaj matrix, DoubleUnaryOperator f) {
        return CommonOps_DDRM.apply(matrix, f::applyAsDouble, (DMatrixRMaj) null);
    }

    private static DMatrixRMaj circle(int n) {
        DMatrixRMaj points = new DMatrixRMaj(n, 2);
        for (int i = 0; i < n; i++) {
            points.set(i, 0, StrictMath.cos(2 * Math.PI * i / n));
            points.set(i, 1, StrictMath.sin(2 * Math.PI * i / n));
        }
        return points;
    }
}
