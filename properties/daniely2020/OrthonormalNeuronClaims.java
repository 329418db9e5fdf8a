package daniely2020;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * What orthonormal rows give: independent standard normal pre-activations, norm 1, and no more neurons than dimensions.
 *
 * <h2>Source</h2>
 *
 * D20, section 1, and proof of Lemma 6 ('since W is orthogonal, the inner products are independent standard Gaussians').
 *
 * <h2>Statement</h2>
 *
 * {@code W W^T = I_q}: the covariance of {@code W x} for {@code x ~ N(0, I_d)}, so that {@code W x ~ N(0, I_q)}. {@code |W| = 1}.
 * {@code W^T W} is the projection onto the span of the rows: it is I iff {@code q = d}, and at distance 1 from I otherwise. More than d rows are
 * dependent.
 *
 * <h2>Instances</h2>
 *
 * Haar rows, d to 12, q to d.
 *
 * <h2>How it is checked</h2>
 *
 * Matrix entries and eigenvalues, with 100 d units of numbers at most 1; {@code d + 1} Gaussian rows have a Gram matrix of norm below 100.
 *
 * <h2>Falsifiers</h2>
 *
 * Independent rows N(0, I/d), unit rows that are not orthogonal, the distance 0 for {@code q < d}, and d rows where d + 1 are due.
 */
class OrthonormalNeuronClaims {

    /** Numbers of rows and columns. */
    record Shape(int q, int d, long seed) {
        RandomStream stream() {
            return RandomStream.of(seed, "OrthonormalNeuronClaims");
        }
    }

    @Provide
    Arbitrary<Shape> shapes() {
        return Arbitraries.integers()
                .between(1, 12)
                .flatMap(d -> Combinators.combine(
                                Arbitraries.integers().between(1, d),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((q, seed) -> new Shape(q, d, seed)));
    }

    /** Laws of the rows. */
    private enum Rows {
        ORTHONORMAL,
        UNIT,
        GAUSSIAN;

        DMatrixRMaj draw(Shape shape) {
            if (this == ORTHONORMAL) {
                return OrthonormalRows.draw(shape.q, shape.d, shape.stream());
            }
            if (this == UNIT) {
                return PointLaw.SPHERE.rows(shape.q, shape.d, shape.stream());
            }
            DMatrixRMaj rows = PointLaw.GAUSSIAN.rows(shape.q, shape.d, shape.stream());
            CommonOps_DDRM.scale(1 / Math.sqrt(shape.d), rows);
            return rows;
        }
    }

    @Claim(
            id = "D20.set.orthonormal",
            statement =
                    "W W^\\top = I_q,\\qquad \\|W\\| = 1,\\qquad W^\\top W = I_d \\iff q = d,\\qquad W x \\sim N(0, I_q)",
            hypotheses = "$W$ has orthonormal rows, $x \\sim N(0, I_d)$; then $q \\le d$")
    void orthonormalRowsGiveIndependentPreactivations(@ForAll("shapes") Shape shape, ClaimRun run) {
        run.covers(shape.q == shape.d ? "q = d" : "q < d");
        if (shape.q == 1) {
            run.covers("q = 1");
        }
        if (shape.d == 1) {
            run.covers("d = 1");
        }
        double tolerance = 100 * shape.d * 0x1p-53;
        String derivation = "100 d units in the last place of 1";
        run.check("covariance of W x", Rows.ORTHONORMAL, (rows, lab) -> {
                    return Comparison.equal(
                            LinearAlgebra.gram(rows.draw(shape)).data,
                            CommonOps_DDRM.identity(shape.q).data,
                            tolerance,
                            derivation);
                })
                .falsifiedBy("unit rows", Rows.UNIT)
                .falsifiedBy("rows N(0, I/d)", Rows.GAUSSIAN);
        run.check("norm", Rows.ORTHONORMAL, (rows, lab) -> {
                    DMatrixRMaj w = rows.draw(shape);
                    double square = LinearAlgebra.eigen(LinearAlgebra.gram(w)).largest();
                    return Comparison.equal(Math.sqrt(square), 1, tolerance, derivation);
                })
                .falsifiedBy("unit rows", Rows.UNIT)
                .falsifiedBy("rows N(0, I/d)", Rows.GAUSSIAN);
        run.check("distance of W^T W from I", shape.q == shape.d ? 0.0 : 1.0, (distance, lab) -> {
                    DMatrixRMaj gap = projection(Rows.ORTHONORMAL.draw(shape));
                    CommonOps_DDRM.subtractEquals(gap, CommonOps_DDRM.identity(shape.d));
                    SymmetricEigen eigen = LinearAlgebra.eigen(gap);
                    double norm = Math.max(Math.abs(eigen.largest()), Math.abs(eigen.smallest()));
                    return Comparison.equal(norm, distance, tolerance, derivation);
                })
                .falsifiedBy("the other case's distance", shape.q == shape.d ? 1.0 : 0.0);
        run.check("W^T W is a projection of rank q", Rows.ORTHONORMAL, (rows, lab) -> {
                    DMatrixRMaj p = projection(rows.draw(shape));
                    DMatrixRMaj gap = LinearAlgebra.product(p, p);
                    CommonOps_DDRM.subtractEquals(gap, p);
                    double[] observed = {CommonOps_DDRM.elementMaxAbs(gap), CommonOps_DDRM.trace(p) - shape.q};
                    return Comparison.equal(observed, new double[2], tolerance, derivation);
                })
                .falsifiedBy("unit rows", Rows.UNIT);
        run.check("the least eigenvalue of the Gram matrix of d + 1 rows", shape.d + 1, (count, lab) -> {
                    DMatrixRMaj rows = PointLaw.GAUSSIAN.rows(count, shape.d, shape.stream());
                    return Comparison.equal(
                            LinearAlgebra.eigen(LinearAlgebra.gram(rows)).smallest(),
                            0,
                            1e-12,
                            "100 units in the last place of a norm below 100");
                })
                .falsifiedBy("d rows", shape.d);
    }

    private static DMatrixRMaj projection(DMatrixRMaj w) {
        return LinearAlgebra.productTransA(w, w);
    }
}
