package arora2019;

import instances.PointSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Terms;

/**
 * Random labels have the same mean square on every eigenvector of {@code H^inf}.
 *
 * <h2>Source</h2>
 *
 * A19, section 4: 'close to being uniform'.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * y of independent fair signs:  E (v_i.y)^2 = 1 for every i
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Twelve points of every geometry in five dimensions, so that H may be singular, and twelve generic ones beside them.
 *
 * <h2>How it is checked</h2>
 *
 * Each i is decided on its own, at its part of the error rate. {@code (v_i.y)^2 <= n} has a variance of at most 2, so bets against a mean
 * that is off by 1/10 gain about 0.002 per draw, and {@code ln(1/alpha) = 27} needs some 15,000 draws.
 *
 * <h2>Falsifiers</h2>
 *
 * Labels {@code sign(x_1)}, pairs of equal labels, signs of mean 1/2.
 */
class RandomLabelProjectionClaims {
    private static final int N = 12;

    /** A law of labels. */
    @FunctionalInterface
    private interface Labels {
        double[] draw(DMatrixRMaj points, RandomStream stream);
    }

    @Provide
    Arbitrary<PointSet> twelvePoints() {
        return Combinators.combine(
                        Arbitraries.of(PointSet.Geometry.class),
                        Arbitraries.longs().between(0, 1_000_000))
                .as((geometry, seed) -> PointSet.of(geometry, N, 5, seed));
    }

    @Claim(
            id = "A19.random-proj",
            statement = "\\mathbb{E}\\,(v_i^\\top y)^2 = 1, \\quad i = 1, \\dots, n",
            hypotheses = "$y$ of independent fair signs; $H^\\infty$ may be singular")
    void randomLabelsProjectUniformly(@ForAll("twelvePoints") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label()).covers("generic");
        PointSet generic = PointSet.of(PointSet.Geometry.GENERIC, N, 5, set.seed());
        Labels fair = (points, stream) -> stream.signs(points.numRows);
        run.check("each projection", fair, (labels, lab) -> {
                    List<Decision> decisions = new ArrayList<>(projections(set, labels, "drawn", lab));
                    decisions.addAll(projections(generic, labels, "generic", lab));
                    return Decision.worst(decisions);
                })
                .falsifiedBy("sign(x_1)", (points, stream) -> {
                    double[] y = new double[points.numRows];
                    Arrays.setAll(y, i -> Math.signum(points.get(i, 0)));
                    return y;
                })
                .falsifiedBy("equal in pairs", (points, stream) -> {
                    double[] y = stream.signs(points.numRows);
                    Arrays.setAll(y, i -> y[i - i % 2]);
                    return y;
                })
                .falsifiedBy("signs of mean 1/2", (points, stream) -> {
                    double[] y = new double[points.numRows];
                    Arrays.setAll(y, i -> stream.uniform() < 0.75 ? 1 : -1);
                    return y;
                });
    }

    /** Decides for each eigenvector of a set whether the mean of {@code (v_i.y)^2} is 1. */
    private static List<Decision> projections(PointSet set, Labels labels, String name, Lab lab) {
        SymmetricEigen eigen = LinearAlgebra.eigen(ReluGramMatrix.of(set.points()));
        int n = set.n();
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] v = Arrays.copyOfRange(eigen.vectors().data, i * n, (i + 1) * n);
            Terms terms = new Terms(
                    lab.terms().alpha() / (2 * N),
                    lab.terms().maxTrials(),
                    lab.terms().pool());
            decisions.add(new Lab(lab.stream().part(name + " " + i), terms)
                    .meanEquals(
                            1,
                            0.1,
                            new Bounded(0, n + 1),
                            stream -> { // n, and room for rounding
                                double projection = LinearAlgebra.dot(v, labels.draw(set.points(), stream));
                                return projection * projection;
                            }));
        }
        return decisions;
    }
}
