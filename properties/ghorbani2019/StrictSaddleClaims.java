package ghorbani2019;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.risk.QuadraticNetworkLoss;
import org.lemmalab.stats.Comparison;

/**
 * The landscape of the quadratic network has no bad minima: off the global ones, a small gradient comes with a negative curvature.
 *
 * <h2>Source</h2>
 *
 * G19, Proposition 1, and the critical points behind it.
 *
 * <h2>Statement</h2>
 *
 * {@code B >= 0}. The critical points of L are, up to rotations of the neurons, {@code W_S} with {@code W^T W = sum_(i in S) l_i u_i u_i^T},
 * {@code |S| <= N}, and {@code c = b0 + tr(B - W^T W)}; there {@code L = 2 sum_(i not in S) l_i^2}, and the negative part of the least curvature is
 *
 * <pre>{@code
 * 8 max_(j not in S) l_j                                if |S| < N   (a neuron is free)
 * 8 (max_(j not in S) l_j - min_(i in S) l_i)_+         if |S| = N   (a neuron turns from u_i to u_j)
 * }</pre>
 *
 * On every sub-level set: for every eta there are {@code eps, delta > 0} such that {@code |grad L| <= eps} implies
 * {@code lambda_min(hess L) < -delta} or {@code L <= inf L + eta}. The second alternative, which the sentence that begins with 'Namely' does not have, is
 * needed: at a global minimum the gradient is 0 and no curvature is negative. As sub-level sets are compact, a small excess is a small distance
 * from the global minima.
 *
 * <h2>Instances</h2>
 *
 * {@link RotatedTarget}: eigenvalues are multiples of 1/4. All subsets S, including those that hold eigenvalues 0, at drawn rotations of the
 * neurons.
 *
 * <h2>How it is checked</h2>
 *
 * The formulas, at every critical point. That there are no others: Newton's method ({@link LandscapePoint#seekCriticalPoint}) from drawn starts,
 * and from starts near critical points, ends at one of their levels when the gradient falls below {@code 1e-10}; that leaves an excess below
 * {@code 1e-10} times the distance from the critical point.
 *
 * <p>The proposition: {@code eta = 0.01}, {@code eps = 0.01}, and delta half the least curvature of the saddles, at all critical points, around them,
 * and along descents and Newton's walks. The constants fit together: near regular minima {@code |grad L|^2 >= 2 h (L - inf L)} with {@code h = 2}, and
 * near quartic ones {@code |grad L| >= 8 ((L - inf L)/2)^(3/4)}, so that a gradient of 0.01 leaves an excess below 0.001; near saddles it leaves
 * a distance of 0.01 and a change of the curvature below {@code 0.01 * 16 * sqrt 3 < 1 <= delta}.
 *
 * <h2>Falsifiers</h2>
 *
 * The printed form, without the alternative; only minima themselves excepted; delta above the least curvature by a tenth. Curvatures of 4 for 8;
 * either case of the two for both; levels of subsets of N elements, or of the principal ones alone.
 */
class StrictSaddleClaims {
    private static final double EPSILON = 0.01;
    private static final double ETA = 0.01;

    @Provide
    Arbitrary<RotatedTarget> targets() {
        return RotatedTarget.any(4);
    }

    @Provide
    Arbitrary<RotatedTarget> smallTargets() {
        return RotatedTarget.any(3);
    }

    /** Which points need no negative curvature, by their excess over the infimum, and how much there is of it elsewhere. */
    private record StrictSaddle(double eta, double share) {}

