package daniely2019;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NoFeasibleSolutionException;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.Boundedness;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Rate;

/**
 * Random points of the sphere: how bounded their uniform distribution is, and when they are linearly separable.
 *
 * <h2>Source</h2>
 *
 * D19, section 1 (the list of O(1)-bounded distributions; 'm at most d random points are linearly separable'), section 3.3, appendix A.5, item 3.
 *
 * <h2>Statement</h2>
 *
 * For m points, X the d x m matrix with columns {@code x_i / sqrt(m)}:
 *
 * <pre>{@code
 * R = sqrt(d) |X|   (printed: |X|),    E R <= 1 + sqrt(d/m),   so R -> 1 for m = d^c with c > 1 and R = O(1) for m = Omega(d)
 * m <= d: with probability 1 some w has y_i <w, x_i> > 0 for all i, whatever the labels
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * d from 2 to 20 and m from d/2 to 8 d for the identity; {@code m = d^1.5} with d = 16, 64, 144; {@code m = 4 d} with d = 16 to 128; 2 and 5 dimensions for
 * separation.
 *
 * <h2>How it is checked</h2>
 *
 * The identity by two eigenproblems, d x d and m x m, each exact to {@code 20 (d + m) 2^-53}. The mean of R against the bound, with R in
 * {@code [1, sqrt(d)]} clipped at 2. R = O(1) as a rate in d: exponent 0 up to 0.1, a repetition's own exponent clipped to [-0.3, 0.6]. Separation by
 * linear programming, with failures against 1/1000 and 1/100.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code |X|} as printed; half of {@code sqrt(d/m)}; eight points whatever d; m = 2 d points, of which random labels are separable with probability 1/2 (Cover).
 */
class RandomPointsClaims {
    /** m points in dimension d. */
    record Points(int d, int m, long seed) {
        DMatrixRMaj draw() {
            return PointLaw.SPHERE.rows(m, d, RandomStream.of(seed, "RandomPointsClaims"));
        }
    }

