package arora2019;

import instances.PointSet;
import instances.PointSets;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.kernel.EmpiricalGramMatrix;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.BinomialTail;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The Gram matrix of a network at initialisation is close to its infinite-width limit.
 *
 * <h2>Source</h2>
 *
 * A19, Lemma C.3 and its proof.
 *
 * <h2>Statement</h2>
 *
 * With probability at least {@code 1 - delta} over Gaussian weights,
 *
 * <pre>{@code
 * |H(0) - H^inf|_F <= (n / sqrt m) (1/2 + sqrt(log(1/delta) / 2)) <= C (n / sqrt m) sqrt(log(2/delta)),
 * C = sqrt(1/2 + 1/(4 log 2)) = 0.9277...,                              which is the printed order, and for one pair of points
 * |H_ij(0) - H^inf_ij| <= |x_i.x_j| sqrt(log(2/delta) / (2m)).
 * }</pre>
 *
 * <p>The first by McDiarmid's inequality: another {@code w_r} moves the norm by at most n/m, and its mean is at most
 * {@code n / (2 sqrt m)} as {@code p(1-p) <= 1/4}. The second by Cauchy-Schwarz on {@code (1/2, sqrt(log(1/delta)/2))}; C cannot be
 * smaller at {@code log(1/delta) = 0.96}. The third by Hoeffding's inequality: {@code x_i.x_j I_ri I_rj} lies between 0 and
 * {@code x_i.x_j}.
 *
 * <h2>Instances</h2>
 *
 * Points of every geometry; copies of one point, where {@code m |H(0) - H^inf|_F / n = |Bin(m, 1/2) - m/2|} has the largest variance;
 * pairs at cosines from -0.9 to 1, where {@code m H_ij(0) / x_i.x_j} is Bin(m, p) with p the orthant probability.
 *
 * <h2>How it is checked</h2>
 *
 * Exactly, by binomial tails over widths up to 4096 and delta down to 1e-9; and by drawing networks at delta = 1/10.
 *
 * <h2>Falsifiers</h2>
 *
 * Constants a few percent to a third too small (exact), the order 1/m, Hoeffding's deviation divided by 4, and the range [0, 1] of the
 * summands that the proof names, which a negative cosine leaves.
 */
class GramConcentrationClaims {
    private static final long[] WIDTHS = {1, 4, 16, 64, 256, 1024, 4096};
    private static final double[] DELTAS = {0.9, 0.5, 0.1, 0.02, 1e-3, 1e-6, 1e-9};
    private static final double[] COSINES = {-0.9, -0.5, -0.1, 0.1, 0.5, 0.9, 1};
    private static final String EXACT = "none: exact tails, right to 1e-11 of themselves";

    private static double mcDiarmid(double delta) {
        return 0.5 + Math.sqrt(Math.log(1 / delta) / 2);
    }