    @Claim(
            id = "G19.prop1",
            statement =
                    "\\forall B_0 \\;\\exists \\varepsilon, \\delta > 0: \\quad L(x) \\le B_0,\\; \\|\\nabla L(x)\\|_2 \\le \\varepsilon"
                            + " \\;\\Longrightarrow\\; \\lambda_{\\min}(\\nabla^2 L(x)) < -\\delta",
            correction =
                    "\\forall B_0, \\eta > 0 \\;\\exists \\varepsilon, \\delta > 0: \\quad L(x) \\le B_0,\\; \\|\\nabla L(x)\\|_2 \\le \\varepsilon"
                            + " \\;\\Longrightarrow\\; \\lambda_{\\min}(\\nabla^2 L(x)) < -\\delta \\text{ or } L(x) \\le \\inf L + \\eta",
            hypotheses = "$B \\succeq 0$, $B \\ne 0$; $x = (W, c)$",
            derivation =
                    "At a global minimum $\\nabla L = 0$ and $\\nabla^2 L \\succeq 0$: for $B = \\operatorname{diag}(3, 2, 1, 1/2)$, $N = 2$ and"
                            + " $W W^\\top = \\operatorname{diag}(3, 2, 0, 0)$, $\\lambda_{\\min} = 0$. All other critical points are strict saddles.",
            instances = 120)
    void smallGradientsAreNearSaddlesOrGlobalMinima(@ForAll("smallTargets") RotatedTarget drawn, ClaimRun run) {
        drawn.cover(run);
        run.note(
                "The usual definition of a strict saddle has the alternative 'or near a local minimum'; Theorem 3 is not affected.");
        QuadraticNetworkLoss loss = drawn.loss();
        double infimum = loss.infimum(drawn.n());
        double least = subsets(drawn).stream()
                .filter(s -> level(drawn, s) > infimum + 1e-9)
                .mapToDouble(s -> curvature(drawn, s, s.length < drawn.n()))
                .min()
                .orElseThrow();
        List<LandscapePoint> slow = points(drawn, loss).stream()
                .filter(point -> LinearAlgebra.norm(point.gradient(loss)) <= EPSILON)
                .toList();
        double[] excesses =
                slow.stream().mapToDouble(point -> point.value(loss) - infimum).toArray();
        double[] curvatures =
                slow.stream().mapToDouble(point -> point.leastCurvature(loss)).toArray();
        run.check("least curvature where the gradient is small", new StrictSaddle(ETA, 0.5), (form, lab) -> {
                    double[] concerned = IntStream.range(0, slow.size())
                            .filter(i -> excesses[i] > form.eta)
                            .mapToDouble(i -> curvatures[i])
                            .toArray();
                    return Comparison.atMost(
                            concerned,
                            -form.share * least,
                            0,
                            "strict: delta is half the least curvature of the saddles");
                })
                .printedAs("no alternative", new StrictSaddle(Double.NEGATIVE_INFINITY, 0.5))
                .falsifiedBy("or a global minimum, not near one", new StrictSaddle(1e-12, 0.5))
                .falsifiedBy("delta 1.1 times the least curvature", new StrictSaddle(ETA, 1.1));
    }

    /** A form of the curvature: its factor, and the cases that it tells apart. */
    private record Curvature(double factor, boolean freeNeurons, boolean usedNeurons) {
        double at(RotatedTarget drawn, int[] s) {
            boolean free = s.length < drawn.n();
            return -factor * curvature(drawn, s, free ? freeNeurons : !usedNeurons) / 8;
        }
    }

