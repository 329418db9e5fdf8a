package ghorbani2019;

import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.stats.Comparison;

/**
 * The tangent class always beats the constant predictor.
 *
 * <h2>Source</h2>
 *
 * G19, section 2.2, text after Theorem 2.
 *
 * <h2>Statement</h2>
 *
 * {@code s(z) = z^2}, {@code E f* = 0}, {@code q_i = w_i / |w_i|}, any weights:
 *
 * <pre>{@code
 * R_NT <= |f*|^2 - 2 max_i |B q_i|^2 <= |f*|^2
 * }</pre>
 *
 * The second inequality is strict unless {@code B w_i = 0} for all i, which has probability 0 for Gaussian weights and {@code B != 0}. The
 * first:
 * more neurons fit no worse, and one leaves {@code 2 (|B|^2 - 2 |B q|^2 + (q^T B q)^2)} with {@code |q^T B q| <= |B q|}.
 *
 * <h2>Instances</h2>
 *
 * B of either sign, without trace, of rank one, or a multiple of the identity; Gaussian weights, and weights perpendicular to the one
 * direction that B sees, where equality holds; d and N from 1, N beyond d.
 *
 * <h2>How it is checked</h2>
 *
 * The exact risk, up to {@code 100 (d + N) u} of {@code |f*|^2} for its N deflations, {@code u = 1.1e-16}. The identity with one neuron attains
 * the first bound, and is compared on every instance.
 *
 * <h2>Falsifiers</h2>
 *
 * A part {@code N/d} or {@code 1/d^2} off for every W; 3 and {@code 5/2} in place of 2.
 */
class TangentBaselineClaims {
    /** A class, and whether its neurons are perpendicular to the first axis. */
    record Case(TangentInstance instance, boolean perpendicular) {
        QuadraticTarget target() {
            return perpendicular
                    ? TargetFamily.RANK_ONE.of(instance.d())
                    : QuadraticTarget.centred(instance.target().matrix());
        }

        DMatrixRMaj weights() {
            DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(
                    instance.n(), instance.d(), instance.stream().part("gaussian"));
            for (int i = 0; i < instance.n() && perpendicular; i++) {
                weights.set(i, 0, 0);
            }
            return weights;
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(TangentInstance.any(10), Arbitraries.of(true, false))
                .as(Case::new);
    }

    @Claim(
            id = "G19.nt-baseline",
            statement =
                    "R_{\\mathrm{NT}} \\le \\|f_*\\|^2 - 2 \\max_i \\frac{\\|B w_i\\|^2}{\\|w_i\\|^2} \\le \\|f_*\\|^2",
            hypotheses =
                    "$\\sigma(z) = z^2$, $\\mathbb E f_* = 0$, every $W$ with $w_i \\ne 0$; the second inequality is strict"
                            + " unless $B W = 0$, so almost surely for $w_i \\sim N(0, I/d)$, $N \\ge 1$, $B \\ne 0$")
    void tangentClassBeatsTheConstant(@ForAll("cases") Case c, ClaimRun run) {
        int d = c.instance.d();
        int n = c.instance.n();
        run.covers(c.perpendicular ? "B W = 0" : "B " + c.instance.shape());
        run.covers(n < d ? "N < d" : "N >= d").covers(n == 1 ? "N = 1" : "N > 1");
        QuadraticTarget target = c.target();
        DMatrixRMaj weights = c.weights();
        double risk = TangentRisk.of(target, weights) / target.normSquared();
        double tolerance = 100 * (d + n) * 0x1p-53;
        run.check(
                        "every W",
                        (IntToDoubleFunction) k -> 1,
                        (share, lab) -> Comparison.atMost(risk, share.applyAsDouble(n), tolerance, "100 (d + N) u"))
                .falsifiedBy("less by N/d", k -> Math.max(1 - (double) k / d, 0))
                .falsifiedBy("less by 1/d^2", k -> 1 - 1.0 / (d * d));

        QuadraticTarget identity = TargetFamily.IDENTITY.of(d);
        DMatrixRMaj first = CommonOps_DDRM.extract(weights, 0, 1, 0, d);
        boolean zero = LinearAlgebra.norm(first.data) == 0;
        run.check(
                        "strictly",
                        2.0,
                        (constant, lab) -> Comparison.atMost(
                                new double[] {risk, zero ? 0 : TangentRisk.of(identity, first) / (2.0 * d)},
                                new double[] {
                                    1 - constant * largestImage(target, weights) / target.normSquared(),
                                    zero ? 0 : 1 - constant / (2.0 * d)
                                },
                                tolerance,
                                "100 (d + N) u"))
                .falsifiedBy("3 for 2", 3.0)
                .falsifiedBy("5/2 for 2", 2.5);
    }

    /** {@code max_i |B w_i|^2 / |w_i|^2}. */
    private static double largestImage(QuadraticTarget target, DMatrixRMaj weights) {
        double largest = 0;
        int d = weights.numCols;
        for (int i = 0; i < weights.numRows; i++) {
            double[] w = CommonOps_DDRM.extract(weights, i, i + 1, 0, d).data;
            double square = LinearAlgebra.dot(w, w);
            double[] image = LinearAlgebra.product(target.matrix(), w);
            largest = Math.max(largest, square == 0 ? 0 : LinearAlgebra.dot(image, image) / square);
        }
        return largest;
    }
}
