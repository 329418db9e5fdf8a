package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SpecializedOps_DDRM;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.EmpiricalGramMatrix;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.stats.Assumption.SecondMoment;

/**
 * The mean square distance between the Gram matrix of a network and its infinite-width limit, exactly.
 *
 * <h2>Source</h2>
 *
 * A19, Lemma C.3, whose order in m and n it explains; not printed.
 *
 * <h2>Statement</h2>
 *
 * For unit points and independent {@code w_r(0) ~ N(0, kappa^2 I)},
 *
 * <pre>{@code
 * E |H(0) - H^inf|_F^2 = V/m,   V = sum_ij (x_i.x_j)^2 p_ij (1 - p_ij),   p_ij = (pi - arccos x_i.x_j) / (2 pi),
 * }</pre>
 *
 * because {@code m H_ij(0) / x_i.x_j} is Bin(m, p_ij).
 *
 * <h2>Instances</h2>
 *
 * Points of every geometry, 1 to 64 neurons; a regular triangle in the plane ({@code p = 1/6}) and 64.
 *
 * <h2>How it is checked</h2>
 *
 * Networks are drawn, and the mean of {@code X = (m/V) |H(0) - H^inf|_F^2} compared with 1. X has no useful upper bound, but a second
 * moment. One neuron's share {@code A_r} of {@code m (H(0) - H^inf)} has {@code |A_r|_F^2 <= M}, M the sum of
 * {@code (x_i.x_j)^2 max(p, 1 - p)^2}, and {@code E <A_r, A_s>^2 <= V^2} for {@code r != s}; all other products of four shares vanish:
 *
 * <pre>{@code
 * E X^2 <= (m M V + m (m-1) (V^2 + 2 V^2)) / (m V)^2 <= M/(m V) + 3
 * }</pre>
 *
 * <h2>Falsifiers</h2>
 *
 * {@code p} or 1/4 in place of {@code p (1 - p)}, the product {@code |x_i.x_j|} not squared, 1/m^2.
 */
class GramSecondMomentClaims {
    private static final PointSet TRIANGLE = new PointSet(
            PointSet.Geometry.CROWDED,
            new DMatrixRMaj(new double[][] {{1, 0}, {-0.5, Math.sqrt(0.75)}, {-0.5, -Math.sqrt(0.75)}}),
            0);

    /** Points and width. */
    record Network(PointSet set, int m) {
        /** {@code sum_ij f(x_i.x_j, p_ij)}. */
        double sum(DoubleBinaryOperator f) {
            double sum = 0;
            for (double t : LinearAlgebra.gram(set.points()).data) {
                sum += f.applyAsDouble(t, ReluGramMatrix.orthantProbability(Math.max(-1, Math.min(1, t))));
            }
            return sum;
        }
    }

    @Provide
    Arbitrary<Network> networks() {
        return Combinators.combine(PointSets.any(16, 6), Arbitraries.of(1, 8, 64))
                .as(Network::new);
    }

    /** The claimed mean square distance is {@code sum_ij term(x_i.x_j, p_ij) / m^power}. */
    private record Form(DoubleBinaryOperator term, double power) {}

    @Claim(
            id = "A19.lemC3-moment",
            statement = "\\mathbb E\\|H(0) - H^\\infty\\|_F^2 ="
                    + " \\frac1m \\sum_{i,j} (x_i^\\top x_j)^2\\, p_{ij}(1 - p_{ij}),\\quad"
                    + " p_{ij} = \\frac{\\pi - \\arccos x_i^\\top x_j}{2\\pi}",
            hypotheses = "unit points, $w_r(0) \\sim N(0, \\kappa^2 I)$; any $m \\ge 1$",
            instances = 9)
    void meanSquareDistanceIsTheEntriesVariance(@ForAll("networks") Network drawn, ClaimRun run) {
        run.covers(drawn.set().geometry().label()).covers("m = " + drawn.m()).covers("triangle, m = 64");
        check(run, "drawn", drawn).falsifiedBy("p in place of p (1 - p)", new Form((t, p) -> t * t * p, 1));
        check(run, "triangle, m = 64", new Network(TRIANGLE, 64))
                .falsifiedBy("1/4 in place of p (1 - p)", new Form((t, p) -> t * t / 4, 1))
                .falsifiedBy("1/m^2", new Form((t, p) -> t * t * p * (1 - p), 2))
                .falsifiedBy("x_i.x_j not squared", new Form((t, p) -> Math.abs(t) * p * (1 - p), 1));
    }

    private static Check<Form> check(ClaimRun run, String part, Network network) {
        DoubleBinaryOperator variance = (t, p) -> t * t * p * (1 - p);
        double v = network.sum(variance);
        double largest = network.sum((t, p) -> t * t * Math.max(p, 1 - p) * Math.max(p, 1 - p));
        int m = network.m();
        DMatrixRMaj points = network.set().points();
        DMatrixRMaj limit = ReluGramMatrix.of(points);
        return run.check(
                part,
                new Form(variance, 1),
                (form, lab) -> lab.meanEquals(
                        network.sum(form.term) / Math.pow(m, form.power) * m / v,
                        0.15,
                        new SecondMoment(3 + largest / (m * v)),
                        stream -> {
                            DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(m, points.numCols, stream);
                            double distance =
                                    SpecializedOps_DDRM.diffNormF(EmpiricalGramMatrix.of(points, weights), limit);
                            return distance * distance * m / v;
                        }));
    }
}
