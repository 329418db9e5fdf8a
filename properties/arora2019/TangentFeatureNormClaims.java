package arora2019;

import instances.PointSet;
import instances.PointSets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.kernel.TangentFeatures;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.BinomialTail;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The Frobenius norm of the tangent features Z counts the active pairs of neuron and point.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma 5.4 (the linear part of the Rademacher complexity is at most {@code B |Z(0)|_F / n}).
 *
 * <h2>Statement</h2>
 *
 * For unit points and signs {@code +-1}:
 *
 * <pre>{@code
 * |Z|_F^2 = (1/m) sum_{r,i} 1{w_r.x_i >= 0} <= n,   E |Z(0)|_F^2 = n/2,
 * P(|Z(0)|_F^2 > n (1/2 + sqrt(log(2/delta) / (2m)))) <= delta/2
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Points of every geometry, width 1 to 40, Gaussian weights with one neuron at the origin, whose indicators are 1 by the paper's
 * convention. For the tail: copies of one point, the worst case, where {@code m |Z|^2/n} is exactly Bin(m, 1/2); orthonormal points.
 *
 * <h2>How it is checked</h2>
 *
 * The mean without sampling: w and -w have the same law and exactly one of {@code w.x >= 0}, {@code -w.x >= 0} holds unless
 * {@code w.x = 0}, so the mean over the pair is exactly n/2. Products change sign without a rounding difference. A sum of {@code mnd}
 * squares of rounded products is within {@code (mnd + 8) u n} of its value, {@code u = 2^-53}, and {@code |x_i|^2} within
 * {@code (d + 4) u} of 1. The tail exactly, by binomial tails over widths and delta down to 1e-9, and by drawing networks at
 * delta = 1/20, m = 50.
 *
 * <h2>Falsifiers</h2>
 *
 * The factor 1/m dropped, the indicator taken strictly, n/2 and n reduced by a tenth; Hoeffding's deviation reduced by a tenth (exact)
 * or halved (sampled), or of order 1/m.
 */
class TangentFeatureNormClaims {
    private static final long[] WIDTHS = {1, 2, 5, 10, 20, 50, 100, 200, 1000, 4096};
    private static final double[] DELTAS = {0.9, 0.5, 0.2, 0.1, 0.05, 0.01, 1e-3, 1e-6, 1e-9};

    /** Points and a network: its weights without the neuron at the origin. */
    record Network(PointSet set, int m) {
        DMatrixRMaj weights() {
            return PointLaw.GAUSSIAN.rows(m, set.d(), set.stream().part("weights"));
        }

        double squaredNorm(DMatrixRMaj weights) {
            double[] signs = set.stream().part("signs").signs(weights.numRows);
            return squaredNormOf(TangentFeatures.of(set.points(), weights, signs));
        }

        double tolerance() {
            return (m * set.n() * set.d() + set.d() + 12) * 0x1p-53 * set.n();
        }
    }

    @Provide
    Arbitrary<Network> networks() {
        return Combinators.combine(PointSets.any(8, 6), Arbitraries.integers().between(1, 40))
                .as(Network::new);
    }

    /** How pairs are counted: with which factor, and whether {@code w.x = 0} is active. */
    private record Count(boolean averaged, boolean strict) {
        double of(DMatrixRMaj points, DMatrixRMaj weights) {
            double active = 0;
            for (double product : LinearAlgebra.productTransB(weights, points).data) {
                active += product > 0 || (product == 0 && !strict) ? 1 : 0;
            }
            return averaged ? active / weights.numRows : active;
        }
    }

    @Claim(
            id = "A19.lem5.4-Z",
            statement = "\\|Z\\|_F^2 = \\tfrac1m\\sum_{r,i} 1\\{w_r^\\top x_i \\ge 0\\} \\le n,\\quad"
                    + " \\mathbb E\\|Z(0)\\|_F^2 = n/2",
            hypotheses = "unit points, $a_r = \\pm1$; the mean for $w_r \\sim N(0,\\kappa^2 I)$")
    void squaredNormCountsActivePairs(@ForAll("networks") Network network, ClaimRun run) {
        PointSet set = network.set();
        int n = set.n();
        String derivation = "(m n d + d + 12) u n";
        run.covers(set.geometry().label());
        DMatrixRMaj gaussian = network.weights();
        DMatrixRMaj withOrigin = gaussian.copy();
        for (int k = 0; k < set.d(); k++) {
            withOrigin.set(0, k, 0);
        }
        run.check(
                        "count of active pairs",
                        new Count(true, false),
                        (count, lab) -> Comparison.equal(
                                network.squaredNorm(withOrigin),
                                count.of(set.points(), withOrigin),
                                network.tolerance(),
                                derivation))
                .falsifiedBy("no 1/m", new Count(false, false))
                .falsifiedBy("strict indicator", new Count(true, true));

        DMatrixRMaj reflected = gaussian.copy();
        CommonOps_DDRM.changeSign(reflected);
        run.check(
                        "mean over w and -w",
                        0.5,
                        (mean, lab) -> Comparison.equal(
                                (network.squaredNorm(gaussian) + network.squaredNorm(reflected)) / 2,
                                mean * n,
                                network.tolerance(),
                                derivation))
                .falsifiedBy("0.45 n", 0.45);

        run.check(
                        "at most n",
                        1.0,
                        (part, lab) -> Comparison.atMost(
                                new double[] {
                                    network.squaredNorm(gaussian),
                                    network.squaredNorm(withOrigin),
                                    network.squaredNorm(new DMatrixRMaj(network.m(), set.d()))
                                },
                                part * n,
                                network.tolerance(),
                                derivation))
                .falsifiedBy("0.9 n", 0.9);
    }

    @Claim(
            id = "A19.lem5.4-hoeffZ",
            statement = "P\\Big(\\|Z(0)\\|_F^2 \\le n\\big(\\tfrac12 + \\sqrt{\\log(2/\\delta)/(2m)}\\big)\\Big)"
                    + " \\ge 1 - \\delta/2",
            hypotheses = "unit points, $w_r(0) \\sim N(0, \\kappa^2 I)$")
    void squaredNormConcentrates(@ForAll("sets") PointSet orthonormal, ClaimRun run) {
        PointSet copies = copies(orthonormal);
        run.covers("orthonormal").covers("copies of one point");
        run.check("copies of one point, exact", 1.0, TangentFeatureNormClaims::exactTails)
                .falsifiedBy("deviation reduced by a tenth", 0.9);
        int m = 50;
        double delta = 0.05;
        double deviation = Math.sqrt(Math.log(2 / delta) / (2 * m));
        run.check(
                        "copies of one point, drawn",
                        deviation,
                        (radius, lab) -> lab.failsAtMost(
                                delta / 2, stream -> drawn(copies, m, stream) > copies.n() * (0.5 + radius)))
                .falsifiedBy("deviation halved", deviation / 2);
        run.check(
                        "orthonormal points, drawn",
                        deviation,
                        (radius, lab) -> lab.failsAtMost(
                                delta / 2, stream -> drawn(orthonormal, m, stream) > orthonormal.n() * (0.5 + radius)))
                .falsifiedBy("m in place of sqrt m", deviation / Math.sqrt(m));
    }

    @Provide
    Arbitrary<PointSet> sets() {
        return PointSets.of(Arbitraries.of(PointSet.Geometry.ORTHONORMAL), 8, 8);
    }

    private static PointSet copies(PointSet set) {
        DMatrixRMaj points = set.points().copy();
        for (int i = 1; i < set.n(); i++) {
            System.arraycopy(points.data, 0, points.data, i * set.d(), set.d());
        }
        return new PointSet(PointSet.Geometry.DUPLICATES, points, set.seed());
    }

    private static Decision exactTails(double factor, Lab lab) {
        double[] failures = new double[WIDTHS.length * DELTAS.length];
        double[] allowed = new double[failures.length];
        int at = 0;
        for (long m : WIDTHS) {
            for (double delta : DELTAS) {
                double threshold = m * (0.5 + factor * Math.sqrt(Math.log(2 / delta) / (2 * m)));
                failures[at] = BinomialTail.atLeast((long) Math.floor(threshold) + 1, m, 0.5);
                allowed[at++] = delta / 2;
            }
        }
        return Comparison.atMost(failures, allowed, 0, "none: exact tails, right to 1e-11 of themselves");
    }

    private static double drawn(PointSet set, int m, RandomStream stream) {
        DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(m, set.d(), stream);
        return squaredNormOf(TangentFeatures.of(set.points(), weights, stream.signs(m)));
    }

    private static double squaredNormOf(DMatrixRMaj z) {
        return LinearAlgebra.dot(z.data, z.data);
    }
}
