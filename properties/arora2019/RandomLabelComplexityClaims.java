package arora2019;

import instances.PointSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.LabelComplexity;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;

/**
 * The complexity {@code Q(y) = y^T H^-1 y} of labels of which some are drawn at random.
 *
 * <h2>Source</h2>
 *
 * A19, Section 5, 'Evaluating our complexity measure' and Figure 2: the measure (10) grows with the portion of random labels.
 *
 * <h2>Statement</h2>
 *
 * For independent fair signs, with equality on the right exactly when {@code H = I/2},
 *
 * <pre>{@code
 * E Q(y) = tr H^-1 >= n^2 / tr H = 2n,   so sqrt(2 E Q(y) / n) >= 2.
 * }</pre>
 *
 * When a uniformly random subset of s of the labels {@code y*} in {@code {-1, 1}^n} is drawn again by fair coins,
 *
 * <pre>{@code
 * E Q(y) = rho Q(y*) + (1 - rho) tr H^-1,   rho = (n-s)(n-s-1) / (n(n-1)),
 * }</pre>
 *
 * <p>as {@code E y_i y_j = rho y*_i y*_j} for {@code i != j}: both must have been left alone. The step from s to s+1 adds
 * {@code 2(n-s-1)/(n(n-1)) (tr H^-1 - Q(y*))}: Q grows until s = n-1 exactly when {@code Q(y*) < tr H^-1}; the last step adds nothing,
 * because Q does not tell y from -y.
 *
 * <h2>Instances</h2>
 *
 * 40 to 60 random points in ten dimensions, {@code y* = sign(x_1)}; orthonormal points; 4 to 6 points in five dimensions with the labels
 * of least and of greatest Q, few enough to go through all subsets and all signs.
 *
 * <h2>How it is checked</h2>
 *
 * Means by drawing labels, {@code n/lmax <= Q <= n/lmin} being exact bounds; the curve also by enumeration. Q comes from a Cholesky
 * factor; its relative error is at most about {@code n^2 u / lmin}, {@code u = 2^-53}, and 16 times that is allowed.
 *
 * <h2>Falsifiers</h2>
 *
 * 2n raised by a twentieth, or taken for the mean; labels drawn again independently of each other; rho linear in the portion; growth for
 * all y*, and growth in the last step.
 */
class RandomLabelComplexityClaims {
    /** A mean that is off by this part of itself is to be excluded. */
    private static final double WITHIN = 0.02;

    /** The Gram matrix of some points, ready for labels. */
    private record Sample(int n, LabelComplexity complexity, SymmetricEigen eigen) {
        static Sample of(PointSet set) {
            var gram = ReluGramMatrix.of(set.points());
            return new Sample(set.n(), new LabelComplexity(gram), LinearAlgebra.eigen(gram));
        }

        Bounded range() {
            return new Bounded(n / eigen.largest() * (1 - 1e-9), n / eigen.smallest() * (1 + 1e-9));
        }

        double relativeError() {
            return 16 * n * n * 0x1p-53 / eigen.smallest();
        }

        /** The mean over all subsets of size s and all signs on it; labels are bit sets. */
        double enumeratedMean(int labels, int s) {
            double sum = 0;
            long count = 0;
            for (int subset = 0; subset < 1 << n; subset++) {
                for (int y = 0; Integer.bitCount(subset) == s && y < 1 << n; y++) {
                    if (((y ^ labels) & ~subset) == 0) {
                        sum += complexity.quadraticForm(signs(y));
                        count++;
                    }
                }
            }
            return sum / count;
        }

        double[] signs(int labels) {
            return IntStream.range(0, n)
                    .mapToDouble(i -> (labels >> i & 1) * 2 - 1)
                    .toArray();
        }

