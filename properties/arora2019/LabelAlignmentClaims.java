package arora2019;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Figure;
import org.lemmalab.data.TwoClassSample;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption;
import org.lemmalab.stats.Comparison;

/**
 * On real images the Gram matrix has few large eigenvalues, true labels lie on their eigenvectors, random labels on no eigenvector in
 * particular.
 *
 * <h2>Source</h2>
 *
 * A19, Figure 1(b) and the answer to Question 1 in section 4.
 *
 * <h2>Statement</h2>
 *
 * With {@code H^inf = sum_i l_i v_i v_i^T}, {@code l_1 >= l_2 >= ...}, and the mass of labels y on the top q eigenvectors
 * {@code (1/n) sum_{i<=q} (v_i . y)^2}:
 *
 * <ul>
 *   <li>the eigenvalues decay fast: the top 10 hold at least half of the trace {@code n/2};
 *   <li>true labels align with top eigenvectors: at least half of their mass is on the top 5;
 *   <li>random labels project nearly uniformly: their mass on the top q is {@code q/n} in mean, and none of their projections stands
 *       out: {@code max_i |v_i . y| <= sqrt(2 ln(2n/delta))} with probability at least {@code 1 - delta}.
 * </ul>
 *
 * <h2>Instances</h2>
 *
 * Zeros and ones, as many of each, drawn without repetition. The paper has 10,000 images of each data set; CIFAR-10 is not packaged.
 *
 * <h2>How it is checked</h2>
 *
 * 'Fast' and 'align' have no number in the paper; here they mean half. Measured are .6 of the trace and .95 of the mass, where
 * {@code q/n} would be .01 and .005 (n = 1000), so that the draw of the images does not matter. The top eigenvector alone is no measure:
 * it is nearly constant, and balanced labels sum to zero. The mean {@code q/n} is exact, as {@code E (v_i . y)^2 = |v_i|^2 = 1}; it is
 * decided within a fifth of itself. The bound on the largest projection is Hoeffding's for each i, summed over i. Worst-case labels
 * {@code sqrt(n) v_n} lie on the last eigenvector by definition; the figure shows them.
 *
 * <h2>Falsifiers</h2>
 *
 * Labels of which a quarter were turned around or 70% and 90% drawn anew, shuffled labels, points on the sphere instead of images, no union over i.
 */
class LabelAlignmentClaims {
    private static final int TOP = 10;
    private static final double DELTA = 0.05;

    /** Labels and the eigenvectors on which they are projected. */
    private record Labelled(SymmetricEigen eigen, double[] y) {
        double mass(int q) {
            double[] vectors = eigen.vectors().data; // the first q rows alone: this is drawn thousands of times
            double sum = 0;
            for (int i = 0; i < q; i++) {
                double projection = LinearAlgebra.dot(vectors, i * y.length, y, 0, y.length);
                sum += projection * projection;
            }
            return sum / y.length;
        }
    }

    /** The law of labels that are true up to a portion drawn anew, and a bound on their projections. */
    private record Noise(double portion, double bound) {}

