package bubeck2020;

import java.util.List;
import java.util.Locale;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.DerivativeNeuron;
import org.lemmalab.memorizer.Memorization;
import org.lemmalab.memorizer.Slab;
import org.lemmalab.memorizer.SlabMemorizer;
import org.lemmalab.memorizer.StaircaseMemorizer;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * ReLU networks memorize real labels with about 4 n/d neurons, and with about 2 n/d.
 *
 * <h2>Source</h2>
 *
 * B20, Proposition 4 with its proof, abstract, sections 1 and 3 (iii). The network with {@code 2 ceil(n/(d+1))} neurons is not in B20.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * |u.x - b| < tau the slab around a block:   f_{u,v,b-tau} - f_{u,v,b+tau} = v.x - c on the block and 0 on all other points
 * d points of a set in general position are affinely independent (printed: linearly), so that v.x_i - c = y_i has a solution
 * n >= d + 1 points in general position, y real:   f = y for some f with 4 ceil(n/d) neurons, and for one with 2 ceil(n/(d+1)) <= 4 ceil(n/(2d))
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * 1 to 40 points in 1 to 8 dimensions: normal, spherical, on the line, one block or less, d + 1 and k d + 1 points, with the origin, two points on a ray, a
 * repeated point; labels real, signs, constant, one spike, zero. For the rank d points with the origin, on a ray, or
 * {@code (1,0), (2,0), (.3,1), (-.7,1.4), (1.1,-2.2), (.2,3.1)}. Once per run 2,000 points of the sphere in 50 dimensions.
 *
 * <h2>How it is checked</h2>
 *
 * Values against labels within {@link Memorization#rounding}, which is derived there. Solvability of {@code v.x_i - c = y_i} by the residual of least squares
 * (pseudo-inverse by singular values), relative to the labels: exact to {@code 100 d 2^-53} times the condition number. That exceeds 1e7 with probability below
 * 1e-10, as the system has fewer rows than unknowns; a tolerance of 1e-6 covers it, and an unsolvable system with normal labels leaves more.
 *
 * <h2>Falsifiers</h2>
 *
 * The slab's neurons added; a slab 1.1 times as wide as the nearest other point; unperturbed biases (printed) and d + 2 points in one block; the last neuron
 * left out; slabs counted as {@code 4 ceil(n/(2d))}, staircases as {@code 2 ceil(n/(2d))} or by blocks of d + 2.
 */
class BaumNetworkClaims {
    private static final String COUNT = "none: a count";
    private static final String ROUNDING = "8 (d + k) 2^-52 sum |a| (|w| max |x| + |b|)";

    @Provide
    Arbitrary<BlockData> data() {
        return BlockData.any(40, 8);
    }

    /** How the two derivative neurons are put together. */
    private record Pairing(double width, double second) {}

    @Claim(
            id = "B20.prop4-slab",
            statement =
                    "f_{u,v,b-\\tau}(x) - f_{u,v,b+\\tau}(x) = \\begin{cases} v\\cdot x & x \\text{ in the block}\\\\ 0 & x \\text{ another data point}\\end{cases}",
            hypotheses =
                    "$u\\cdot x = b$ holds exactly on the block, $\\tau$ half the smallest other $|u\\cdot x_i - b|$; two ReLU neurons each with the $\\delta$ of"
                            + " (4); also $v\\cdot x - c$ with the bias perturbed")
    void fourNeuronsWriteOnABlock(@ForAll("data") BlockData data, ClaimRun run) {
        run.covers(data.position().label()).covers(data.hasSeveralBlocks() ? "several blocks" : "one block");
        int d = data.d();
        DMatrixRMaj points = new DMatrixRMaj(data.distinct(), d, true, data.points().data);
        int[] block = IntStream.range(0, Math.min(d, data.distinct())).toArray();
        Slab slab = Slab.around(points, block, data.stream().part("slab"));
        double[] v = data.stream().part("v").gaussians(d);
        double c = data.seed() % 2 == 0 ? 0 : data.stream().part("c").gaussian();
        run.covers(c == 0 ? "biases kept" : "biases perturbed");
        double[] expected = new double[points.numRows];
        double[] values = LinearAlgebra.product(points, v);
        for (int i : block) {
            expected[i] = values[i] - c;
        }
        run.check("values", new Pairing(1, -1), (pairing, lab) -> {
                    double tau = pairing.width * slab.tau();
                    TwoLayerNetwork f = DerivativeNeuron.sum(
                            List.of(
                                    DerivativeNeuron.exact(points, slab.u(), slab.b() - tau, v, c),
                                    DerivativeNeuron.exact(points, slab.u(), slab.b() + tau, v, c)),
                            new double[] {1, pairing.second},
                            Relu.INSTANCE);
                    return memorized(f, points, expected);
                })
                .falsifiedBy("sum in place of difference", new Pairing(1, 1))
                .falsifiedBy("tau = 1.1 times the smallest distance", new Pairing(2.2, -1));
    }

    private static Decision memorized(TwoLayerNetwork f, DMatrixRMaj points, double[] labels) {
        return Comparison.equal(
                f.predict(points), labels, Memorization.of(f, points, labels).rounding(), ROUNDING);
    }

    /** d + 2 points in general position of which the first d are linearly dependent. */
    record DependentBlock(int kind, int size, long seed) {
        int d() {
            return kind == 2 ? 2 : kind == 1 ? Math.max(2, size) : size;
        }

        String label() {
            return kind == 0 ? "with the origin" : kind == 1 ? "two points on a ray" : "the points of the erratum";
        }

        DMatrixRMaj points() {
            if (kind == 2) {
                return new DMatrixRMaj(new double[][] {{1, 0}, {2, 0}, {.3, 1}, {-.7, 1.4}, {1.1, -2.2}, {.2, 3.1}});
            }
            DMatrixRMaj points = PointLaw.GAUSSIAN.rows(d() + 2, d(), stream().part("points"));
            for (int k = 0; k < d(); k++) {
                points.set(kind, k, 2 * kind * points.get(0, k)); // row 0 = 0, or row 1 = 2 row 0
            }
            return points;
        }

        RandomStream stream() {
            return RandomStream.of(seed, "BaumNetworkClaims");
        }
    }

    @Provide
    Arbitrary<DependentBlock> dependentBlocks() {
        return Combinators.combine(
                        Arbitraries.of(0, 1, 2),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(DependentBlock::new);
    }

    /** How many points are to be written on, more than d, and whether the bias is perturbed. */
    private record Unknowns(int more, boolean biasPerturbed) {}

    @Claim(
            id = "B20.prop4-rank",
            statement =
                    "x_1, \\dots, x_d \\text{ are linearly independent: } Xv = y \\text{ has a solution for every } y \\in \\mathbb R^d",
            hypotheses = "$n \\ge d + 1$ points in $\\mathbb R^d$, every hyperplane contains at most $d$ of them",
            correction =
                    "x_1, \\dots, x_d \\text{ are affinely independent: } Xv - c\\,\\mathbf 1 = y \\text{ has a solution } (v, c) \\text{ for every } y \\in \\mathbb R^d",
            derivation =
                    "$(1,0)$ and $(2,0)$ are two of six points with no three on a line; $v\\cdot x_1 = 1$, $v\\cdot x_2 = -1$ has no solution. Perturbing the bias with"
                            + " the weights, $(u + \\delta v)\\cdot x - (b + \\delta c)$, repairs the proof of Proposition 4 with the same number of neurons.")
    void everyBlockIsAffinelyIndependent(@ForAll("dependentBlocks") DependentBlock block, ClaimRun run) {
        run.covers(block.label()).covers(block.d() == 1 ? "d = 1" : "d > 1");
        int d = block.d();
        DMatrixRMaj points = block.points();
        run.check("residual of the labels", new Unknowns(0, true), (system, lab) -> {
                    int rows = d + system.more;
                    double[] y = block.stream().part("labels").gaussians(rows);
                    return Comparison.atMost(
                            residual(points, rows, system.biasPerturbed, y) / LinearAlgebra.norm(y),
                            0,
                            1e-6,
                            "100 d 2^-53 times a condition number below 1e7");
                })
                .printedAs("linear: v.x_i = y_i", new Unknowns(0, false))
                .falsifiedBy("d + 2 points in one block", new Unknowns(2, true));
        run.check("any d + 1 points off one hyperplane", 0, (more, lab) -> {
                    DMatrixRMaj extended = new DMatrixRMaj(points);
                    if (more > 0) { // a point on the hyperplane through the first d
                        extended.reshape(points.numRows + 1, d, true);
                        for (int k = 0; k < d; k++) {
                            double sum = 0;
                            for (int i = 0; i < d; i++) {
                                sum += (i == 0 ? 1 - 0.5 * (d - 1) : 0.5) * points.get(i, k);
                            }
                            extended.set(points.numRows, k, sum);
                        }
                    }
                    return Comparison.atMost(
                            CountOfFlatSets.of(extended), 0, 0, "none: determinants above 1e-9 against rounding 1e-13");
                })
                .falsifiedBy("one more point, an affine combination of d of them", 1);
    }

    /** Counts the sets of d + 1 rows whose extended determinant vanishes. */
    private static final class CountOfFlatSets {
        static double of(DMatrixRMaj points) {
            return count(points, new int[points.numCols + 1], 0, 0);
        }

        private static int count(DMatrixRMaj points, int[] chosen, int size, int from) {
            int d = points.numCols;
            if (size == d + 1) {
                DMatrixRMaj square = new DMatrixRMaj(d + 1, d + 1);
                for (int r = 0; r <= d; r++) {
                    for (int k = 0; k <= d; k++) {
                        square.set(r, k, k < d ? points.get(chosen[r], k) : -1);
                    }
                }
                return Math.abs(CommonOps_DDRM.det(square)) > 1e-9 ? 0 : 1;
            }
            int flat = 0;
            for (int i = from; i < points.numRows; i++) {
                chosen[size] = i;
                flat += count(points, chosen, size + 1, i + 1);
            }
            return flat;
        }
    }

    private static double residual(DMatrixRMaj points, int rows, boolean biasPerturbed, double[] y) {
        int d = points.numCols;
        DMatrixRMaj system = new DMatrixRMaj(rows, d + 1);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(points.data, i * d, system.data, i * (d + 1), d);
            system.set(i, d, biasPerturbed ? -1 : 0);
        }
        DMatrixRMaj inverse = new DMatrixRMaj(d + 1, rows);
        CommonOps_DDRM.pinv(system, inverse);
        double[] values = LinearAlgebra.product(system, LinearAlgebra.product(inverse, y));
        for (int i = 0; i < rows; i++) {
            values[i] -= y[i];
        }
        return LinearAlgebra.norm(values);
    }

    @Claim(
            id = "B20.prop4",
            statement =
                    "\\exists f \\in \\mathcal F_{4\\lceil n/d\\rceil}(\\mathrm{ReLU}):\\ f(x_i) = y_i \\text{ for all } i;\\quad \\text{even } f \\in \\mathcal"
                            + " F_{2\\lceil n/(d+1)\\rceil}(\\mathrm{ReLU}) \\subseteq \\mathcal F_{4\\lceil n/(2d)\\rceil}(\\mathrm{ReLU})",
            hypotheses = "real $y_i$; general position: every set of at most $d + 1$ points affinely independent")
    void reluNetworksMemorizeRealLabels(@ForAll("data") BlockData data, @ForAll BlockData.Labels labels, ClaimRun run) {
        run.covers(data.position().label()).covers("labels " + labels.name().toLowerCase(Locale.ROOT));
        run.note(
                "The abstract and sections 1 and 3 count 4 ceil(n/d) neurons, which is what the proof's slabs need; the display of Proposition 4 reads"
                        + " 4 ceil(n/(2d)) in our copy. Both are enough: a staircase needs 2 ceil(n/(d+1)).");
        run.note(
                "For n <= d every set of points satisfies 'any hyperplane contains at most d points'; affine independence is meant.");
        DMatrixRMaj points = data.points();
        double[] y = data.labels(labels);
        int n = data.distinct();
        int d = data.d();
        TwoLayerNetwork slabs = SlabMemorizer.memorize(points, y, data.stream());
        TwoLayerNetwork stairs = StaircaseMemorizer.memorize(points, y, data.stream());
        run.check("slabs: labels", true, (whole, lab) -> memorized(form(slabs, whole), points, y))
                .falsifiedBy("without the last neuron", false);
        run.check(
                        "slabs: neurons",
                        (IntBinaryOperator) (points1, dimension) -> 4 * ceiling(points1, dimension),
                        (count, lab) -> Comparison.equal(slabs.width(), count.applyAsInt(n, d), 0, COUNT))
                .falsifiedBy("4 ceil(n/(2d))", (points1, dimension) -> 4 * ceiling(points1, 2 * dimension))
                .falsifiedBy("4 floor(n/d)", (points1, dimension) -> 4 * (points1 / dimension));
        run.check("staircase: labels", true, (whole, lab) -> memorized(form(stairs, whole), points, y))
                .falsifiedBy("without the last neuron", false);
        run.check(
                        "staircase: neurons",
                        (IntBinaryOperator) (points1, dimension) -> 2 * ceiling(points1, dimension + 1),
                        (count, lab) -> Comparison.equal(stairs.width(), count.applyAsInt(n, d), 0, COUNT))
                .falsifiedBy("blocks of d + 2", (points1, dimension) -> 2 * ceiling(points1, dimension + 2));
        run.check(
                        "staircase: within the display",
                        4,
                        (factor, lab) ->
                                Comparison.atMost(stairs.width(), (double) factor * ceiling(n, 2 * d), 0, COUNT))
                .falsifiedBy("2 ceil(n/(2d))", 2);
        for (LargeSample.Memorizer memorizer :
                new LargeSample.Memorizer[] {LargeSample.Memorizer.SLAB, LargeSample.Memorizer.STAIRCASE}) {
            LargeSample large = LargeSample.of(memorizer, run);
            run.check("a large sample, " + memorizer.name().toLowerCase(Locale.ROOT), true, (whole, lab) -> {
                        Memorization result = large.result(whole);
                        return Comparison.equal(result.error(), 0, Math.min(1e-6, result.rounding()), ROUNDING);
                    })
                    .falsifiedBy("without the last neuron", false);
        }
    }

    private static TwoLayerNetwork form(TwoLayerNetwork f, boolean whole) {
        return whole ? f : LargeSample.withoutLastNeuron(f);
    }

    private static int ceiling(int n, int d) {
        return (n + d - 1) / d;
    }
}