    @Provide
    Arbitrary<Points> points() {
        return Arbitraries.integers()
                .between(2, 20)
                .flatMap(d -> Combinators.combine(
                                Arbitraries.integers().between((d + 1) / 2, 8 * d),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((m, seed) -> new Points(d, m, seed)));
    }

    @Claim(
            id = "D19.A5-points",
            statement =
                    "\\mathcal D \\text{ uniform on } x_1, \\dots, x_m \\text{ is } \\|X\\|\\text{-bounded}, \\quad X = (x_1, \\dots, x_m)/\\sqrt m",
            correction = "\\mathcal D \\text{ is } \\sqrt d\\,\\|X\\|\\text{-bounded}",
            derivation =
                    "$\\max_u \\mathbb E \\langle u, x\\rangle^2 = \\|X\\|^2$ must equal $R^2/d$. With $\\|X\\|$ alone, $R < 1$,"
                            + " which the trace $\\mathbb E \\|x\\|^2 = 1$ excludes. The conclusion, $R = 1 + o(1)$ for $m \\gg d$, is right.",
            hypotheses = "unit points, $d \\ge 2$")
    void boundIsTheRootOfTheDimensionTimesTheNorm(@ForAll("points") Points drawn, ClaimRun run) {
        run.covers(drawn.m < drawn.d ? "m < d" : drawn.m == drawn.d ? "m = d" : "m > d");
        DMatrixRMaj points = drawn.draw();
        double norm = Math.sqrt(LinearAlgebra.eigen(LinearAlgebra.gram(points)).largest() / drawn.m);
        run.check(
                        "R",
                        0.5,
                        (power, lab) -> Comparison.equal(
                                Boundedness.of(points),
                                Math.pow(drawn.d, power) * norm,
                                20 * (drawn.d + drawn.m) * 0x1p-53 * Math.sqrt(drawn.d),
                                "20 (d + m) 2^-53 sqrt(d)"))
                .printedAs("|X|", 0.0)
                .falsifiedBy("d^0.45 |X|", 0.45);
    }

    @Claim(
            id = "D19.memo-R",
            statement = "R(S) \\to 1",
            hypotheses =
                    "$m = d^c$ uniform points, $c > 1$; here $\\mathbb E R \\le 1 + \\sqrt{d/m}$ for $c = 1.5$, and $R \\ge 1$ always",
            instances = 1)
    void manyPointsAreNearlyIsotropic(ClaimRun run) {
        int last = run.size("largest dimension", 64, 144, 256);
        for (int d : last == 64 ? new int[] {16, 64} : new int[] {16, 64, last}) {
            int dimension = d;
            int m = (int) Math.round(Math.pow(d, 1.5));
            run.check(
                            "d = " + d,
                            1.0,
                            (factor, lab) -> Mean.atMost(
                                            1 + factor * Math.sqrt((double) dimension / m), 0.05, new Bounded(1, 2))
                                    .decide(
                                            index -> Math.min(
                                                    2,
                                                    Math.max(
                                                            1,
                                                            Boundedness.of(PointLaw.SPHERE.rows(
                                                                    m,
                                                                    dimension,
                                                                    lab.stream().trial(index))))),
                                            lab.terms()))
                    .falsifiedBy("half of sqrt(d/m)", 0.5);
        }
    }

    @Claim(
            id = "D19.rbound-list",
            statement = "R = O(1)",
            hypotheses =
                    "uniform on $m = \\Omega(d)$ random points, here $m = 4d$; sphere and cube have $R = 1$ (D19.A5-sphere, D19.A5-cube)",
            instances = 2)
    void proportionallyManyPointsStayBounded(ClaimRun run) {
        double[] dimensions = {16, 128};
        run.check(
                        "exponent of R in d",
                        new int[] {4, 0},
                        (count, lab) -> Rate.perReplicate(0, 0.1, dimensions)
                                .clippedTo(-0.3, 0.6)
                                .decide(
                                        index -> {
                                            double[] values = new double[2];
                                            for (int j = 0; j < 2; j++) {
                                                int d = (int) dimensions[j];
                                                values[j] = Boundedness.of(PointLaw.SPHERE.rows(
                                                        count[0] * d + count[1],
                                                        d,
                                                        lab.stream()
                                                                .trial(index)
                                                                .part("d = " + d)));
                                            }
                                            return values;
                                        },
                                        lab.terms()))
                .falsifiedBy("m = 8", new int[] {0, 8});
    }

    @Claim(
            id = "D19.sec1-linsep",
            statement = "m \\le d \\text{ random points are linearly separable}",
            hypotheses = "uniform on $\\mathbb S^{d-1}$, any labels; with probability 1",
            instances = 2)
    void fewPointsAreLinearlySeparable(ClaimRun run) {
        for (int d : new int[] {2, 5}) {
            run.check(
                            "d = " + d,
                            1.0,
                            (ratio, lab) -> lab.failsAtMost(0.001, 0.01, stream -> {
                                int m = (int) Math.round(ratio * d);
                                return !separable(
                                        PointLaw.SPHERE.rows(m, d, stream),
                                        stream.part("labels").signs(m));
                            }))
                    .falsifiedBy("m = 2 d", 2.0)
                    .falsifiedBy("m = 1.6 d", 1.6);
        }
    }

    /** Whether some w has {@code y_i <w, x_i> >= 1} for all i. */
    static boolean separable(DMatrixRMaj points, double[] labels) {
        List<LinearConstraint> constraints = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            double[] row = new double[points.numCols];
            for (int k = 0; k < row.length; k++) {
                row[k] = labels[i] * points.get(i, k);
            }
            constraints.add(new LinearConstraint(row, Relationship.GEQ, 1));
        }
        try {
            new SimplexSolver()
                    .optimize(
                            new LinearObjectiveFunction(new double[points.numCols], 0),
                            new LinearConstraintSet(constraints),
                            new NonNegativeConstraint(false));
            return true;
        } catch (NoFeasibleSolutionException none) {
            return false;
        }
    }
}