    @Claim(
            id = "A19.lemC3",
            statement = "P\\Big(\\|H(0) - H^\\infty\\|_F \\le \\tfrac{n}{\\sqrt m}\\big(\\tfrac12 +"
                    + " \\sqrt{\\log(1/\\delta)/2}\\big)\\Big) \\ge 1 - \\delta,\\qquad"
                    + " \\tfrac12 + \\sqrt{\\log(1/\\delta)/2} \\le 0.928\\sqrt{\\log(2/\\delta)}",
            hypotheses = "unit points, $w_r(0) \\sim N(0, \\kappa^2 I)$")
    void initialGramMatrixConcentrates(@ForAll("sets") PointSet set, ClaimRun run) {
        run.covers(set.geometry().label()).covers("copies of one point");
        run.note(
                "The printed proof, a union bound over the entries, gives log(2 n^2/delta), and later uses say log(n/delta); the"
                        + " statement with log(2/delta) holds by McDiarmid's inequality.");
        run.check(
                        "copies of one point, exact",
                        GramConcentrationClaims::mcDiarmid,
                        (DoubleUnaryOperator radius, Lab lab) -> exactTailsOfCopies(radius))
                .falsifiedBy("log(1/delta)/4 in place of log(1/delta)/2", d -> 0.5 + Math.sqrt(Math.log(1 / d) / 4))
                .falsifiedBy("0.65 sqrt(log(2/delta))", d -> 0.65 * Math.sqrt(Math.log(2 / d)));

        double[] deltas = IntStream.rangeClosed(1, 3000)
                .mapToDouble(i -> Math.exp(-0.01 * i))
                .toArray();
        run.check(
                        "constant of the printed order",
                        Math.sqrt(0.5 + 1 / (4 * Math.log(2))),
                        (constant, lab) -> Comparison.atMost(
                                map(deltas, GramConcentrationClaims::mcDiarmid),
                                map(deltas, d -> constant * Math.sqrt(Math.log(2 / d))),
                                0x1p-48,
                                "32 units in the last place of values below 4"))
                .falsifiedBy("0.92", 0.92);

        double delta = 0.1;
        DMatrixRMaj limit = ReluGramMatrix.of(set.points());
        run.check(
                        "drawn, m = 256",
                        Math.sqrt(256),
                        (root, lab) -> lab.failsAtMost(
                                delta,
                                stream ->
                                        distance(set.points(), limit, 256, stream) > set.n() * mcDiarmid(delta) / root))
                .falsifiedBy("m in place of sqrt m", 256.0);

        DMatrixRMaj copies = copies(set, 3);
        DMatrixRMaj half = ReluGramMatrix.of(copies);
        run.check(
                        "copies of one point, drawn, m = 64",
                        mcDiarmid(delta),
                        (radius, lab) -> lab.failsAtMost(
                                delta, stream -> distance(copies, half, 64, stream) > 3 * radius / Math.sqrt(64)))
                .falsifiedBy("0.4 sqrt(log(2/delta))", 0.4 * Math.sqrt(Math.log(2 / delta)));
    }

    @Provide
    Arbitrary<PointSet> sets() {
        return PointSets.any(16, 5);
    }

    private static Decision exactTailsOfCopies(DoubleUnaryOperator radius) {
        DoubleStream.Builder failures = DoubleStream.builder();
        DoubleStream.Builder allowed = DoubleStream.builder();
        for (long m : WIDTHS) {
            for (double delta : DELTAS) {
                failures.add(BinomialTail.farFromMean(radius.applyAsDouble(delta) / Math.sqrt(m), m, 0.5));
                allowed.add(delta);
            }
        }
        return Comparison.atMost(failures.build().toArray(), allowed.build().toArray(), 0, EXACT);
    }

    private static double distance(DMatrixRMaj points, DMatrixRMaj limit, int m, RandomStream stream) {
        DMatrixRMaj gram = EmpiricalGramMatrix.of(points, PointLaw.GAUSSIAN.rows(m, points.numCols, stream));
        double sum = 0;
        for (int k = 0; k < gram.getNumElements(); k++) {
            double gap = gram.data[k] - limit.data[k];
            sum += gap * gap;
        }
        return Math.sqrt(sum);
    }

    private static DMatrixRMaj copies(PointSet set, int n) {
        DMatrixRMaj points = new DMatrixRMaj(n, set.d());
        for (int i = 0; i < n; i++) {
            System.arraycopy(set.points().data, 0, points.data, i * set.d(), set.d());
        }
        return points;
    }

    private static double[] map(double[] values, DoubleUnaryOperator f) {
        return DoubleStream.of(values).map(f).toArray();
    }

    /** Unit vectors x and y with a given product, in a random plane. */
    record Pair(double cosine, int d, long seed) {
        /** Rows x and {@code sign y}. */
        DMatrixRMaj points(int sign) {
            DMatrixRMaj axes = OrthonormalRows.draw(2, d, RandomStream.of(seed, "GramConcentrationClaims"));
            double sine = Math.sqrt(1 - cosine * cosine);
            for (int k = 0; k < d; k++) {
                axes.set(1, k, sign * (cosine * axes.get(0, k) + sine * axes.get(1, k)));
            }
            return axes;
        }
    }

    @Provide
    Arbitrary<Pair> pairs() {
        return Combinators.combine(
                        Arbitraries.of(-0.9, -0.5, 0.5, 0.9, 1.0),
                        Arbitraries.integers().between(2, 6),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Pair::new);
    }