        /** The labels of least and of greatest Q. */
        List<Integer> extremes() {
            Comparator<Integer> byComplexity = Comparator.comparingDouble(y -> complexity.quadraticForm(signs(y)));
            List<Integer> all = IntStream.range(0, 1 << n).boxed().toList();
            return List.of(
                    all.stream().min(byComplexity).orElseThrow(),
                    all.stream().max(byComplexity).orElseThrow());
        }
    }

    @Provide
    Arbitrary<PointSet> manyPoints() {
        return generic(40, 60, 10);
    }

    @Provide
    Arbitrary<PointSet> fewPoints() {
        return generic(4, 6, 5);
    }

    private static Arbitrary<PointSet> generic(int fewest, int most, int d) {
        return Combinators.combine(
                        Arbitraries.integers().between(fewest, most),
                        Arbitraries.longs().between(0, 1_000_000))
                .as((n, seed) -> PointSet.of(PointSet.Geometry.GENERIC, n, d, seed));
    }

    @Claim(
            id = "A19.eq10-random",
            statement = "\\mathbb E\\,y^\\top (H^\\infty)^{-1} y = \\operatorname{tr}\\,(H^\\infty)^{-1} \\ge 2n,\\quad"
                    + " \\sqrt{2\\,\\mathbb E\\,Q(y)/n} \\ge 2",
            hypotheses = "$y$ independent fair signs; unit points with $H^\\infty$ positive definite")
    void randomLabelsAreComplex(@ForAll("manyPoints") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label()).covers("orthonormal");
        run.note("So the bound (9) exceeds 1 for random labels, whatever n is.");
        Sample sample = Sample.of(set);
        Sample axes = Sample.of(PointSet.of(PointSet.Geometry.ORTHONORMAL, set.n(), set.n(), set.seed()));
        double trace = sample.complexity().traceOfInverse();
        run.check(
                        "measure of the mean",
                        2.0,
                        (bound, lab) -> Comparison.atLeast(
                                new double[] {
                                    Math.sqrt(2 * trace / set.n()),
                                    Math.sqrt(2 * axes.complexity().traceOfInverse() / set.n()),
                                    axes.complexity()
                                            .measure(set.stream().part("labels").signs(set.n()))
                                },
                                bound,
                                16 * set.n() * set.n() * 0x1p-53,
                                "16 n^2 u / lmin / 2 of the value 2 at orthonormal points, where lmin = 1/2"))
                .falsifiedBy("2.05", 2.05);
        run.check(
                        "mean",
                        trace,
                        (mean, lab) -> lab.meanEquals(
                                mean,
                                WITHIN * trace,
                                sample.range(),
                                stream -> sample.complexity().quadraticForm(stream.signs(set.n()))))
                .falsifiedBy("2n", 2.0 * set.n())
                .falsifiedBy("1.05 tr H^-1", 1.05 * trace);
    }

    private static final ToDoubleBiFunction<Integer, Integer> RHO = (n, s) -> (n - s) * (n - s - 1.0) / (n * (n - 1.0));
    private static final ToDoubleBiFunction<Integer, Integer> LINEAR = (n, s) -> (n - s) / (double) n;
    private static final ToDoubleBiFunction<Integer, Integer> INDEPENDENT = (n, s) -> Math.pow((n - s) / (double) n, 2);

    @Claim(
            id = "A19.eq10-noise",
            statement = "\\mathbb E\\,Q(y) = \\rho\\,Q(y^*) + (1-\\rho)\\operatorname{tr}\\,(H^\\infty)^{-1},\\quad"
                    + " \\rho = \\tfrac{(n-s)(n-s-1)}{n(n-1)}",
            hypotheses =
                    "a uniformly random subset of $s$ labels of $y^* \\in \\{-1,1\\}^n$ is drawn again by fair coins")
    void complexityGrowsWithThePortionOfRandomLabels(
            @ForAll("manyPoints") PointSet many, @ForAll("fewPoints") PointSet few, ClaimRun run) {
        Sample sample = Sample.of(many);
        int n = many.n();
        double[] y = IntStream.range(0, n)
                .mapToDouble(i -> many.points().get(i, 0) >= 0 ? 1 : -1)
                .toArray();
        double trace = sample.complexity().traceOfInverse();
        double untouched = sample.complexity().quadraticForm(y);
        for (int parts : new int[] {4, 2}) {
            int s = n / parts;
            run.check("mean, s = n/" + parts, RHO, (rho, lab) -> {
                        double target = untouched + (1 - rho.applyAsDouble(n, s)) * (trace - untouched);
                        return lab.meanEquals(
                                target,
                                WITHIN * trace,
                                sample.range(),
                                stream -> sample.complexity().quadraticForm(redrawn(y, s, stream)));
                    })
                    .falsifiedBy("rho = (n-s)/n", LINEAR);
        }

        Sample small = Sample.of(few);
        List<Integer> extremes = small.extremes();
        double smallTrace = small.complexity().traceOfInverse();
        run.check(
                        "all subsets and signs",
                        RHO,
                        (rho, lab) -> Comparison.equal(
                                curves(small, extremes, small::enumeratedMean),
                                curves(small, extremes, (labels, s) -> {
                                    double q = small.complexity().quadraticForm(small.signs(labels));
                                    return q + (1 - rho.applyAsDouble(small.n(), s)) * (smallTrace - q);
                                }),
                                small.relativeError()
                                        * small.n()
                                        / small.eigen().smallest(),
                                "16 n^2 u / lmin of Q <= n / lmin"))
                .falsifiedBy("rho = ((n-s)/n)^2", INDEPENDENT)
                .falsifiedBy("rho = (n-s)/n", LINEAR);

        run.check("growth", new Growth(false, 1), (growth, lab) -> {
                    double[] steps = extremes.stream()
                            .flatMapToDouble(labels -> growth.steps(small, labels, smallTrace))
                            .toArray();
                    double gap = extremes.stream()
                            .mapToDouble(labels ->
                                    Math.abs(smallTrace - small.complexity().quadraticForm(small.signs(labels))))
                            .min()
                            .orElseThrow();
                    return Comparison.atLeast(
                            steps,
                            2.0 / (small.n() * (small.n() - 1)),
                            2
                                    * small.relativeError()
                                    * small.n()
                                    / small.eigen().smallest()
                                    / gap,
                            "twice 16 n^2 u / lmin of Q <= n / lmin, over |tr H^-1 - Q(y*)|");
                })
                .falsifiedBy("for all y*", new Growth(true, 1))
                .falsifiedBy("until s = n", new Growth(false, 0));
    }

    /** The claim that Q grows with s: always or only when {@code Q(y*) < tr H^-1}, and how many steps before s = n it ends. */
    private record Growth(boolean always, int stepsLeftOut) {
        /** The increments in units of {@code tr H^-1 - Q(y*)}. */
        DoubleStream steps(Sample sample, int labels, double trace) {
            double slope = trace - sample.complexity().quadraticForm(sample.signs(labels));
            return IntStream.range(0, sample.n() - stepsLeftOut)
                    .mapToDouble(s -> (sample.enumeratedMean(labels, s + 1) - sample.enumeratedMean(labels, s))
                            / (always ? Math.abs(slope) : slope));
        }
    }

    private static double[] curves(Sample sample, List<Integer> labels, ToDoubleBiFunction<Integer, Integer> mean) {
        return labels.stream()
                .flatMapToDouble(y -> IntStream.rangeClosed(0, sample.n()).mapToDouble(s -> mean.applyAsDouble(y, s)))
                .toArray();
    }

    private static double[] redrawn(double[] labels, int s, RandomStream stream) {
        double[] y = labels.clone();
        for (int i : Arrays.copyOf(stream.permutation(y.length), s)) {
            y[i] = stream.sign();
        }
        return y;
    }
}