    @Claim(
            id = "A19.fig1b",
            statement = "\\sum_{i\\le 10}\\lambda_i \\ge \\tfrac12 \\operatorname{tr} H^\\infty,\\quad "
                    + "\\tfrac1n\\sum_{i\\le 5}(v_i^\\top y)^2 \\ge \\tfrac12 \\text{ for true labels},\\quad "
                    + "\\mathbb{E}\\,\\tfrac1n\\sum_{i\\le q}(v_i^\\top y)^2 = \\tfrac qn \\text{ for random ones}",
            hypotheses = "images of two digits, as many of each, scaled to unit norm; the paper says 'fast decay', "
                    + "'align well' and 'close to being uniform'")
    void trueLabelsAlignWithTopEigenvectorsAndRandomOnesDoNot(ClaimRun run) {
        int n = run.size("n", 200, 1000, 2000);
        TwoClassSample digits = TwoClasses.sample(n, run.stream().part("digits"));
        SymmetricEigen eigen = LinearAlgebra.eigen(ReluGramMatrix.of(digits.points()));
        SymmetricEigen ofSphere = LinearAlgebra.eigen(ReluGramMatrix.of(
                PointLaw.SPHERE.rows(n, digits.points().numCols, run.stream().part("sphere"))));
        RandomStream wrong = run.stream().part("wrong labels");

        run.check(
                        "share of the top 10 eigenvalues in the trace",
                        eigen,
                        (form, lab) -> Comparison.atLeast(
                                Arrays.stream(form.values(), 0, TOP).sum() / (n / 2.0), 0.5, 0, "'fast' taken as half"))
                .falsifiedBy("points uniform on the sphere", ofSphere);

        run.check(
                        "mass of the true labels on the top 5 eigenvectors",
                        new Labelled(eigen, digits.y()),
                        (form, lab) -> Comparison.atLeast(form.mass(5), 0.5, 0, "'align well' taken as half"))
                .falsifiedBy(
                        "a quarter of the labels turned around",
                        new Labelled(eigen, TwoClasses.turned(digits.y(), n / 4, wrong.part("quarter"))))
                .falsifiedBy("labels shuffled", new Labelled(eigen, shuffled(digits.y(), wrong.part("shuffled"))))
                .falsifiedBy("points uniform on the sphere", new Labelled(ofSphere, digits.y()));

        double share = (double) TOP / n;
        run.check(
                        "mass of random labels on the top 10 eigenvectors",
                        1.0,
                        (portion, lab) -> lab.meanEquals(
                                share,
                                share / 5,
                                new Assumption.Bounded(0, 1),
                                stream ->
                                        new Labelled(eigen, TwoClasses.redrawn(digits.y(), portion, stream)).mass(TOP)))
                .falsifiedBy("a tenth of the labels kept true", 0.9);

        double bound = Math.sqrt(2 * Math.log(2 * n / DELTA));
        run.check(
                        "largest projection of random labels",
                        new Noise(1, bound),
                        (form, lab) -> lab.failsAtMost(
                                DELTA,
                                stream -> largest(eigen.project(TwoClasses.redrawn(digits.y(), form.portion(), stream)))
                                        > form.bound()))
                .falsifiedBy("three tenths of the labels kept true", new Noise(0.7, bound))
                .falsifiedBy("no union over the eigenvectors", new Noise(1, Math.sqrt(2 * Math.log(2 / DELTA))));

        noteMasses(run, eigen, digits.y());
        run.figure(figure(eigen, digits.y(), run.stream().part("random labels").signs(n)));
    }

    private static double[] shuffled(double[] y, RandomStream stream) {
        return Arrays.stream(stream.permutation(y.length))
                .mapToDouble(i -> y[i])
                .toArray();
    }

    private static double largest(double[] projections) {
        return DoubleStream.of(projections).map(Math::abs).max().orElseThrow();
    }

    private static void noteMasses(ClaimRun run, SymmetricEigen eigen, double[] y) {
        Labelled labelled = new Labelled(eigen, y);
        run.note(String.format(
                Locale.ROOT,
                "Mass of the true labels on the top 1, 2, 5, 10 and 50 eigenvectors: %.4f, %.4f, %.4f, %.4f and %.4f. "
                        + "Eigenvalues 1, 2, 5 and n: %.2f, %.2f, %.2f and %.4f.",
                labelled.mass(1),
                labelled.mass(2),
                labelled.mass(5),
                labelled.mass(10),
                labelled.mass(50),
                eigen.largest(),
                eigen.values()[1],
                eigen.values()[4],
                eigen.smallest()));
    }

    private static Figure figure(SymmetricEigen eigen, double[] trueLabels, double[] randomLabels) {
        int n = trueLabels.length;
        LogarithmicGrid grid = LogarithmicGrid.upTo(n, 1.12);
        return new Figure(
                "A19.fig1b",
                "Eigenvalues of H and projections of labels on its eigenvectors",
                TwoClasses.source() + ", n = " + n
                        + "; some 60 of the indices are shown. As in the paper, eigenvalues decay fast, true labels lie on the first few "
                        + "eigenvectors, and random labels project on all alike (root mean square 1). Worst-case labels lie on "
                        + "the last one. The first eigenvector is nearly constant, and true labels sum to zero.",
                new Figure.Axis("index i", true),
                new Figure.Axis("eigenvalue, |projection|", true),
                List.of(
                        magnitudes("true labels", grid, eigen.project(trueLabels)),
                        magnitudes("random labels", grid, eigen.project(randomLabels)),
                        Figure.Series.points("worst-case labels", new double[] {n}, new double[] {Math.sqrt(n)}),
                        Figure.Series.line("eigenvalue", grid.abscissas(), grid.map(i -> eigen.values()[i - 1]))));
    }

    private static Figure.Series magnitudes(String label, LogarithmicGrid grid, double[] projections) {
        return Figure.Series.points(label, grid.abscissas(), grid.map(i -> Math.abs(projections[i - 1])));
    }
}