    @Claim(
            id = "G19.prop1-critical",
            statement =
                    "\\nabla L = 0 \\iff W W^\\top = \\sum_{i \\in S} \\lambda_i u_i u_i^\\top,\\; |S| \\le N,\\; c = b_0 + \\operatorname{tr}(B - W W^\\top);"
                            + " \\qquad \\lambda_{\\min}(\\nabla^2 L)_- = 8 \\max_{j \\notin S} \\lambda_j \\text{ if } |S| < N,\\;"
                            + " 8 \\big(\\max_{j \\notin S} \\lambda_j - \\min_{i \\in S} \\lambda_i\\big)_+ \\text{ if } |S| = N",
            hypotheses = "$B \\succeq 0$; then $L = 2 \\sum_{i \\notin S} \\lambda_i^2$",
            instances = 120)
    void criticalPointsFitSubsetsOfTheDirections(@ForAll("targets") RotatedTarget drawn, ClaimRun run) {
        drawn.cover(run);
        QuadraticNetworkLoss loss = drawn.loss();
        List<int[]> subsets = subsets(drawn);
        List<LandscapePoint> points =
                subsets.stream().map(s -> critical(drawn, loss, s)).toList();
        double largest = drawn.eigenvalues()[0];
        double size = 1 + largest + Math.abs(drawn.offset());
        run.check(
                        "gradient",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                points.stream()
                                        .map(point ->
                                                new LandscapePoint(scaled(point.weights(), factor), point.offset()))
                                        .mapToDouble(point -> LinearAlgebra.norm(point.gradient(loss)))
                                        .toArray(),
                                0,
                                1e-12 * size * size,
                                "100 N d u (l_1 + |b0|) sqrt l_1"))
                .falsifiedBy("weights 1.1 times as long", 1.1);
        run.check(
                        "value",
                        2.0,
                        (factor, lab) -> Comparison.equal(
                                points.stream()
                                        .mapToDouble(point -> point.value(loss))
                                        .toArray(),
                                subsets.stream()
                                        .mapToDouble(s -> factor * level(drawn, s) / 2)
                                        .toArray(),
                                1e-12 * size * size,
                                "40 d u (1 + 2 |B|^2)"))
                .falsifiedBy("1.9 for 2", 1.9);
        run.check(
                        "negative part of the least curvature",
                        new Curvature(8, true, true),
                        (form, lab) -> Comparison.equal(
                                points.stream()
                                        .mapToDouble(point -> Math.min(point.leastCurvature(loss), 0))
                                        .toArray(),
                                subsets.stream()
                                        .mapToDouble(s -> form.at(drawn, s))
                                        .toArray(),
                                2e-12 * size,
                                "(N d + 1) u |hess L|, |hess L| <= 40 (l_1 + |b0|)"))
                .falsifiedBy("4 for 8", new Curvature(4, true, true))
                .falsifiedBy("as if all neurons were used", new Curvature(8, false, true))
                .falsifiedBy("as if a neuron were free", new Curvature(8, true, false));
        double[] found = levelsFound(drawn, loss);
        run.check("levels that Newton's method finds", 0, (fewest, lab) -> {
                    double[] levels = subsets.stream()
                            .filter(s -> s.length >= (fewest < 0 ? 0 : fewest))
                            .mapToDouble(s -> level(drawn, s))
                            .filter(level -> fewest >= 0 || level <= loss.infimum(drawn.n()) + 1e-12)
                            .toArray();
                    double[] nearest = Arrays.stream(found)
                            .map(value -> Arrays.stream(levels)
                                    .boxed()
                                    .min((a, b) -> Double.compare(Math.abs(a - value), Math.abs(b - value)))
                                    .orElseThrow())
                            .toArray();
                    return Comparison.equal(found, nearest, 1e-9 * size, "1e-10 times a distance below 10 (1 + l_1)");
                })
                .falsifiedBy("those of min(d, N) elements", Math.min(drawn.d(), drawn.n()))
                .falsifiedBy("the infimum", -1);
    }

    /** The values at which Newton's method ends with a gradient below {@code 1e-10}: from near each critical point and from drawn starts. */
    private static double[] levelsFound(RotatedTarget drawn, QuadraticNetworkLoss loss) {
        List<LandscapePoint> starts = new ArrayList<>();
        for (int[] s : subsets(drawn)) {
            LandscapePoint point = critical(drawn, loss, s);
            starts.add(point.plus(0.01, drawn.direction(starts.size())));
        }
        for (int k = 0; k < 3; k++) {
            starts.add(drawn.start(100 + k));
        }
        return starts.stream()
                .map(start -> start.seekCriticalPoint(loss))
                .map(path -> path.get(path.size() - 1))
                .filter(point -> LinearAlgebra.norm(point.gradient(loss)) <= 1e-10)
                .mapToDouble(point -> point.value(loss))
                .toArray();
    }

    /** Critical points and points around them, and the points of two descents and two of Newton's walks. */
    private static List<LandscapePoint> points(RotatedTarget drawn, QuadraticNetworkLoss loss) {
        List<LandscapePoint> points = new ArrayList<>();
        for (int[] s : subsets(drawn)) {
            LandscapePoint point = critical(drawn, loss, s);
            points.add(point);
            for (double distance : new double[] {1e-4, 1e-3, 1e-2, 0.1}) {
                points.add(point.plus(distance, drawn.direction(points.size())));
            }
        }
        for (int k = 0; k < 2; k++) {
            points.addAll(drawn.start(k).descend(loss, 1 + 2 * drawn.size()));
            points.addAll(drawn.start(k).seekCriticalPoint(loss));
        }
        return points;
    }

    /** {@code W_S} at a drawn rotation of the neurons, with the best offset. */
    private static LandscapePoint critical(RotatedTarget drawn, QuadraticNetworkLoss loss, int[] s) {
        DMatrixRMaj rotation = OrthonormalRows.draw(
                drawn.n(), drawn.n(), drawn.stream().part("rotation").trial(Arrays.hashCode(s)));
        return LandscapePoint.of(loss, LinearAlgebra.product(rotation, drawn.along(s)));
    }

    /** The subsets of {@code 0 ... d - 1} with at most N elements. */
    private static List<int[]> subsets(RotatedTarget drawn) {
        return IntStream.range(0, 1 << drawn.d())
                .filter(mask -> Integer.bitCount(mask) <= drawn.n())
                .mapToObj(mask -> IntStream.range(0, drawn.d())
                        .filter(i -> (mask >> i & 1) == 1)
                        .toArray())
                .toList();
    }

    /** {@code 2 sum_(i not in S) l_i^2}: exact, as eigenvalues are multiples of 1/4. */
    private static double level(RotatedTarget drawn, int[] s) {
        double[] values = drawn.eigenvalues();
        double sum = LinearAlgebra.dot(values, values);
        for (int i : s) {
            sum -= values[i] * values[i];
        }
        return 2 * sum;
    }

    /** {@code 8 max_(j not in S) l_j}, or {@code 8 (max_(j not in S) l_j - min_(i in S) l_i)_+}. */
    private static double curvature(RotatedTarget drawn, int[] s, boolean free) {
        double[] values = drawn.eigenvalues();
        double outside = IntStream.range(0, values.length)
                .filter(j -> Arrays.stream(s).noneMatch(i -> i == j))
                .mapToDouble(j -> values[j])
                .max()
                .orElse(0);
        double inside = Arrays.stream(s).mapToDouble(i -> values[i]).min().orElse(0);
        return 8 * Math.max(outside - (free ? 0 : inside), 0);
    }

    private static DMatrixRMaj scaled(DMatrixRMaj weights, double factor) {
        DMatrixRMaj scaled = weights.copy();
        CommonOps_DDRM.scale(factor, scaled);
        return scaled;
    }
}