    /** Where a summand of cosine t is said to lie. */
    private record Span(DoubleUnaryOperator low, DoubleUnaryOperator high) {}

    @Claim(
            id = "A19.lemC3-hoeffding",
            statement = "P\\Big(|H_{ij}(0) - H^\\infty_{ij}| \\le |x_i^\\top x_j|\\sqrt{\\log(2/\\delta)/(2m)}\\Big)"
                    + " \\ge 1 - \\delta",
            hypotheses = "unit points, $w_r(0) \\sim N(0, \\kappa^2 I)$")
    void entriesConcentrate(@ForAll("pairs") Pair pair, ClaimRun run) {
        double t = pair.cosine();
        run.covers("cosine " + t);
        run.note(
                "The proof says that the summands lie in [0, 1]; where x_i.x_j < 0 they lie in [x_i.x_j, 0], whose length is at most 1"
                        + " as well: Hoeffding's constant is right.");
        run.check(
                        "summands",
                        new Span(c -> Math.min(0, c), c -> Math.max(0, c)),
                        (span, lab) -> summandsLieIn(span, pair))
                .falsifiedBy("[0, 1]", new Span(c -> 0, c -> 1));

        run.check("exact", 1.0, (factor, lab) -> exactTailsOfPairs(factor)).falsifiedBy("0.9 of the deviation", 0.9);

        int m = 100;
        double delta = 0.1;
        double deviation = Math.abs(t) * Math.sqrt(Math.log(2 / delta) / (2 * m));
        DMatrixRMaj points = pair.points(1);
        double limit = ReluGramMatrix.of(points).get(0, 1);
        run.check(
                        "drawn, m = 100",
                        deviation,
                        (radius, lab) -> lab.failsAtMost(delta, stream -> {
                            DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(m, pair.d(), stream);
                            return Math.abs(EmpiricalGramMatrix.of(points, weights)
                                                    .get(0, 1)
                                            - limit)
                                    > radius;
                        }))
                .falsifiedBy("a quarter of the deviation", deviation / 4);
    }

    /** The summands of (x, y) and (x, -y) for one neuron in each of the four quadrants that x and y make. */
    private static Decision summandsLieIn(Span span, Pair pair) {
        DoubleStream.Builder values = DoubleStream.builder();
        DoubleStream.Builder low = DoubleStream.builder();
        DoubleStream.Builder high = DoubleStream.builder();
        for (int sign : new int[] {1, -1}) {
            DMatrixRMaj points = pair.points(sign);
            for (int quadrant = 0; quadrant < 4; quadrant++) {
                DMatrixRMaj combination = new DMatrixRMaj(1, 2, true, 1 - (quadrant & 2), 1 - 2 * (quadrant & 1));
                DMatrixRMaj weights = LinearAlgebra.product(combination, points);
                values.add(EmpiricalGramMatrix.of(points, weights).get(0, 1));
                low.add(span.low().applyAsDouble(sign * pair.cosine()));
                high.add(span.high().applyAsDouble(sign * pair.cosine()));
            }
        }
        double[] summands = values.build().toArray();
        String derivation = "(2 d + 6) u for a product of two unit vectors in d <= 6 dimensions";
        double tolerance = (2 * pair.d() + 6) * 0x1p-53;
        return Decision.worst(List.of(
                Comparison.atLeast(summands, low.build().toArray(), tolerance, derivation),
                Comparison.atMost(summands, high.build().toArray(), tolerance, derivation)));
    }

    private static Decision exactTailsOfPairs(double factor) {
        DoubleStream.Builder failures = DoubleStream.builder();
        DoubleStream.Builder allowed = DoubleStream.builder();
        for (double t : COSINES) {
            for (long m : WIDTHS) {
                for (double delta : DELTAS) {
                    double radius = factor * Math.sqrt(Math.log(2 / delta) / (2 * m));
                    failures.add(BinomialTail.farFromMean(radius, m, ReluGramMatrix.orthantProbability(t)));
                    allowed.add(delta);
                }
            }
        }
        return Comparison.atMost(failures.build().toArray(), allowed.build().toArray(), 0, EXACT);
    }
}
